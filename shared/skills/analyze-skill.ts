/** Everything that can be said of a skill without a model: pure, deterministic, a few milliseconds. */
import type { Analysis, Finding } from '../contract/plan.ts';
import { type Described, DUPLICATE_SCORE, findOverlaps } from './overlap.ts';
import type { PublishedSkill } from './published-skill.ts';
import { readSkill } from './read-skill.ts';
import { hiddenTextFindings } from './rules/hidden-text.ts';
import { qualityFindings } from './rules/quality.ts';
import { securityFindings } from './rules/security.ts';
import { specificationFindings } from './rules/specification.ts';
import { toolFindings } from './rules/tools.ts';
import { markLines } from './skill-lines.ts';

export interface AnalysisContext {
  readonly published?: readonly PublishedSkill[];
  /** The other skills of the same plan. */
  readonly siblings?: readonly Described[];
  /** Paths that the skill has beside its SKILL.md; left out: not known, so that links into it are not checked. */
  readonly files?: readonly string[];
}

export type SkillAnalysis = Pick<Analysis, 'verdict' | 'findings' | 'overlaps'>;

/** `text` is a whole SKILL.md. */
export function analyzeSkill(text: string, context: AnalysisContext = {}): SkillAnalysis {
  const reading = readSkill(text);
  if (!reading.ok) {
    const found = reading.finding.rule === 'spec.size' ? [] : textFindings(text, 1);
    return conclude([reading.finding, ...found], []);
  }
  const { file } = reading;
  const lines = markLines(file.body, file.bodyLine);
  const header = text.slice(0, text.length - file.body.length);
  const self: Described = {
    name: String(file.fields['name'] ?? ''),
    description: String(file.fields['description'] ?? ''),
  };
  const overlaps = findOverlaps(self, context.siblings ?? [], context.published ?? []);
  return conclude(
    [
      ...specificationFindings(file),
      ...toolFindings(file),
      ...textFindings(header, 1),
      ...hiddenTextFindings(file.body, file.bodyLine),
      ...securityFindings(lines),
      ...qualityFindings(file, lines, context.files),
      ...overlapFindings(overlaps),
    ],
    overlaps,
  );
}

/** The security rules alone, over any text: a front matter, or a file beside the SKILL.md (all of it `code`). */
export function textFindings(text: string, firstNumber: number, code = false): readonly Finding[] {
  const lines = markLines(text.replaceAll('\r\n', '\n'), firstNumber);
  return [
    ...hiddenTextFindings(text, firstNumber),
    ...securityFindings(code ? lines.map((line) => ({ ...line, code: true })) : lines),
  ];
}

// Clients skip a skill with one of these; other faults of its front matter they only complain about.
const UNLOADABLE = /^spec\.(?:frontmatter|size|description\.missing|body\.empty)/;

/** What clients cannot load or what looks like an attack is blocked; other dangers and faults need a human's look. */
export function verdictOf(findings: readonly Finding[]): Analysis['verdict'] {
  const security = findings.filter(({ rule }) => rule.startsWith('security.'));
  if (security.some(({ severity }) => severity === 'critical')) return 'block';
  if (findings.some(({ rule }) => UNLOADABLE.test(rule))) return 'block';
  const warnings = new Set(security.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule));
  return warnings.size > 2 || findings.some(({ severity }) => severity === 'error') ? 'review' : 'pass';
}

const WEIGHT = { critical: 0, error: 1, warning: 2, info: 3 } as const;

function conclude(findings: readonly Finding[], overlaps: Analysis['overlaps']): SkillAnalysis {
  const sorted = findings.toSorted(
    (a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || (a.line ?? 0) - (b.line ?? 0),
  );
  return { verdict: verdictOf(sorted), findings: sorted, overlaps };
}

function overlapFindings(overlaps: Analysis['overlaps']): readonly Finding[] {
  return overlaps.map(({ name, score, kind }) => {
    const what = kind === 'published' ? `the published skill ${name}` : `${name} in this plan`;
    return score >= DUPLICATE_SCORE
      ? {
          rule: 'overlap.duplicate',
          severity: 'warning',
          message: `Its description says nearly the same as ${what}.`,
          fix: 'Use one of the two, or say when each applies.',
        }
      : {
          rule: 'overlap.similar',
          severity: 'info',
          message: `Its description is close to ${what}.`,
          fix: 'Say in the description what it is not for.',
        };
  });
}
