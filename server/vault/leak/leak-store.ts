import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { KeyLeak, NoteLeak } from '../../../shared/contract/vault/key-leak.ts';
import type { Database, SetOnce } from '../../storage/database.ts';

declare module '../../storage/database.ts' {
  interface Database {
    readonly vault_leaks: VaultLeaksTable;
  }
}

interface VaultLeaksTable {
  readonly key_id: SetOnce<string>;
  since: Date;
  vendor_revoked_at: Date | null;
  vendor_revoked_by: string | null;
  calls_seen_at: Date | null;
  calls_seen_by: string | null;
  usage_compared_at: Date | null;
  usage_compared_by: string | null;
}

/** Whether the workspace has, or had, such a key: a leak is dealt with after the key is destroyed, too. */
export async function hadKey(db: Kysely<Database>, workspaceId: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('vault_keys')
    .select('id')
    .where('id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Null: nobody said that it leaked. */
export async function readLeak(db: Kysely<Database>, id: string): Promise<KeyLeak | null> {
  const row = await db.selectFrom('vault_leaks').selectAll().where('key_id', '=', id).executeTakeFirst();
  return row ? rowToLeak(row) : null;
}

/** A step that was checked off before keeps who did it and when; one that no longer is loses both. */
export async function writeLeak(
  trx: Transaction<Database>,
  id: string,
  { since, done }: NoteLeak,
  handle: string,
): Promise<KeyLeak> {
  const stamp = (isDone: boolean) => ({
    at: isDone ? sql<Date>`clock_timestamp()` : null,
    by: isDone ? handle : null,
  });
  const [vendor, calls, usage] = [
    stamp(done.vendorRevoked),
    stamp(done.callsSeen),
    stamp(done.usageCompared),
  ];
  const row = await trx
    .insertInto('vault_leaks')
    .values({
      key_id: id,
      since: new Date(since),
      ...{ vendor_revoked_at: vendor.at, vendor_revoked_by: vendor.by },
      ...{ calls_seen_at: calls.at, calls_seen_by: calls.by },
      ...{ usage_compared_at: usage.at, usage_compared_by: usage.by },
    })
    .onConflict((conflict) =>
      conflict.column('key_id').doUpdateSet((eb) => ({
        since: eb.ref('excluded.since'),
        vendor_revoked_at: kept('vendor_revoked_at', done.vendorRevoked),
        vendor_revoked_by: kept('vendor_revoked_by', done.vendorRevoked),
        calls_seen_at: kept('calls_seen_at', done.callsSeen),
        calls_seen_by: kept('calls_seen_by', done.callsSeen),
        usage_compared_at: kept('usage_compared_at', done.usageCompared),
        usage_compared_by: kept('usage_compared_by', done.usageCompared),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return rowToLeak(row);
}

function kept(column: Exclude<keyof VaultLeaksTable, 'key_id' | 'since'>, isDone: boolean) {
  const [before, now] = [sql.ref(`vault_leaks.${column}`), sql.ref(`excluded.${column}`)];
  return isDone ? sql<never>`coalesce(${before}, ${now})` : sql<never>`null`;
}

function rowToLeak(row: Selectable<VaultLeaksTable>): KeyLeak {
  return {
    since: row.since.toISOString(),
    steps: {
      vendorRevoked: checkedOff(row.vendor_revoked_at, row.vendor_revoked_by),
      callsSeen: checkedOff(row.calls_seen_at, row.calls_seen_by),
      usageCompared: checkedOff(row.usage_compared_at, row.usage_compared_by),
    },
  };
}

function checkedOff(at: Date | null, by: string | null): KeyLeak['steps']['vendorRevoked'] {
  return at && by !== null ? { at: at.toISOString(), by } : null;
}
