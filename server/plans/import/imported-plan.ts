import { type Draft, draftFile, MAX_DRAFT_FILES, MAX_ITEMS } from '../../../shared/contract/plan.ts';
import type { SavePlan } from '../../../shared/contract/saved-plan.ts';
import { contentDigest, type SkillText } from '../../../shared/registry/content-digest.ts';
import { pathFault } from '../../../shared/registry/file-paths.ts';
import { SIGNATURE_FILE } from '../../../shared/signing/model-signature.ts';
import { fieldsToManifest, readSkill } from '../../../shared/skills/read-skill.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';

/** Files from elsewhere as a plan. No I/O: whatever they hold is text here, and none of it is run, followed or written to a disk. */

/** A file with its path from the top of what is imported. Null: it is no UTF-8 text. */
export interface FoundFile {
  readonly path: string;
  readonly content: string | null;
}

export interface ImportedPlan {
  /** Undefined: there is no skill that could be taken. */
  readonly plan: SavePlan | undefined;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

type Taken = Pick<Draft, 'manifest' | 'body' | 'files' | 'digest'>;

/** Every folder with a SKILL.md is a skill. `from` says in a word or two where they come from. */
export async function importedPlan(files: readonly FoundFile[], from: string): Promise<ImportedPlan> {
  const taken: Taken[] = [];
  const leftOut: { readonly name: string; readonly reason: string }[] = [];
  for (const folder of skillFolders(files)) {
    const name = (folder.split('/').at(-1) || 'the skill at the top').slice(0, 100);
    const skill = await takeSkill(files, folder);
    if (typeof skill === 'string') leftOut.push({ name, reason: skill });
    else if (taken.some(({ manifest }) => manifest.name === skill.manifest.name))
      leftOut.push({ name, reason: `Another skill has the name ${skill.manifest.name}.` });
    else if (taken.length === MAX_ITEMS)
      leftOut.push({ name, reason: `A plan has ${MAX_ITEMS} skills at most. Import it by itself.` });
    else taken.push(skill);
  }
  return { plan: taken.length === 0 ? undefined : planOf(taken, from), leftOut };
}

/** A SKILL.md inside another skill's folder is one of its files. */
function skillFolders(files: readonly FoundFile[]): readonly string[] {
  const folders = files
    .filter(({ path }) => path === 'SKILL.md' || path.endsWith('/SKILL.md'))
    .map(({ path }) => path.slice(0, -'SKILL.md'.length).replace(/\/$/, ''))
    .sort();
  return folders.filter(
    (folder) =>
      !folders.some((outer) => outer !== folder && (outer === '' || folder.startsWith(`${outer}/`))),
  );
}

/** The skill, or why it cannot be taken. */
async function takeSkill(files: readonly FoundFile[], folder: string): Promise<Taken | string> {
  const below = folder === '' ? '' : `${folder}/`;
  const own = files
    .filter(({ path }) => path.startsWith(below))
    .map(({ path, content }) => ({ path: path.slice(below.length), content }))
    // that of somebody else's version: what is published from here is signed anew
    .filter(({ path }) => path !== SIGNATURE_FILE);
  const fault = pathFault(own.map(({ path }) => path));
  if (fault !== undefined) return fault;
  const texts = own.filter((file): file is SkillText => file.content !== null);
  const binary = own.find(({ content }) => content === null);
  if (binary) return `${binary.path} is no text. Publish it with npm run publish, if it has to be there.`;
  const reading = readSkill(texts.find(({ path }) => path === 'SKILL.md')?.content ?? '');
  if (!reading.ok) return `SKILL.md, line ${reading.finding.line ?? 1}: ${reading.finding.message}`;
  const manifest = fieldsToManifest(reading.file.fields);
  if (!manifest) return 'SKILL.md: the front matter breaks the specification.';

  const beside = texts.filter(({ path }) => path !== 'SKILL.md');
  const odd = beside.find((file) => !draftFile.safeParse(file).success);
  if (odd)
    return `${odd.path} is not a text of at most 100,000 characters in scripts/ or references/. npm run publish takes it.`;
  if (beside.length > MAX_DRAFT_FILES)
    return `It has more than ${MAX_DRAFT_FILES} files beside its SKILL.md. npm run publish takes them.`;
  const { body } = reading.file;
  const whole = [{ path: 'SKILL.md', content: writeSkill(manifest, body) }, ...beside];
  return { manifest, body, ...(beside.length > 0 && { files: beside }), digest: await contentDigest(whole) };
}

function planOf(taken: readonly Taken[], from: string): SavePlan {
  const names = taken.map(({ manifest }) => manifest.name);
  return {
    title: `Imported: ${names.join(', ')}`.slice(0, 120),
    goal: `Skills imported from ${from}: ${names.join(', ')}`,
    intent: null,
    plan: {
      title: `Imported: ${names.join(', ')}`.slice(0, 120),
      items: taken.map(({ manifest }, at) => ({
        ...{ id: `i${at + 1}`, action: 'create', name: manifest.name, description: manifest.description },
        ...{ covers: [], reason: `Imported from ${from}.`, outline: [] },
        allowedTools: (manifest.allowedTools ?? []).slice(0, 16),
      })),
      uncovered: [],
    },
    drafts: taken.map((skill, at) => ({ item: `i${at + 1}`, revision: 1, ...skill })),
    analyses: [],
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
    outcome: 'done',
    origin: { provider: 'import', model: from, credentials: 'none' },
  };
}
