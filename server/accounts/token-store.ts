import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import {
  type CreateToken,
  type Role,
  TOKEN_SCOPES,
  type TokenInfo,
  type TokenScope,
} from '../../shared/contract/account.ts';
import type { Database } from '../storage/database.ts';
import type { ApiTokensTable } from './account-tables.ts';
import { hashApiToken, makeApiToken } from './api-token.ts';
import { memberOf } from './workspaces.ts';

const DAY_MS = 86_400_000;
export const MAX_TOKENS = 100;

type TokenRow = Selectable<ApiTokensTable>;

export interface TokenOwner {
  readonly userId: string;
  readonly workspaceId: string;
}

export interface TokenBearer extends TokenOwner {
  readonly tokenId: string;
  readonly handle: string;
  readonly role: Role;
  readonly isPaused: boolean;
  readonly scopes: readonly TokenScope[];
}

/** Returns the token itself, which is nowhere afterwards; undefined: this account has as many as it may. */
export async function insertToken(
  db: Kysely<Database>,
  owner: TokenOwner,
  wish: CreateToken,
  now: Date,
): Promise<{ token: string; info: TokenInfo } | undefined> {
  const { count } = await db
    .selectFrom('api_tokens')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', owner.userId)
    .executeTakeFirstOrThrow();
  if (count >= MAX_TOKENS) return undefined;

  const token = makeApiToken();
  const row = await db
    .insertInto('api_tokens')
    .values({
      id: randomUUID(),
      user_id: owner.userId,
      workspace_id: owner.workspaceId,
      name: wish.name,
      hash: hashApiToken(token),
      last_four: token.slice(-4),
      scopes: [...new Set(wish.scopes)],
      expires_at: wish.expiresInDays === null ? null : new Date(now.getTime() + wish.expiresInDays * DAY_MS),
      last_used_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { token, info: rowToInfo(row) };
}

export async function listTokens(db: Kysely<Database>, owner: TokenOwner): Promise<TokenInfo[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .selectAll()
    .where('user_id', '=', owner.userId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(rowToInfo);
}

export async function deleteToken(db: Kysely<Database>, owner: TokenOwner, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('api_tokens')
    .where('id', '=', id)
    .where('user_id', '=', owner.userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whose token it is, while it works: not expired, and its owner still in its workspace. */
export async function bearerOf(db: Kysely<Database>, token: string): Promise<TokenBearer | undefined> {
  const row = await db
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .select([
      'api_tokens.id',
      'api_tokens.user_id',
      'api_tokens.workspace_id',
      'api_tokens.scopes',
      'users.handle',
    ])
    .where('api_tokens.hash', '=', hashApiToken(token))
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', sql<Date>`current_timestamp`)]))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const membership = await memberOf(db, row.user_id, row.workspace_id);
  if (membership === undefined) return undefined;
  await noteUse(db, row.id);
  return {
    tokenId: row.id,
    userId: row.user_id,
    workspaceId: row.workspace_id,
    handle: row.handle,
    role: membership.role,
    isPaused: membership.isPaused,
    scopes: knownScopes(row.scopes),
  };
}

/** Kept to the minute, so that a busy agent does not write a row with each request. */
async function noteUse(db: Kysely<Database>, id: string): Promise<void> {
  await db
    .updateTable('api_tokens')
    .set({ last_used_at: sql<Date>`current_timestamp` })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('last_used_at', 'is', null),
        eb('last_used_at', '<', sql<Date>`current_timestamp - interval '1 minute'`),
      ]),
    )
    .execute();
}

function rowToInfo(row: TokenRow): TokenInfo {
  return {
    id: row.id,
    name: row.name,
    lastFour: row.last_four,
    scopes: knownScopes(row.scopes),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}

function knownScopes(scopes: readonly string[]): TokenScope[] {
  return TOKEN_SCOPES.filter((scope) => scopes.includes(scope));
}
