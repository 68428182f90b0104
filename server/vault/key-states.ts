import { type Insertable, sql, type Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';
import { defaultOf, isOlder, type KeyRow, keyOfRun, lockKey, lockLiving, lockVault } from './key-locks.ts';
import type { VaultKeysTable } from './vault-tables.ts';

/**
 * All ways in which a stored key changes its state: active, previous, retiring, destroyed; those that change all keys of a workspace at
 * once stand in `vault-states.ts`. Each is the work of one transaction and takes its locks in one order: the workspace, the key, the lease.
 * Starts share the workspace's row and changes have it alone, so that no run starts behind a revocation that has committed. The locks are
 * `no key update`: a row that is changed twice in a transaction has its foreign key checked, which would wait for a full lock on the
 * workspace. All times are the database's.
 */

type Trx = Transaction<Database>;

/** Why a key is no more. */
type EndedWhy = 'deleted' | 'revoked' | 'replaced' | 'paused' | 'policy';

/** Notified with the id of each run whose key was taken from it. */
export const RUN_ENDED_CHANNEL = 'vault_run_ended';

const now = sql<Date>`clock_timestamp()`;

/** The first key of its provider is the default at once. The vault must be locked. */
export async function addKey(
  trx: Trx,
  facts: Omit<Insertable<VaultKeysTable>, 'state' | 'is_default'>,
): Promise<KeyRow> {
  const first = (await defaultOf(trx, facts)) === undefined;
  return trx
    .insertInto('vault_keys')
    .values({ ...facts, state: 'active', is_default: first })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The old default goes on as the previous one for `overlapSeconds`. False: there is no such key, or it is on its way out. */
export async function makeDefault(
  trx: Trx,
  workspaceId: string,
  id: string,
  overlapSeconds: number,
): Promise<boolean> {
  if ((await lockVault(trx, workspaceId)) === undefined) return false;
  const next = await lockKey(trx, workspaceId, id);
  if (next === undefined || (next.state !== 'active' && next.state !== 'previous')) return false;
  if (next.is_default) return true;
  const old = await defaultOf(trx, next);
  // two statements: one that changes both rows meets the unique index in between
  if (old !== undefined) await demote(trx, old, overlapSeconds);
  await trx
    .updateTable('vault_keys')
    .set({ state: 'active', previous_until: null, is_default: true })
    .where('id', '=', id)
    .execute();
  return true;
}

async function demote(trx: Trx, key: KeyRow, overlapSeconds: number): Promise<void> {
  if (overlapSeconds === 0) return retire(trx, key.id, 'replaced');
  await trx
    .updateTable('vault_keys')
    .set({
      is_default: false,
      state: 'previous',
      previous_until: sql<Date>`clock_timestamp() + make_interval(secs => ${overlapSeconds})`,
    })
    .where('id', '=', key.id)
    .execute();
}

/** A run that a worker begins. `site` is the provider's, or empty. */
export interface StartedRun {
  readonly job: string;
  readonly attempt: number;
  readonly worker: string;
  readonly workspaceId: string;
  readonly provider: string;
  readonly site: string;
  /** The MAC of its ticket. */
  readonly genesis: Buffer;
}

/** The key that the run may have and where the chain of its calls stands, or why there is none. */
export type Started =
  | { readonly ok: true; readonly key: KeyRow; readonly calls: number; readonly head: Buffer }
  | { readonly ok: false; readonly why: 'gone' | 'expired' };

/** Takes the default as of now; another attempt at the same run keeps the key of the first. `maxAgeDays` is the operator's limit. */
export async function startRun(trx: Trx, run: StartedRun, maxAgeDays?: number): Promise<Started> {
  const vault = await trx
    .selectFrom('vault_workspaces')
    .select(['state', 'max_age_days'])
    .where('workspace_id', '=', run.workspaceId)
    .forShare()
    .executeTakeFirst();
  if (vault?.state !== 'open') return { ok: false, why: 'gone' };
  const key = await keyOfRun(trx, run);
  if (key === undefined || key.state === 'destroyed') return { ok: false, why: 'gone' };
  const days = Math.min(
    vault.max_age_days ?? Number.POSITIVE_INFINITY,
    maxAgeDays ?? Number.POSITIVE_INFINITY,
  );
  if (Number.isFinite(days) && (await isOlder(trx, key.id, days))) return { ok: false, why: 'expired' };
  const lease = { attempt: run.attempt, worker: run.worker, since: now, ended_at: null };
  const first = { job_id: run.job, workspace_id: run.workspaceId, key_id: key.id };
  const { calls, head } = await trx
    .insertInto('vault_leases')
    .values({ ...first, ...lease, genesis: run.genesis, head: run.genesis })
    .onConflict((conflict) => conflict.column('job_id').doUpdateSet(lease))
    .returning(['calls', 'head'])
    .executeTakeFirstOrThrow();
  return { ok: true, key, calls, head };
}

/** That attempt's end: a key which waited for it is destroyed. False: its key had been taken from it before. */
export async function finishRun(
  trx: Trx,
  { job, attempt }: { readonly job: string; readonly attempt: number },
  outcome: string,
): Promise<boolean> {
  const lease = await trx
    .selectFrom('vault_leases')
    .select(['key_id', 'workspace_id'])
    .where('job_id', '=', job)
    .executeTakeFirst();
  if (lease === undefined) return false;
  const key = await lockKey(trx, lease.workspace_id, lease.key_id);
  const ended = await trx
    .updateTable('vault_leases')
    .set({ ended_at: now })
    .where('job_id', '=', job)
    .where('attempt', '=', attempt)
    .where('ended_at', 'is', null)
    .returning('job_id')
    .executeTakeFirst();
  if (ended === undefined || key === undefined) return false;
  await trx
    .updateTable('vault_keys')
    .set({ last_used_at: now, last_outcome: outcome })
    .where('id', '=', key.id)
    .execute();
  if (key.state === 'retiring') await retire(trx, key.id, 'deleted');
  return true;
}

/** No new runs; those under way finish, and the key is destroyed with the last of them. Undefined: there is no such key. */
export async function deleteKey(trx: Trx, workspaceId: string, id: string): Promise<KeyRow | undefined> {
  const key = await lockLiving(trx, workspaceId, id);
  if (key !== undefined) await retire(trx, id, 'deleted');
  return key;
}

/** The ciphertext goes now, and runs under way with it. How many they were; undefined: there is no such key. */
export async function revokeKey(trx: Trx, workspaceId: string, id: string): Promise<number | undefined> {
  if ((await lockLiving(trx, workspaceId, id)) === undefined) return undefined;
  return revoke(trx, id, 'revoked');
}

/** Ends previous keys whose time is over. Their ids. */
export async function expireKeys(trx: Trx, workspaceId: string): Promise<readonly string[]> {
  if ((await lockVault(trx, workspaceId)) === undefined) return [];
  const keys = await trx
    .selectFrom('vault_keys')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'previous')
    .where('previous_until', '<=', now)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  for (const { id } of keys) await retire(trx, id, 'replaced');
  return keys.map(({ id }) => id);
}

/** Destroys the key, or has it wait for its runs. It must be locked. */
async function retire(trx: Trx, id: string, why: EndedWhy): Promise<void> {
  const open = await trx
    .selectFrom('vault_leases')
    .select('job_id')
    .where('key_id', '=', id)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (open === undefined) return destroy(trx, id, why);
  await trx
    .updateTable('vault_keys')
    .set({ state: 'retiring', is_default: false, previous_until: null, ended_why: why })
    .where('id', '=', id)
    .execute();
}

/** The key must be locked. How many runs went with it. */
export async function revoke(trx: Trx, id: string, why: EndedWhy): Promise<number> {
  await destroy(trx, id, why);
  const ended = await trx
    .updateTable('vault_leases')
    .set({ ended_at: now })
    .where('key_id', '=', id)
    .where('ended_at', 'is', null)
    .returning('job_id')
    .execute();
  for (const { job_id } of ended) await sql`select pg_notify(${RUN_ENDED_CHANNEL}, ${job_id})`.execute(trx);
  return ended.length;
}

async function destroy(trx: Trx, id: string, why: EndedWhy): Promise<void> {
  await trx
    .updateTable('vault_keys')
    .set({
      state: 'destroyed',
      sealed: null,
      is_default: false,
      previous_until: null,
      ended_at: now,
      ended_why: sql<string>`coalesce(ended_why, ${why})`,
    })
    .where('id', '=', id)
    .execute();
}
