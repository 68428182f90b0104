import type { SkillFinding } from '../contract/registry.ts';
import { analyzeSkill, fileFindings } from '../skills/analyze-skill.ts';
import { type Verdict, verdictOf } from '../skills/verdict.ts';
import type { SkillText } from './content-digest.ts';

/** The findings over all files of a skill, each with its file, and the verdict that follows from them. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: readonly SkillFinding[];
}

/**
 * What the registry says of a skill that somebody publishes, over all of its files. The page shows it while they write, the server decides
 * by it. By no goal: a bundle's own would name the hosts that its author wants nobody to ask about.
 */
export function judgeSkill(files: readonly SkillText[]): Judgement {
  const findings = files.flatMap(({ path, content }) => {
    const found =
      path === 'SKILL.md'
        ? analyzeSkill(content, { goal: '', files: files.map((file) => file.path) }).findings
        : fileFindings(path, content, '');
    return found.map((finding) => ({ ...finding, file: path }));
  });
  return { verdict: verdictOf(findings), findings };
}

/** What breaks the specification is not published at all, whatever its author says of it; undefined: nothing does. */
export function specFault({ findings }: Judgement): SkillFinding | undefined {
  return findings.find(({ rule, severity }) => rule.startsWith('spec.') && severity !== 'info');
}
