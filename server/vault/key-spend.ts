import { type Kysely, sql } from 'kysely';
import type { StoredKey } from '../../shared/contract/vault/stored-key.ts';
import type { Database } from '../storage/database.ts';

type Spent = StoredKey['spent'];

/** Of a key on which no run ended. */
export const NOTHING_SPENT: Spent = { usd: 0, runs: 0, unpriced: 0 };

/**
 * What runs cost in the last 30 days, by the id of their key. From the audit log: it has an entry for each end of a run's attempt, and keeps
 * it when the run's own row is deleted. The page asks again and again while a run goes on: each entry is parsed once, and what is sorted is
 * only what is counted.
 */
export async function spentByKey(
  db: Kysely<Database>,
  workspaceId: string,
): Promise<ReadonlyMap<string, Spent>> {
  const { rows } = await sql<{ key: string; usd: string | null; runs: string; unpriced: string }>`
    select
      key,
      sum(cost) as usd,
      count(distinct subject) as runs,
      count(distinct subject) filter (where cost is null) as unpriced
    from (
      select subject, said.key, said."costUsd" as cost
      from audit_entries cross join lateral json_to_record(detail::json) as said(key text, "costUsd" numeric)
      where workspace_id = ${workspaceId}
        and at > current_timestamp - make_interval(days => 30)
        and action = 'vault.key-close'
    ) ended
    group by 1`.execute(db);
  return new Map(
    rows.map(({ key, usd, runs, unpriced }) => [
      key,
      { usd: Number(usd ?? 0), runs: Number(runs), unpriced: Number(unpriced) },
    ]),
  );
}
