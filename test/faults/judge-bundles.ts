import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import * as z from 'zod/mini';
import type { Database } from '../../server/storage/database.ts';
import { bundleManifest } from '../../shared/contract/registry.ts';
import type { Load } from './load.ts';

/** What was acknowledged of publishing, against what is stored and what clients are told. */
export interface BundleVerdict {
  readonly acknowledged: number;
  readonly unacknowledged: number;
  readonly installed: number;
  /** In words; empty where nothing is lost, half, twice, or named and not there. */
  readonly faults: readonly string[];
}

interface StoredBundle {
  readonly handle: string;
  readonly name: string;
  readonly version: string;
  readonly manifest: string;
  /** How often the audit log tells of it. */
  readonly told: number;
  /** Each skill that it has, with what is stored of it. */
  readonly skills: readonly {
    readonly name: string;
    readonly content_digest: string;
    readonly files: number;
    readonly is_archive_whole: boolean;
    readonly is_named: boolean;
  }[];
}

export async function judgeBundles(db: Kysely<Database>, load: Load, url: string): Promise<BundleVerdict> {
  const rows = await storedBundles(db);
  const placeOf = ({ owner, name, version }: { owner: string; name: string; version: string }): string =>
    `${owner}/${name} ${version}`;
  const notes = new Map(load.bundles.map((note) => [placeOf(note), note]));
  const stored = new Map(rows.map((row) => [placeOf({ ...row, owner: row.handle }), row]));
  const acknowledged = load.bundles.filter((note) => note.acknowledged);
  const lost = acknowledged.filter((note) => !stored.has(placeOf(note)));
  const { n: strays } = (
    await sql<{ n: number }>`
      select count(*)::int as n from skill_versions s
      where not exists (select from bundle_skills m where m.skill_id = s.id)
    `.execute(db)
  ).rows[0] ?? { n: 0 };
  return {
    acknowledged: acknowledged.length,
    unacknowledged: load.bundles.length - acknowledged.length,
    installed: load.installed(),
    faults: [
      ...lost.map((note) => `${placeOf(note)} was acknowledged and is lost`),
      ...[...stored].flatMap(([place, row]) => {
        const note = notes.get(place);
        return note
          ? halvesOf(row, note.contentDigests).map((what) => `${place} ${what}`)
          : [`${place} was not sent`];
      }),
      ...(strays > 0 ? [`${strays} skills are in no bundle`] : []),
      ...load.absent,
      ...(await absentAfterwards(rows, url)),
    ],
  };
}

function storedBundles(db: Kysely<Database>): Promise<readonly StoredBundle[]> {
  return sql<StoredBundle>`
    select b.handle, b.name, b.version, b.manifest,
      (select count(*)::int from audit_entries a where a.action = 'bundle.publish' and a.handle = b.handle
        and a.subject = b.name and a.detail::json->>'version' = b.version) as told,
      (select coalesce(json_agg(json_build_object(
          'name', s.name, 'content_digest', s.content_digest,
          'files', (select count(*) from skill_files f where f.skill_id = s.id),
          'is_archive_whole', encode(sha256(s.archive), 'hex') = s.archive_digest,
          'is_named', exists (select from skill_names n where n.name = s.name)
        ) order by m.position), '[]')
        from bundle_skills m join skill_versions s on s.id = m.skill_id where m.bundle_id = b.id) as skills
    from bundles b where b.handle like 'publisher-%'
  `
    .execute(db)
    .then(({ rows }) => rows);
}

/** In what it is not exactly what was sent, in words. */
function halvesOf(
  { manifest, told, skills }: StoredBundle,
  sent: ReadonlyMap<string, string>,
): readonly string[] {
  const pinned = new Map(
    bundleManifest.parse(JSON.parse(manifest)).skills.map(({ name, contentDigest }) => [name, contentDigest]),
  );
  const has = new Map(skills.map((skill) => [skill.name, skill]));
  return [
    ...(told === 1 ? [] : [`stands ${told} times in the audit log`]),
    ...(pinned.size === sent.size && has.size === sent.size
      ? []
      : [`has ${has.size} of ${sent.size} skills`]),
    ...[...sent].flatMap(([name, digest]) => {
      const skill = has.get(name);
      if (skill?.content_digest !== digest || pinned.get(name) !== digest)
        return [`has other content in ${name}`];
      // SKILL.md and its guide
      const isWhole = skill.files === 2 && skill.is_archive_whole && skill.is_named;
      return isWhole ? [] : [`has half of ${name}`];
    }),
  ];
}

const index = z.object({
  skills: z.array(z.object({ name: z.string(), url: z.string(), digest: z.string() })),
});

/** What the bundles' indexes name when all is over and the server does not give, and the other way round. */
async function absentAfterwards(rows: readonly StoredBundle[], url: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const place of new Set(rows.map(({ handle, name }) => `${handle}/${name}`))) {
    const answer = await fetch(`${url}/b/${place}/.well-known/agent-skills/index.json`);
    const { skills } = answer.status === 200 ? index.parse(await answer.json()) : { skills: [] };
    if (skills.length === 0) faults.push(`${place} is stored, and its index names nothing`);
    for (const { name, url: path, digest } of skills) {
      const bytes = Buffer.from(await (await fetch(new URL(path, url))).arrayBuffer());
      if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== digest)
        faults.push(`${place} names ${name}, which is not there`);
    }
  }
  return faults;
}
