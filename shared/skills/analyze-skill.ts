/** Everything that can be said of a skill without a model. Pure and deterministic; it takes a few milliseconds. */
import type { Analysis, Finding } from '../contract/plan.ts';
import { blockOf, languageOfFile } from './code/language.ts';
import { readDocument } from './document/read-document.ts';
import type { Wish } from './flows/report.ts';
import { type Described, DUPLICATE_SCORE, findOverlaps } from './overlap.ts';
import type { PublishedSkill } from './published-skill.ts';
import { readSkill, type SkillFile } from './read-skill.ts';
import { hiddenTextFindings } from './rules/hidden-text.ts';
import { qualityFindings } from './rules/quality.ts';
import { securityFindings } from './rules/security.ts';
import { specificationFindings } from './rules/specification.ts';
import { syntaxFindings } from './rules/syntax.ts';
import { toolFindings } from './rules/tools.ts';
import { withEdits } from './suggest-edits.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** What the caller knows beside the text. Each part that is missing switches off the rules that need it. */
export interface AnalysisContext {
  /** What the user asked for. With it, data may go to the hosts that it names and to no other. */
  readonly goal?: string;
  readonly published?: readonly PublishedSkill[];
  /** The other skills of the same plan. */
  readonly siblings?: readonly Described[];
  /** Paths of the files beside the SKILL.md. When left out they are not known, so that links to them are not checked. */
  readonly files?: readonly string[];
}

/** The result of the rules alone, without a critic's scores. The worst findings come first, those of one severity by line. */
export interface SkillAnalysis {
  readonly verdict: Verdict;
  readonly findings: Finding[];
  readonly overlaps: Analysis['overlaps'];
}

/** Analyzes a whole SKILL.md. It never throws: a text that is no skill gives a finding that says so. */
export function analyzeSkill(text: string, context: AnalysisContext = {}): SkillAnalysis {
  const reading = readSkill(text);
  if (!reading.ok) {
    const found = reading.finding.rule === 'spec.size' ? [] : textFindings(text, 1);
    return conclude(text, [reading.finding, ...found], []);
  }
  const { file } = reading;
  const self = selfOf(file);
  const wish: Wish = { goal: context.goal, self: `${self.name}\n${self.description}` };
  const document = readDocument(file.body, file.bodyLine);
  const header = readDocument(file.header, 1);
  const overlaps = findOverlaps(self, context.siblings ?? [], context.published ?? []);
  return conclude(
    text,
    [
      ...specificationFindings(file),
      ...toolFindings(file),
      ...hiddenTextFindings(text, 1),
      ...securityFindings(header, wish),
      ...securityFindings(document, wish),
      ...qualityFindings(file, document, context.files),
      ...overlapFindings(overlaps),
    ],
    overlaps,
  );
}

/** Applies only the security rules, to Markdown without a front matter. */
export function textFindings(text: string, firstNumber: number): readonly Finding[] {
  const document = readDocument(text.replaceAll('\r\n', '\n'), firstNumber);
  return [
    ...hiddenTextFindings(text, firstNumber),
    ...securityFindings(document, { goal: undefined, self: '' }),
  ];
}

/**
 * The same for a file beside the SKILL.md, and its syntax. A file that is not Markdown is code in the language of its name.
 */
export function fileFindings(path: string, text: string, goal?: string): readonly Finding[] {
  const wish: Wish = { goal, self: '' };
  const lines = text.replaceAll('\r\n', '\n');
  const language = languageOfFile(path);
  const document = /^(?:md|markdown|txt)$/.test(language)
    ? readDocument(lines, 1)
    : { passages: [], blocks: [blockOf(lines, language, 1)], complete: true };
  return [
    ...hiddenTextFindings(lines, 1),
    ...securityFindings(document, wish),
    ...syntaxFindings(path, lines),
  ];
}

function selfOf({ fields }: SkillFile): Described {
  return { name: String(fields['name'] ?? ''), description: String(fields['description'] ?? '') };
}

const WEIGHT = { critical: 0, error: 1, warning: 2, info: 3 } as const;

function conclude(text: string, findings: readonly Finding[], overlaps: Analysis['overlaps']): SkillAnalysis {
  const sorted = findings.toSorted(
    (a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || (a.line ?? 0) - (b.line ?? 0),
  );
  return { verdict: verdictOf(sorted), findings: withEdits(text, sorted), overlaps };
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
