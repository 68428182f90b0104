import { BUILTIN_CATALOG } from '../../shared/compose/builtin-catalog.ts';
import type { PublishedSkill } from '../../shared/skills/published-skill.ts';

/** The published skills that a plan may reuse. Runs take it from memory: none of them waits for a database, and BYO runs reach none. */
export interface SkillCatalog {
  /**
   * What is public now, and what is private to the workspace that the run is of. A run keeps the list that it began with, so that it does
   * not change during the run.
   */
  snapshot(workspaceId?: string): readonly PublishedSkill[];
}

/** The skills that every server has from the start. */
export const builtinCatalog: SkillCatalog = { snapshot: () => BUILTIN_CATALOG };
