import { type Kysely, type Selectable, sql } from 'kysely';
import type { CriticReport } from '../../shared/contract/author/critic.ts';
import { type BundleInfo, bundleManifest, type PublishedSkillInfo } from '../../shared/contract/registry.ts';
import type { Database } from '../storage/database.ts';
import { standingOf } from './curation/standing.ts';
import type { BundlesTable, SkillVersionsTable } from './registry-tables.ts';
import { isOwn, mayChange, pickVersion, type Reader } from './visible.ts';

export type BundleRow = Selectable<BundlesTable>;
export type SkillRow = Omit<Selectable<SkillVersionsTable>, 'archive'>;

const SKILL_COLUMNS = [
  ...(['id', 'owner_id', 'workspace_id', 'bundle_id', 'handle', 'name', 'version', 'version_order'] as const),
  ...(['visibility', 'description', 'licence', 'content_digest', 'archive_digest', 'signature'] as const),
  ...(['analysis', 'published_at', 'downloads'] as const),
  ...(['published_as', 'hidden_at', 'removal', 'deprecation'] as const),
] as const;

interface Wanted {
  readonly owner: string;
  readonly name: string;
  readonly version?: string | undefined;
}

/** Every version of one bundle, whoever may see it, the latest first. */
export async function bundleVersions(
  db: Kysely<Database>,
  { owner, name }: Pick<Wanted, 'owner' | 'name'>,
): Promise<readonly BundleRow[]> {
  return db
    .selectFrom('bundles')
    .selectAll()
    .where('handle', '=', owner)
    .where('name', '=', name)
    .orderBy('version_order', 'desc')
    .execute();
}

/** The latest version that the reader is told of, or the one that is asked for. */
export async function findBundle(
  db: Kysely<Database>,
  reader: Reader,
  wanted: Wanted,
): Promise<{ readonly row: BundleRow; readonly versions: readonly string[] } | undefined> {
  return pickVersion(await bundleVersions(db, wanted), reader, wanted.version);
}

/** The same with its skills, as the contract has it. */
export async function readBundle(
  db: Kysely<Database>,
  reader: Reader,
  wanted: Wanted,
): Promise<BundleInfo | undefined> {
  const picked = await findBundle(db, reader, wanted);
  if (picked === undefined) return undefined;
  const { row, versions } = picked;
  const skills = await skillsOf(db, row.id);
  const manifest = bundleManifest.parse(JSON.parse(row.manifest));
  return {
    publisher: row.handle,
    name: row.name,
    version: row.version,
    description: row.description,
    licence: row.licence,
    visibility: row.visibility,
    goal: manifest.goal ?? null,
    categories: manifest.categories ?? [],
    provenance: manifest.provenance ?? null,
    signingKey: row.signing_key,
    manifest: row.manifest,
    signature: row.signature,
    publishedAt: row.published_at.toISOString(),
    versions: [...versions],
    skills: await Promise.all(
      skills.map(async (skill) => {
        const info = await skillInfo(db, skill);
        return skill.removal === null || isOwn(skill, reader) ? info : withoutContent(info);
      }),
    ),
    ...(row.summary !== null && { summary: row.summary }),
    ...standingOf(row),
    ...(row.critic && { critic: criticFor(row.critic, skills, reader) }),
    ...(mayChange(row, reader) && {
      mayChange: true,
      workspace: await workspaceOf(db, row.workspace_id),
    }),
  };
}

function workspaceOf(db: Kysely<Database>, id: string) {
  return db.selectFrom('workspaces').select(['slug', 'name']).where('id', '=', id).executeTakeFirst();
}

/** Of a skill that was taken down: what the bundle's signed manifest says anyway. */
function withoutContent(info: PublishedSkillInfo): PublishedSkillInfo {
  return { ...info, description: '', licence: null, findings: [], acknowledgement: null, files: [] };
}

/** What the critic says of a skill that was taken down may quote it. */
function criticFor(critic: CriticReport, skills: readonly SkillRow[], reader: Reader): CriticReport {
  const closed = new Set(
    skills
      .filter((skill) => skill.removal !== null && !isOwn(skill, reader))
      .map((skill) => skill.content_digest),
  );
  if (!critic.opinion || closed.size === 0) return critic;
  const told = critic.opinion.skills.map((one) =>
    closed.has(one.contentDigest) ? { ...one, notes: [] } : one,
  );
  return { ...critic, opinion: { ...critic.opinion, skills: told } };
}

/** Those of a bundle's skills that may be handed out. */
export async function servedSkillsOf(db: Kysely<Database>, bundleId: string): Promise<readonly SkillRow[]> {
  return (await skillsOf(db, bundleId)).filter(({ removal }) => removal === null);
}

export async function skillsOf(db: Kysely<Database>, bundleId: string): Promise<readonly SkillRow[]> {
  return db
    .selectFrom('bundle_skills')
    .innerJoin('skill_versions', 'skill_versions.id', 'bundle_skills.skill_id')
    .select(SKILL_COLUMNS.map((column) => `skill_versions.${column}` as const))
    .where('bundle_skills.bundle_id', '=', bundleId)
    .orderBy('position')
    .execute();
}

/** Every version of one skill, whoever may see it, the latest first. */
export async function skillVersions(
  db: Kysely<Database>,
  owner: string,
  name: string,
): Promise<readonly SkillRow[]> {
  return db
    .selectFrom('skill_versions')
    .select(SKILL_COLUMNS)
    .where('handle', '=', owner)
    .where('name', '=', name)
    .orderBy('version_order', 'desc')
    .execute();
}

export async function skillTexts(db: Kysely<Database>, skillId: string) {
  return db
    .selectFrom('skill_files')
    .select(['path', 'content', 'bytes', 'sha256'])
    .where('skill_id', '=', skillId)
    .orderBy(sql`path = 'SKILL.md'`, 'desc')
    .orderBy('path')
    .execute();
}

export async function skillInfo(db: Kysely<Database>, row: SkillRow): Promise<PublishedSkillInfo> {
  const files = await skillTexts(db, row.id);
  return {
    publisher: row.handle,
    name: row.name,
    version: row.version,
    description: row.description,
    licence: row.licence,
    contentDigest: row.content_digest,
    archiveDigest: `sha256:${row.archive_digest}`,
    ...row.analysis,
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    ...standingOf(row),
  };
}
