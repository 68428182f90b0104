import { type Kysely, sql } from 'kysely';
import type { StoredKey } from '../../shared/contract/vault/stored-key.ts';
import type { Database } from '../storage/database.ts';

type Spent = StoredKey['spent'];

/** Of a key on which no run ended. */
export const NOTHING_SPENT: Spent = { usd: 0, runs: 0, unpriced: 0 };

/**
 * What runs cost in the last 30 days, by the id of their key. From the audit log: it has an entry for each end of a run's attempt, and keeps
 * it when the run's own row is deleted.
 */
export async function spentByKey(
  db: Kysely<Database>,
  workspaceId: string,
): Promise<ReadonlyMap<string, Spent>> {
  const { rows } = await sql<{ key: string; usd: string | null; runs: string; unpriced: string }>`
    select
      detail::jsonb ->> 'key' as key,
      sum((detail::jsonb ->> 'costUsd')::numeric) as usd,
      count(distinct subject) as runs,
      count(distinct subject) filter (where detail::jsonb ->> 'costUsd' is null) as unpriced
    from audit_entries
    where workspace_id = ${workspaceId}
      and at > current_timestamp - make_interval(days => 30)
      and action = 'vault.key-close'
    group by 1`.execute(db);
  return new Map(
    rows.map(({ key, usd, runs, unpriced }) => [
      key,
      { usd: Number(usd ?? 0), runs: Number(runs), unpriced: Number(unpriced) },
    ]),
  );
}
