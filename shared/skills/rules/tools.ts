import type { Finding } from '../../contract/plan.ts';
import { type SkillFile, splitTools } from '../read-skill.ts';

/** Commands that run any other command, so that granting one grants all. */
const SHELLS =
  /^(?:(?:ba|z|da|k|fi|tc|c)?sh|pwsh|powershell|cmd(?:\.exe)?|sudo|doas|su|env|eval|exec|command|xargs|ssh|nohup|time|timeout|watch|busybox|script|osascript|nsenter|chroot)$/i;
/** Interpreters, which run any program that they are given. */
const LANGUAGES =
  /^(?:python[\d.]{0,4}|node|deno|bun|perl|ruby|php|lua|npx|bunx|uvx|pipx|tsx|ts-node|java|docker|podman|kubectl)$/i;

/** What `allowed-tools` grants without asking the user. */
export function toolFindings(file: SkillFile): readonly Finding[] {
  const value = file.fields['allowed-tools'];
  if (value === undefined || value === null) return [];
  const line = file.fieldLines.get('allowed-tools') ?? 1;
  return splitTools(value).flatMap((tool) => {
    const found = judge(tool);
    return found ? [{ ...found, line, evidence: tool.slice(0, 100) }] : [];
  });
}

function judge(tool: string): Finding | undefined {
  const shown = tool.slice(0, 40);
  const [, name = '', scope] = /^([\w*]{1,40})(?:\(([^)]{0,200})\))?$/.exec(tool) ?? [];
  if (!/^(?:Bash|Shell|Terminal|PowerShell|\*)$/i.test(name)) return undefined;
  const [command = '', ...rest] = (scope ?? '').trim().split(/[\s:]+/);
  if (/^\*{0,2}$/.test(command))
    return {
      rule: 'security.tools.unbounded',
      severity: 'warning',
      message: `${shown} grants every command.`,
      fix: 'Name the commands: Bash(git log:*).',
    };
  const program = command.replace(/^.{0,100}\//, '');
  const open = rest.length === 0 || rest.some((word) => word.includes('*'));
  if (SHELLS.test(program) && open)
    return {
      rule: 'security.tools.disguised',
      severity: 'error',
      message: `${shown} grants every command, for ${program} runs any.`,
      fix: 'Name the commands that it is to run: Bash(git log:*).',
    };
  // `Bash(python scripts/fill.py:*)` is one program; `Bash(python:*)` is any.
  const anything = rest.length === 0 || /^(?:\*|-[ce]|-)/.test(rest[0] ?? '');
  if (LANGUAGES.test(program) && anything)
    return {
      rule: 'security.tools.language',
      severity: 'warning',
      message: `${shown} grants any program in that language.`,
      fix: 'Name the program: Bash(python scripts/report.py:*).',
    };
  return undefined;
}
