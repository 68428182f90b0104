import type { Kysely } from 'kysely';
import { compareVersions } from '../../shared/registry/version.ts';
import type { PublishedSkill } from '../../shared/skills/published-skill.ts';
import { builtinCatalog, type SkillCatalog } from '../runs/skill-catalog.ts';
import type { Database } from '../storage/database.ts';
import { storageFields } from '../storage/storage-error.ts';
import type { Log } from '../telemetry/log.ts';

/** Other processes publish too. */
const REFRESH_MS = 30_000;

/** A catalogue that follows the database. `refresh` never rejects: when the database is away the last state stays. */
export interface RegistryCatalog extends SkillCatalog {
  refresh(): Promise<void>;
  stop(): void;
}

/** The built-in skills and what is published, in memory: a run that plans against it reaches no database. */
export function createRegistryCatalog(db: Kysely<Database>, log: Log): RegistryCatalog {
  let published: Published = { all: builtinCatalog.snapshot(), own: new Map() };
  let known = '';

  const refresh = async (): Promise<void> => {
    try {
      const rows = await latestVersions(db);
      // the same arrays while nothing changed, so that their index is built once
      const now = JSON.stringify(rows);
      if (now === known) return;
      known = now;
      published = publishedOf(rows);
    } catch (error) {
      log.warn('the catalogue of published skills is as it was', storageFields(error));
    }
  };
  void refresh();
  const timer = setInterval(() => void refresh(), REFRESH_MS);
  timer.unref();
  return {
    snapshot: (workspaceId) => published.own.get(workspaceId ?? '') ?? published.all,
    refresh,
    stop: () => clearInterval(timer),
  };
}

interface Published {
  /** For everybody. */
  readonly all: readonly PublishedSkill[];
  /** For the workspaces that have private skills: these too. */
  readonly own: ReadonlyMap<string, readonly PublishedSkill[]>;
}

type Row = Awaited<ReturnType<typeof latestVersions>>[number];

/** Of each skill the latest that is public, and the latest that is private. */
function latestVersions(db: Kysely<Database>) {
  return db
    .selectFrom('skill_versions')
    .select([
      'handle',
      'name',
      'version',
      'version_order',
      'description',
      'deprecation',
      'visibility',
      'workspace_id',
    ])
    .distinctOn(['handle', 'name', 'visibility'])
    .where('visibility', 'in', ['public', 'private'])
    .where('hidden_at', 'is', null)
    .where('removal', 'is', null)
    .orderBy('handle')
    .orderBy('name')
    .orderBy('visibility')
    .orderBy('version_order', 'desc')
    .execute();
}

function publishedOf(rows: readonly Row[]): Published {
  // nobody's plan should begin with one
  const standing = rows.filter(({ deprecation }) => deprecation === null);
  const builtin = builtinCatalog.snapshot();
  // the starter catalogue has them too; these come with their bodies
  const all = merged(standing.filter(({ visibility }) => visibility === 'public').map(skillOf), builtin);
  const mine = new Map<string, PublishedSkill[]>();
  for (const row of standing) {
    if (row.visibility === 'public' || isOlder(row, all)) continue;
    mine.set(row.workspace_id, [...(mine.get(row.workspace_id) ?? []), skillOf(row)]);
  }
  const own = new Map([...mine].map(([workspace, skills]) => [workspace, merged(all, skills)]));
  return { all, own };
}

function isOlder({ handle, name, version }: Row, than: readonly PublishedSkill[]): boolean {
  const other = than.find((one) => one.owner === handle && one.name === name);
  return other !== undefined && compareVersions(version, other.version) < 0;
}

/** Those of the second list stand for the ones of their name in the first. */
function merged(
  skills: readonly PublishedSkill[],
  over: readonly PublishedSkill[],
): readonly PublishedSkill[] {
  const names = new Set(over.map(({ owner, name }) => `${owner}/${name}`));
  return [...over, ...skills.filter(({ owner, name }) => !names.has(`${owner}/${name}`))];
}

function skillOf({ name, version, description, handle }: Row): PublishedSkill {
  return { name, version, description, owner: handle };
}
