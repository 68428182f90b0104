import type { Kysely } from 'kysely';
import type { Deprecation, Removal, Standing } from '../../../shared/contract/author/curation.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { Database } from '../../storage/database.ts';
import type { Published } from '../visible.ts';

/** What was done to a published version since: hidden, taken down, deprecated. */

interface Curated {
  readonly hidden_at: Date | null;
  readonly removal: Removal | null;
  readonly deprecation: Deprecation | null;
}

/** As the contract has it; nothing where nothing was done. */
export function standingOf({ hidden_at, removal, deprecation }: Curated): { readonly standing?: Standing } {
  if (hidden_at === null && removal === null && deprecation === null) return {};
  return { standing: { hiddenAt: hidden_at?.toISOString() ?? null, removal, deprecation } };
}

/**
 * Why a reader gets none of these versions, where one that they would have seen was taken down. `version`: of that alone. The reason is the
 * operator's, for everyone to read.
 */
export function takenDown(
  rows: readonly (Published & Curated)[],
  version: string | undefined,
): Failure | undefined {
  const row = rows.find(
    ({ removal, published_as, version: one }) =>
      removal !== null && published_as !== 'private' && (version ?? one) === one,
  );
  if (!row?.removal) return undefined;
  const { at, reason } = row.removal;
  return {
    code: 'forbidden',
    message: `Taken down by the operator of this registry on ${at.slice(0, 10)}: ${reason}`,
  };
}

/** Whether a bundle that others see still has this skill in it, though its author hides it: what was pinned stays installable. */
export async function isPinned(db: Kysely<Database>, skillId: string): Promise<boolean> {
  const row = await db
    .selectFrom('bundle_skills')
    .innerJoin('bundles', 'bundles.id', 'bundle_skills.bundle_id')
    .innerJoin('skill_versions', 'skill_versions.id', 'bundle_skills.skill_id')
    .select('bundles.id')
    .where('skill_id', '=', skillId)
    .where('skill_versions.removal', 'is', null)
    .where('bundles.visibility', '<>', 'private')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** For clients that print a line: `Deprecated: use ada/basketry. It weaves faster.` */
export function deprecationSentence({ note, successor }: Omit<Deprecation, 'at'>): string {
  const use = successor === null ? '' : `: use ${successor}`;
  return `Deprecated${use}.${note === null ? '' : ` ${note}`}`;
}
