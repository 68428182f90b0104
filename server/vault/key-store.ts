import { type Kysely, type Selectable, sql } from 'kysely';
import * as z from 'zod/mini';
import { type StoredKey, storedKey } from '../../shared/contract/vault/stored-key.ts';
import type { Database } from '../storage/database.ts';
import type { KeyFacts } from './format/key-facts.ts';
import type { KeyBinding } from './format/sealed-key.ts';
import type { KeyRow } from './key-locks.ts';
import { NOTHING_SPENT, spentByKey } from './key-spend.ts';

const DAY_MS = 86_400_000;
/** Of keys that are gone, the list has those of the last month. */
const SHOWN_DAYS = 30;

/** What the row says that its ciphertext is bound to. */
export function bindingOf(row: Omit<KeyRow, 'facts_mac'>): KeyBinding {
  return {
    workspaceId: row.workspace_id,
    generation: row.generation,
    keyId: row.id,
    version: row.version,
    provider: row.provider,
    site: row.site,
    scope: row.scope,
    scopeId: row.scope_id,
    owner: row.owner_id,
  };
}

/** What of the row its MAC covers. */
export function factsOf(row: Omit<KeyRow, 'facts_mac'>): KeyFacts {
  const { name, last4, owner_handle: ownerHandle, model, added_at: addedAt } = row;
  return { ...bindingOf(row), name, last4, ownerHandle, model, addedAt };
}

/**
 * All of a key's row that changes, in words. The audit log has it with every change, in the transaction that makes it, so that a row which
 * was changed otherwise, or put back from a copy, differs from the last of them.
 */
export function stateText(row: KeyState): string {
  const { state, is_default, previous_until, ended_at, ended_why, last_used_at, last_outcome } = row;
  return [
    state,
    ...(is_default ? ['default'] : []),
    ...(previous_until ? [`until ${previous_until.toISOString()}`] : []),
    ...(ended_at ? [`ended ${ended_at.toISOString()}`] : []),
    ...(ended_why === null ? [] : [`for it was ${ended_why}`]),
    ...(last_used_at ? [`used ${last_used_at.toISOString()}`] : []),
    ...(last_outcome === null ? [] : [`with the outcome ${last_outcome}`]),
  ].join(', ');
}

type KeyState = Pick<
  KeyRow,
  'state' | 'is_default' | 'previous_until' | 'ended_at' | 'ended_why' | 'last_used_at' | 'last_outcome'
>;

/** The same as it is now, in a transaction that has the key's lock. */
export async function stateNow(db: Kysely<Database>, id: string): Promise<string> {
  const row = await db.selectFrom('vault_keys').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? 'gone' : stateText(row);
}

/** A living key of that workspace. What is somebody else's is not there. */
export async function findKey(
  db: Kysely<Database>,
  workspaceId: string,
  id: string,
): Promise<KeyRow | undefined> {
  return db
    .selectFrom('vault_keys')
    .selectAll()
    .where('id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .where('state', '!=', 'destroyed')
    .executeTakeFirst();
}

/** All keys whose ciphertext is still there, of one provider at one site. */
export async function livingKeys(
  db: Kysely<Database>,
  workspaceId: string,
  { provider, site }: Pick<KeyRow, 'provider' | 'site'>,
): Promise<readonly KeyRow[]> {
  return db
    .selectFrom('vault_keys')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('provider', '=', provider)
    .where('site', '=', site)
    .where('state', '!=', 'destroyed')
    .execute();
}

/** For members to see. Opens nothing. */
export async function listKeys(
  db: Kysely<Database>,
  workspaceId: string,
  operatorMaxDays: number | undefined,
): Promise<StoredKey[]> {
  const rows = await db
    .selectFrom('vault_keys')
    .innerJoin('vault_workspaces', 'vault_workspaces.workspace_id', 'vault_keys.workspace_id')
    .selectAll('vault_keys')
    .select('vault_workspaces.max_age_days')
    .select((eb) =>
      eb
        .selectFrom('vault_leases')
        .select((lease) => lease.fn.countAll<number>().as('count'))
        .whereRef('vault_leases.key_id', '=', 'vault_keys.id')
        .where('vault_leases.ended_at', 'is', null)
        .as('open_runs'),
    )
    .where('vault_keys.workspace_id', '=', workspaceId)
    .where((eb) =>
      eb.or([
        eb('vault_keys.ended_at', 'is', null),
        eb('vault_keys.ended_at', '>', sql<Date>`current_timestamp - make_interval(days => ${SHOWN_DAYS})`),
      ]),
    )
    .orderBy('provider')
    .orderBy('is_default', 'desc')
    .orderBy('added_at', 'desc')
    .execute();
  const spent = await spentByKey(db, workspaceId);
  return rows.map((row) => {
    const days = Math.min(row.max_age_days ?? Infinity, operatorMaxDays ?? Infinity);
    return { ...rowToKey(row, Number(row.open_runs ?? 0), days), spent: spent.get(row.id) ?? NOTHING_SPENT };
  });
}

/** `maxAgeDays` may be infinite. */
export function rowToKey(
  row: Selectable<Database['vault_keys']>,
  openRuns: number,
  maxAgeDays: number,
): StoredKey {
  const living = row.state !== 'destroyed';
  return z.parse(storedKey, {
    id: row.id,
    name: row.name,
    provider: row.provider,
    site: row.site,
    lastFour: row.last4,
    scope: row.scope,
    state: row.state,
    isDefault: row.is_default,
    model: row.model,
    addedBy: row.owner_handle,
    addedAt: row.added_at.toISOString(),
    previousUntil: row.previous_until?.toISOString() ?? null,
    expiresAt:
      living && Number.isFinite(maxAgeDays)
        ? new Date(row.added_at.getTime() + maxAgeDays * DAY_MS).toISOString()
        : null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastOutcome: row.last_outcome,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedWhy: row.ended_why,
    openRuns,
    spent: NOTHING_SPENT,
  });
}
