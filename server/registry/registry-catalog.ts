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
  let published = publishedOf([]);
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
    snapshot: (workspaceId) => snapshotOf(published, workspaceId ?? ''),
    refresh,
    stop: () => clearInterval(timer),
  };
}

interface Published {
  /** For everybody. */
  readonly all: readonly PublishedSkill[];
  /** What a workspace has besides: nothing, for most. */
  readonly mine: ReadonlyMap<string, readonly PublishedSkill[]>;
  /** Both, of the workspaces that asked: each is put together once, when its first run begins. */
  readonly both: Map<string, readonly PublishedSkill[]>;
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
  const versions = new Map(all.map((skill) => [fullName(skill), skill.version]));
  const mine = new Map<string, PublishedSkill[]>();
  for (const row of standing) {
    if (row.visibility === 'public') continue;
    const skill = skillOf(row);
    const other = versions.get(fullName(skill));
    if (other !== undefined && compareVersions(skill.version, other) < 0) continue;
    const skills = mine.get(row.workspace_id) ?? [];
    skills.push(skill);
    mine.set(row.workspace_id, skills);
  }
  return { all, mine, both: new Map() };
}

function snapshotOf({ all, mine, both }: Published, workspaceId: string): readonly PublishedSkill[] {
  const skills = mine.get(workspaceId);
  if (skills === undefined) return all;
  const snapshot = both.get(workspaceId) ?? merged(all, skills);
  both.set(workspaceId, snapshot);
  return snapshot;
}

/** Those of the second list stand for the ones of their name in the first. */
function merged(
  skills: readonly PublishedSkill[],
  over: readonly PublishedSkill[],
): readonly PublishedSkill[] {
  const names = new Set(over.map(fullName));
  return [...over, ...skills.filter((skill) => !names.has(fullName(skill)))];
}

function fullName({ owner, name }: PublishedSkill): string {
  return `${owner}/${name}`;
}

function skillOf({ name, version, description, handle }: Row): PublishedSkill {
  return { name, version, description, owner: handle };
}
