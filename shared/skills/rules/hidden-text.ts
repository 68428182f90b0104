import type { Finding } from '../../contract/plan.ts';

// Unicode's tag characters spell ASCII that no screen shows and every model reads.
const TAGS = /[\u{e0000}-\u{e007f}]/u;
const FLAG_SEQUENCE = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/gu;
const ZERO_WIDTH =
  /[\u200b\u2060\u2061-\u2064\ufeff\u180e\u00ad]|(?<![\ufe0f\p{L}\p{M}\p{Extended_Pictographic}])[\u200c\u200d]/u;
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;

const KINDS: readonly (Omit<Finding, 'line'> & { readonly pattern: RegExp })[] = [
  {
    rule: 'security.hidden.tags',
    severity: 'critical',
    pattern: TAGS,
    message: 'The line holds invisible text (Unicode tag characters).',
    fix: 'Remove it: only a machine could read it.',
  },
  {
    rule: 'security.hidden.bidi',
    severity: 'error',
    pattern: BIDI,
    message: 'The line changes its reading direction by invisible characters.',
    fix: 'Remove them; ordinary Arabic and Hebrew do without.',
  },
  {
    rule: 'security.hidden.zero-width',
    severity: 'warning',
    pattern: ZERO_WIDTH,
    message: 'The line holds characters without width.',
    fix: 'Remove them.',
  },
];
const MAX_FINDINGS_PER_RULE = 5;

/** Text that a reader cannot see, or sees in another order than the agent reads it. */
export function hiddenTextFindings(text: string, firstNumber: number): readonly Finding[] {
  // Each kind is first tested on the whole text, since nearly all skills have none of it.
  return KINDS.filter(({ pattern }) => pattern.test(text)).flatMap(({ pattern, ...finding }) => {
    const lines: number[] = [];
    let number = firstNumber;
    for (let from = 0; from <= text.length && lines.length < MAX_FINDINGS_PER_RULE; number++) {
      const next = text.indexOf('\n', from);
      const end = next < 0 ? text.length : next;
      if (end > from && pattern.test(text.slice(from, end).replaceAll(FLAG_SEQUENCE, ''))) lines.push(number);
      if (next < 0) break;
      from = next + 1;
    }
    return lines.map((line) => ({ ...finding, line }));
  });
}
