import type { Analysis, Finding, Scores } from '../contract/plan.ts';

/** `pass`, `review` (a person should read it) or `block` (it cannot be published). */
export type Verdict = Analysis['verdict'];

// With one of these a client cannot load the skill. Other faults of the front matter only make it complain.
const UNLOADABLE = /^spec\.(?:frontmatter|size|description\.missing|body\.empty)/;
/** Below this score a draft should not be published unread. */
const LOW_SCORE = 5;
const RANK = { pass: 0, review: 1, block: 2 } as const;

/** `block`: clients cannot load it, or it looks like an attack. `review`: other dangers and faults, at which a person must look. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const security = findings.filter(({ rule }) => rule.startsWith('security.'));
  if (security.some(({ severity }) => severity === 'critical')) return 'block';
  if (findings.some(({ rule }) => UNLOADABLE.test(rule))) return 'block';
  const warnings = new Set(security.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule));
  return warnings.size > 2 || findings.some(({ severity }) => severity === 'error') ? 'review' : 'pass';
}

/** Low scores make a verdict worse. High ones never make it better, so that a text that persuades the critic gains nothing. */
export function withScores(verdict: Verdict, scores: Scores | null): Verdict {
  const low = scores !== null && Object.values(scores).some((score) => score < LOW_SCORE);
  return low ? worse(verdict, 'review') : verdict;
}

/** The stricter of two verdicts, in the order pass, review, block. */
export function worse(one: Verdict, other: Verdict): Verdict {
  return RANK[one] >= RANK[other] ? one : other;
}
