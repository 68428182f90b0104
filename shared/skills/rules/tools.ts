import type { Finding } from '../../contract/plan.ts';
import { type SkillFile, splitTools } from '../read-skill.ts';

/** What `allowed-tools` grants without asking the user. */
export function toolFindings(file: SkillFile): readonly Finding[] {
  const value = file.fields['allowed-tools'];
  if (value === undefined || value === null) return [];
  const line = file.fieldLines.get('allowed-tools') ?? 1;
  const broad = splitTools(value).filter((tool) =>
    /^(?:Bash|Shell|\*)(?:\(\s*\*?\s*(?::\*)?\s*\))?$/i.test(tool),
  );
  return broad.map((tool) => ({
    rule: 'security.tools.unbounded',
    severity: 'warning',
    line,
    message: `${tool.slice(0, 20)} grants every command.`,
    fix: 'Name the commands: Bash(git log:*).',
  }));
}
