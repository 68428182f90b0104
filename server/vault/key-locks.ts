import { type Selectable, sql, type Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';
import type { VaultKeysTable, VaultWorkspacesTable } from './vault-tables.ts';

/** The rows that a change of a stored key's state looks at, each with its lock; see `key-states.ts` for their order. */

export type KeyRow = Selectable<VaultKeysTable>;
type Trx = Transaction<Database>;

/** Whether the workspace is paused; nobody pauses it before the transaction ends. To be asked before the vault is locked, as a pause does. */
export async function isPaused(trx: Trx, workspaceId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('workspaces')
    .select('paused_at')
    .where('id', '=', workspaceId)
    .forShare()
    .executeTakeFirst();
  return row?.paused_at !== null;
}

/** Alone, until the transaction ends; undefined: this workspace has stored no key yet. */
export async function lockVault(
  trx: Trx,
  workspaceId: string,
): Promise<Selectable<VaultWorkspacesTable> | undefined> {
  return trx
    .selectFrom('vault_workspaces')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** The key that the run began with, or the default as of now; shared with other starts. */
export async function keyOfRun(
  trx: Trx,
  run: {
    readonly job: string;
    readonly workspaceId: string;
    readonly provider: string;
    readonly site: string;
  },
): Promise<KeyRow | undefined> {
  const lease = await trx
    .selectFrom('vault_leases')
    .select('key_id')
    .where('job_id', '=', run.job)
    .executeTakeFirst();
  const keys = trx
    .selectFrom('vault_keys')
    .selectAll()
    .where('workspace_id', '=', run.workspaceId)
    .forShare();
  if (lease !== undefined) return keys.where('id', '=', lease.key_id).executeTakeFirst();
  return keys
    .where('provider', '=', run.provider)
    .where('site', '=', run.site)
    .where('scope', '=', 'workspace')
    .where('is_default', '=', true)
    .executeTakeFirst();
}

/** By the database's clock. */
export async function isOlder(trx: Trx, id: string, days: number): Promise<boolean> {
  const row = await trx
    .selectFrom('vault_keys')
    .select(sql<boolean>`added_at + make_interval(days => ${days}) < clock_timestamp()`.as('older'))
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.older === true;
}

type Slot = Pick<KeyRow, 'workspace_id' | 'provider' | 'site' | 'scope' | 'scope_id'>;

/** The default among those that are for the same, with its lock. */
export async function defaultOf(trx: Trx, slot: Slot): Promise<KeyRow | undefined> {
  return trx
    .selectFrom('vault_keys')
    .selectAll()
    .where('workspace_id', '=', slot.workspace_id)
    .where('provider', '=', slot.provider)
    .where('site', '=', slot.site)
    .where('scope', '=', slot.scope)
    .where('scope_id', '=', slot.scope_id)
    .where('is_default', '=', true)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** A key of that workspace, with its lock. */
export async function lockKey(trx: Trx, workspaceId: string, id: string): Promise<KeyRow | undefined> {
  return trx
    .selectFrom('vault_keys')
    .selectAll()
    .where('id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** The same, behind the workspace's lock, unless it is destroyed. */
export async function lockLiving(trx: Trx, workspaceId: string, id: string): Promise<KeyRow | undefined> {
  if ((await lockVault(trx, workspaceId)) === undefined) return undefined;
  const key = await lockKey(trx, workspaceId, id);
  return key?.state === 'destroyed' ? undefined : key;
}

/** The id of another key that is the default where this one would be, behind the locks that making it so takes. */
export async function defaultBefore(trx: Trx, workspaceId: string, id: string): Promise<string | undefined> {
  const key = await lockLiving(trx, workspaceId, id);
  const before = key && (await defaultOf(trx, key));
  return before?.id === id ? undefined : before?.id;
}

/** The ids of all that are not destroyed, each with its lock. The vault must be locked, where there is one. */
export async function lockAllLiving(trx: Trx, workspaceId: string): Promise<readonly string[]> {
  const keys = await trx
    .selectFrom('vault_keys')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '!=', 'destroyed')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return keys.map(({ id }) => id);
}
