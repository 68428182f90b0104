import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Draft } from '../../../shared/contract/plan.ts';
import { type PublishWork, publishWork, type SkillDraft } from '../../../shared/contract/publish-draft.ts';
import { savedPlan } from '../../../shared/contract/saved-plan.ts';
import type { SkillText } from '../../../shared/registry/content-digest.ts';
import { filesOf } from '../../../shared/registry/draft-files.ts';
import { pathFault } from '../../../shared/registry/file-paths.ts';
import { judgeSkill, specFault } from '../../../shared/registry/judge-skill.ts';
import { fieldsToManifest, readSkill } from '../../../shared/skills/read-skill.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { archiveOf } from '../check-bundle.ts';

/** What a link to an unpublished plan serves, made from the plan's row. */

export interface TriedSkill {
  readonly name: string;
  readonly description: string;
  readonly files: readonly SkillText[];
  readonly archive: Buffer;
  /** SHA-256 of the archive in hex. */
  readonly digest: string;
}

export interface Tried {
  readonly skills: readonly TriedSkill[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Published skills that the plan reuses. */
  readonly reused: readonly { readonly owner: string; readonly name: string; readonly version: string }[];
}

const planContent = z.pick(savedPlan, { plan: true, drafts: true });

/** `content` and `work` as the tables have them: the wizard's texts where it was begun, else the plan's drafts. */
export function triedSkills(content: object, work: object | null): Tried {
  const { plan, drafts } = planContent.parse(content);
  const begun = work === null ? undefined : publishWork.parse(work);
  const isIncluded = (item: string): boolean =>
    begun?.skills.find((skill) => skill.item === item)?.included ?? true;
  const items = plan?.items ?? [];
  const texts = items.flatMap(({ id }): readonly (readonly SkillText[])[] => {
    if (begun) return draftsOf(begun, id).map(filesOf);
    const draft = drafts.find(({ item }) => item === id);
    return draft ? [planFiles(draft)] : [];
  });
  const skills: TriedSkill[] = [];
  const leftOut: { readonly name: string; readonly reason: string }[] = [];
  for (const files of texts) {
    const skill = triedSkill(files, skills);
    if ('reason' in skill) leftOut.push(skill);
    else skills.push(skill);
  }
  const reused = items.flatMap(({ id, action, ref }) =>
    action === 'reuse' && ref && isIncluded(id) ? [ref] : [],
  );
  return { skills, leftOut, reused };
}

function draftsOf({ skills }: PublishWork, item: string): readonly SkillDraft[] {
  return skills.flatMap((skill) =>
    skill.item === item && skill.included && skill.draft ? [skill.draft] : [],
  );
}

function planFiles({ manifest, body, files = [] }: Draft): readonly SkillText[] {
  return [{ path: 'SKILL.md', content: writeSkill(manifest, body) }, ...files];
}

type Made = TriedSkill | Tried['leftOut'][number];

/** A client asks for each file by itself, and judging and packing take longest: what was made of the same files last is made once. */
const made = new Map<string, Made>();
/** Two plans at their largest. */
const KEPT = 24;

function triedSkill(files: readonly SkillText[], others: readonly TriedSkill[]): Made {
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  const skill = made.get(digest) ?? makeSkill(files);
  made.delete(digest);
  made.set(digest, skill);
  for (const oldest of made.keys()) {
    if (made.size <= KEPT) break;
    made.delete(oldest);
  }
  return others.some(({ name }) => name === skill.name)
    ? { name: skill.name, reason: 'Another skill of the plan has this name.' }
    : skill;
}

/** What could not be published is not handed out by a link either: no client takes it, or none should. */
function makeSkill(files: readonly SkillText[]): Made {
  const reading = readSkill(files[0]?.content ?? '');
  const front = reading.ok ? fieldsToManifest(reading.file.fields) : undefined;
  if (!front) return { name: 'a skill', reason: 'Its front matter breaks the specification.' };
  const { name, description } = front;
  const judgement = judgeSkill(files);
  const fault =
    pathFault(files.map(({ path }) => path)) ??
    specFault(judgement)?.message ??
    (judgement.verdict === 'block' ? judgement.findings[0]?.message : undefined);
  if (fault !== undefined) return { name, reason: fault };
  const archive = archiveOf(files, undefined);
  const digest = createHash('sha256').update(archive).digest('hex');
  return { name, description, files, archive, digest };
}
