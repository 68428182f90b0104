import type { Finding } from '../../contract/plan.ts';
import type { SkillLine } from '../skill-lines.ts';
import { isPlaceholder, SECRET_PATTERNS } from './secrets.ts';
import { SECURITY_PATTERNS } from './security-patterns.ts';

const MAX_FINDINGS_PER_RULE = 5;
// No pattern matches less, and a megabyte of empty lines costs nothing.
const MIN_CHARS = 6;
// "Never pipe a download into a shell" is advice, not an order. Looked for in the same sentence, before the match.
const FORBIDS =
  /\b(?:never|do not|don['’]t|avoid|must not|should not|refuse to|instead of|rather than|flag|reject|detect)\b[^.;\n]{0,80}$/i;
const WEAKER = { critical: 'warning', error: 'info', warning: 'info', info: 'info' } as const;

/**
 * The deterministic security rules over marked lines. Where a text shows or forbids a danger instead of ordering it, the finding is
 * kept two steps weaker: a label cannot make an attack invisible, and good advice is not blocked.
 */
export function securityFindings(lines: readonly SkillLine[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { rule, severity, pattern, only, message, fix } of SECURITY_PATTERNS) {
    let count = 0;
    for (const line of lines) {
      if (count >= MAX_FINDINGS_PER_RULE) break;
      if (line.text.length < MIN_CHARS) continue;
      if (only === 'order' ? line.code : only === 'code' && !line.code) continue;
      const match = pattern.exec(line.text);
      if (!match) continue;
      count += 1;
      const shown = line.counterExample || (!line.code && FORBIDS.test(line.text.slice(0, match.index)));
      findings.push({ rule, severity: shown ? WEAKER[severity] : severity, line: line.number, message, fix });
    }
  }
  return [...findings, ...secretFindings(lines)];
}

function secretFindings(lines: readonly SkillLine[]): readonly Finding[] {
  const found = new Map<number, string>();
  for (const { number, text } of lines) {
    if (found.size >= MAX_FINDINGS_PER_RULE) break;
    for (const { what, pattern } of SECRET_PATTERNS) {
      for (const [secret] of text.matchAll(pattern))
        if (!found.has(number) && !isPlaceholder(secret)) found.set(number, what);
    }
  }
  return Array.from(found, ([line, what]) => ({
    rule: 'security.secret.literal',
    severity: 'critical',
    line,
    message: `The line holds ${what}.`,
    fix: 'Remove it, and make it invalid where it came from: it has been sent to a model.',
  }));
}
