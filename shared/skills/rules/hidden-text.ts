import type { Finding } from '../../contract/plan.ts';

// Unicode's tag characters spell ASCII that no screen shows and every model reads.
const TAGS = /[\u{e0000}-\u{e007f}]/u;
const FLAG_SEQUENCE = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/gu;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: single invisible characters, on purpose
const ZERO_WIDTH = /[\u200b\u2060\u2061-\u2064\ufeff\u180e\u00ad]|(?<![\p{L}\p{M}\p{Extended_Pictographic}\ufe0f])[\u200c\u200d]/u;
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;

/** Text that a reader cannot see, or sees in another order than the agent reads it. */
export function hiddenTextFindings(text: string, firstNumber: number): readonly Finding[] {
  // One test of the whole text, for nearly every skill has none of it.
  if (!TAGS.test(text) && !ZERO_WIDTH.test(text) && !BIDI.test(text)) return [];
  return text.split('\n').flatMap((line, index) => {
    const number = firstNumber + index;
    const found: Finding[] = [];
    if (TAGS.test(line.replaceAll(FLAG_SEQUENCE, ''))) {
      found.push({
        rule: 'security.hidden.tags',
        severity: 'critical',
        line: number,
        message: 'The line holds invisible text (Unicode tag characters).',
        fix: 'Remove it: only a machine could read it.',
      });
    }
    if (BIDI.test(line)) {
      found.push({
        rule: 'security.hidden.bidi',
        severity: 'error',
        line: number,
        message: 'The line changes its reading direction by invisible characters.',
        fix: 'Remove them; ordinary Arabic and Hebrew do without.',
      });
    }
    if (ZERO_WIDTH.test(line)) {
      found.push({
        rule: 'security.hidden.zero-width',
        severity: 'warning',
        line: number,
        message: 'The line holds characters without width.',
        fix: 'Remove them.',
      });
    }
    return found;
  });
}
