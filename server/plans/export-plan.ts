import type { ExportFormat, SavedPlan } from '../../shared/contract/saved-plan.ts';
import { languageOfFile } from '../../shared/skills/code/language.ts';
import { withEvals } from '../../shared/skills/eval-files.ts';
import { packSkills, skillFolders } from '../../shared/skills/pack-skills.ts';
import type { PublishedFolder } from '../../shared/skills/published-folder.ts';
import { writeSkill } from '../../shared/skills/write-skill.ts';

export interface PlanFile {
  readonly name: string;
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** `reused`: the skills that the plan reuses, which a ZIP has in it too. */
export function exportPlan(
  plan: SavedPlan,
  format: ExportFormat,
  reused: readonly PublishedFolder[] = [],
): PlanFile {
  const stem = fileStem(plan.title);
  switch (format) {
    case 'zip':
      return { name: `${stem}.zip`, type: 'application/zip', body: zip(plan, reused) };
    case 'markdown':
      return { name: `${stem}.md`, type: 'text/markdown; charset=utf-8', body: markdown(plan) };
    case 'json':
      return {
        name: `${stem}.json`,
        type: 'application/json; charset=utf-8',
        body: `${JSON.stringify(plan, null, 2)}\n`,
      };
  }
}

function zip(plan: SavedPlan, reused: readonly PublishedFolder[]): Uint8Array<ArrayBuffer> {
  return packSkills([...plan.drafts.map((draft) => withEvals(draft, plan)), ...reused], plan.updatedAt);
}

function markdown(plan: SavedPlan): string {
  const quote = plan.goal
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd());
  const items =
    plan.plan?.items.map(
      (item) => `- ${item.action === 'reuse' ? 'Reuse' : 'New'}: \`${item.name}\`. ${oneLine(item.reason)}`,
    ) ?? [];
  const uncovered =
    plan.plan?.uncovered.map((gap) => `- Not covered: ${oneLine(gap.need)}. ${oneLine(gap.reason)}`) ?? [];
  const skills = plan.drafts.flatMap(({ manifest, body, files = [] }) => [
    `## ${manifest.name}\n\n${fenced('markdown', writeSkill(manifest, body))}`,
    ...files.map(
      ({ path, content }) => `### ${manifest.name}/${path}\n\n${fenced(languageOfFile(path), content)}`,
    ),
  ]);
  const parts = [
    `# ${oneLine(plan.title)}`,
    quote.join('\n'),
    [...items, ...uncovered].join('\n'),
    ...skills,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A fence longer than any in the text, so that a skill cannot end its own. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A plain name for the download, whatever the title holds. */
function fileStem(title: string): string {
  const stem = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return stem === '' ? 'plan' : (skillFolders([stem])[0] ?? 'plan');
}
