import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { SigningKeyInfo } from '../../shared/contract/registry.ts';
import { type PublicSigningKey, readSigningKey } from '../../shared/signing/signing-key.ts';
import type { Database } from '../storage/database.ts';
import type { SigningKeysTable } from './registry-tables.ts';

export const MAX_SIGNING_KEYS = 50;

export interface Signer {
  readonly userId: string;
  readonly handle: string;
}

export type Registered =
  | { readonly kind: 'registered' | 'already'; readonly key: SigningKeyInfo }
  /** Somebody else registered it: a signing key says who signs, so it has one owner. */
  | { readonly kind: 'taken' | 'full' };

export async function registerKey(
  trx: Transaction<Database>,
  signer: Signer,
  { name, key }: { readonly name: string; readonly key: PublicSigningKey },
): Promise<Registered> {
  const mine = await trx
    .selectFrom('signing_keys')
    .select('key_id')
    .where('owner_id', '=', signer.userId)
    .execute();
  const isMine = mine.some(({ key_id }) => key_id === key.id);
  if (!isMine && mine.length >= MAX_SIGNING_KEYS) return { kind: 'full' };
  const added = await trx
    .insertInto('signing_keys')
    .values({
      key_id: key.id,
      owner_id: signer.userId,
      handle: signer.handle,
      name,
      spki: Buffer.from(key.spki),
    })
    .onConflict((conflict) => conflict.column('key_id').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (added !== undefined) return { kind: 'registered', key: await rowToInfo(added) };
  const row = await own(trx, signer).where('key_id', '=', key.id).executeTakeFirst();
  return row === undefined ? { kind: 'taken' } : { kind: 'already', key: await rowToInfo(row) };
}

/**
 * The first revocation counts: one that is revoked stays so, with its date, which is never before the key was there nor in the future.
 * Undefined: it is none of theirs.
 */
export async function revokeKey(
  trx: Transaction<Database>,
  signer: Signer,
  keyId: string,
  since?: Date,
): Promise<{ readonly key: SigningKeyInfo; readonly isNew: boolean } | undefined> {
  const row = await trx
    .updateTable('signing_keys')
    .set({
      revoked_at: since
        ? sql<Date>`greatest(created_at, least(${since}, current_timestamp))`
        : sql<Date>`current_timestamp`,
    })
    .where('key_id', '=', keyId)
    .where('owner_id', '=', signer.userId)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return { key: await rowToInfo(row), isNew: true };
  const known = await own(trx, signer).where('key_id', '=', keyId).executeTakeFirst();
  return known && { key: await rowToInfo(known), isNew: false };
}

export async function keysOf(db: Kysely<Database>, handle: string): Promise<readonly SigningKeyInfo[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .selectAll()
    .where('handle', '=', handle)
    .orderBy('created_at')
    .orderBy('key_id')
    .execute();
  return Promise.all(rows.map(rowToInfo));
}

/** A signing key by which that person may publish now. It is locked until the end, so that a revocation comes before or after. */
export async function usableKey(
  db: Kysely<Database>,
  signer: Signer,
  keyId: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const row = await own(db, signer)
    .where('key_id', '=', keyId)
    .where('revoked_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row && new Uint8Array(row.spki);
}

function own(db: Kysely<Database>, { userId }: Signer) {
  return db.selectFrom('signing_keys').selectAll().where('owner_id', '=', userId);
}

async function rowToInfo(row: Selectable<SigningKeysTable>): Promise<SigningKeyInfo> {
  const key = await readSigningKey(new Uint8Array(row.spki));
  return {
    keyId: row.key_id,
    name: row.name,
    pem: key?.pem ?? '',
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
