import type { Analysis, Finding, Scores } from '../contract/plan.ts';

export type Verdict = Analysis['verdict'];

// Clients skip a skill with one of these; other faults of its front matter they only complain about.
const UNLOADABLE = /^spec\.(?:frontmatter|size|description\.missing|body\.empty)/;
/** Below it, a draft is not something to publish without having read it. */
const LOW_SCORE = 5;
const RANK = { pass: 0, review: 1, block: 2 } as const;

/** What clients cannot load or what looks like an attack is blocked; other dangers and faults need a human's look. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const security = findings.filter(({ rule }) => rule.startsWith('security.'));
  if (security.some(({ severity }) => severity === 'critical')) return 'block';
  if (findings.some(({ rule }) => UNLOADABLE.test(rule))) return 'block';
  const warnings = new Set(security.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule));
  return warnings.size > 2 || findings.some(({ severity }) => severity === 'error') ? 'review' : 'pass';
}

/** The critic can make a verdict worse, and never better: a text that talks it into tens gains nothing. */
export function withScores(verdict: Verdict, scores: Scores | null): Verdict {
  const low = scores !== null && Object.values(scores).some((score) => score < LOW_SCORE);
  return low ? worse(verdict, 'review') : verdict;
}

export function worse(one: Verdict, other: Verdict): Verdict {
  return RANK[one] >= RANK[other] ? one : other;
}
