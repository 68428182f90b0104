import { sql } from 'kysely';
import { storageFields } from '../storage/storage-error.ts';
import { expireKeys, finishRun } from './key-states.ts';
import { stateNow } from './key-store.ts';
import { chainFacts } from './runs/call-journal.ts';
import type { VaultParts } from './vault-parts.ts';

const SWEEP_MS = 60_000;

type SweepParts = Pick<VaultParts, 'db' | 'audit' | 'log'>;

/** Does from time to time what no request causes: any process may, and twice does no harm. Returns what ends it. */
export function startSweep(parts: SweepParts, everyMs = SWEEP_MS): () => void {
  const timer = setInterval(() => {
    sweep(parts).catch((error: unknown) => parts.log.warn('the vault was not swept', storageFields(error)));
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Ends previous keys whose time is over, and the leases of runs that ended without giving theirs back. */
export async function sweep({ db, audit }: SweepParts): Promise<void> {
  const due = await db
    .selectFrom('vault_keys')
    .select('workspace_id')
    .distinct()
    .where('state', '=', 'previous')
    .where('previous_until', '<=', sql<Date>`clock_timestamp()`)
    .execute();
  for (const { workspace_id: workspaceId } of due)
    await audit.transact(async (trx, record) => {
      for (const subject of await expireKeys(trx, workspaceId))
        await record({
          ...{ workspaceId, actorId: null, handle: null, action: 'vault.key-delete', outcome: 'ok', subject },
          detail: { why: 'replaced', keyState: await stateNow(trx, subject) },
        });
    });

  const { rows } = await sql<{ job_id: string; workspace_id: string; attempt: number }>`
    select l.job_id, l.workspace_id, l.attempt from vault_leases l left join intent_jobs j on j.id = l.job_id
    where l.ended_at is null and (j.id is null or j.state not in ('queued', 'running'))`.execute(db);
  for (const { job_id: job, workspace_id: workspaceId, attempt } of rows)
    await audit.transact(async (trx, record) => {
      if (!(await finishRun(trx, { job, attempt }, 'unknown'))) return;
      const lease = await trx
        .selectFrom('vault_leases')
        .select(['key_id', 'calls', 'head'])
        .where('job_id', '=', job)
        .executeTakeFirstOrThrow();
      await record({
        ...{ workspaceId, actorId: null, handle: null, action: 'vault.key-close', outcome: 'failed' },
        subject: job,
        detail: {
          for: 'run',
          attempt,
          key: lease.key_id,
          ended: 'unknown',
          ...chainFacts(lease),
          keyState: await stateNow(trx, lease.key_id),
        },
      });
    });
}
