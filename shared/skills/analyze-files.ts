import type { DraftFile, Finding } from '../contract/plan.ts';
import { type AnalysisContext, analyzeSkill, fileFindings, type SkillAnalysis } from './analyze-skill.ts';
import { verdictOf } from './verdict.ts';

/**
 * What the rules say of a skill with all of its files: of the SKILL.md first, then of each file beside it, named in the finding. Without
 * files it is what they say of the SKILL.md.
 */
export function analyzeFiles(
  text: string,
  files: readonly DraftFile[],
  context: Omit<AnalysisContext, 'files'>,
): SkillAnalysis {
  const skill = analyzeSkill(text, { ...context, files: files.map(({ path }) => path) });
  const findings = [...skill.findings, ...files.flatMap((file) => findingsIn(file, context.goal))];
  return { verdict: verdictOf(findings), findings, overlaps: skill.overlaps };
}

function findingsIn({ path, content }: DraftFile, goal: string | undefined): readonly Finding[] {
  return fileFindings(path, content, goal).map((finding) => ({ ...finding, file: path }));
}
