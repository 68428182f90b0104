import type { Kysely } from 'kysely';
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

/** The built-in skills and what is public, in memory: a run that plans against it reaches no database. */
export function createRegistryCatalog(db: Kysely<Database>, log: Log): RegistryCatalog {
  let skills: readonly PublishedSkill[] = builtinCatalog.snapshot();
  let known = '';

  const refresh = async (): Promise<void> => {
    try {
      const rows = await db
        .selectFrom('skill_versions')
        .select(['handle', 'name', 'version', 'description', 'deprecation'])
        .distinctOn(['handle', 'name'])
        .where('visibility', '=', 'public')
        .orderBy('handle')
        .orderBy('name')
        .orderBy('version_order', 'desc')
        .execute();
      // the same array while nothing changed, so that its index is built once
      const now = JSON.stringify(rows);
      if (now === known) return;
      known = now;
      const published = rows
        // nobody's plan should begin with one
        .filter(({ deprecation }) => deprecation === null)
        .map(({ handle, name, version, description }) => ({ name, version, description, owner: handle }));
      const builtin = builtinCatalog.snapshot();
      // the starter catalogue has them too; these come with their bodies
      const others = published.filter(
        ({ owner, name }) => !builtin.some((one) => one.owner === owner && one.name === name),
      );
      skills = [...builtin, ...others];
    } catch (error) {
      log.warn('the catalogue of published skills is as it was', storageFields(error));
    }
  };
  void refresh();
  const timer = setInterval(() => void refresh(), REFRESH_MS);
  timer.unref();
  return { snapshot: () => skills, refresh, stop: () => clearInterval(timer) };
}
