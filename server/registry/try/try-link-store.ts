import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { MAX_TRY_LINKS, type TryLinkInfo } from '../../../shared/contract/author/try-link.ts';
import type { Database } from '../../storage/database.ts';
import { type Tried, triedSkills } from './tried-skills.ts';

/** Private links to unpublished plans. The database has hashes of their secrets, of 256 bits, and nothing that leads back to one. */

const HOUR_MS = 3_600_000;
const SECRET_BYTES = 32;
const SECRET = /^[\w-]{43}$/;

interface LinkOwner {
  readonly userId: string;
}

export type Made =
  | { readonly kind: 'made'; readonly info: TryLinkInfo; readonly secret: string; readonly tried: Tried }
  | { readonly kind: 'missing' | 'full' };

export async function makeLink(
  trx: Transaction<Database>,
  owner: LinkOwner,
  { planId, hours }: { readonly planId: string; readonly hours: number },
): Promise<Made> {
  const plan = await ownPlan(trx, owner, planId);
  if (!plan) return { kind: 'missing' };
  const links = await linksOf(trx, owner, planId);
  if ((links?.length ?? 0) >= MAX_TRY_LINKS) return { kind: 'full' };
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const row = await trx
    .insertInto('try_links')
    .values({
      ...{ id: randomUUID(), plan_id: planId, owner_id: owner.userId, token_hash: hashOf(secret) },
      expires_at: new Date(Date.now() + hours * HOUR_MS),
    })
    .returning(['id', 'created_at', 'expires_at'])
    .executeTakeFirstOrThrow();
  return { kind: 'made', info: rowToInfo(row), secret, tried: triedSkills(plan.content, plan.work) };
}

/** Those that still work; undefined: they have no such plan. Expired ones go on the way. */
export async function linksOf(
  db: Kysely<Database>,
  owner: LinkOwner,
  planId: string,
): Promise<readonly TryLinkInfo[] | undefined> {
  if (!(await ownPlan(db, owner, planId))) return undefined;
  await db
    .deleteFrom('try_links')
    .where('plan_id', '=', planId)
    .where('expires_at', '<=', sql<Date>`current_timestamp`)
    .execute();
  const rows = await db
    .selectFrom('try_links')
    .select(['id', 'created_at', 'expires_at'])
    .where('plan_id', '=', planId)
    .where('owner_id', '=', owner.userId)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(rowToInfo);
}

export async function revokeLink(db: Kysely<Database>, { userId }: LinkOwner, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('try_links')
    .where('id', '=', id)
    .where('owner_id', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The plan as it is at this moment; undefined: the link is unknown, expired or revoked, or its plan is deleted. */
export async function readTried(db: Kysely<Database>, secret: string): Promise<Tried | undefined> {
  if (!SECRET.test(secret)) return undefined;
  const row = await db
    .selectFrom('try_links')
    .innerJoin('intent_plans', 'intent_plans.id', 'try_links.plan_id')
    .leftJoin('publish_drafts', 'publish_drafts.plan_id', 'try_links.plan_id')
    .select(['content', 'work'])
    .where('token_hash', '=', hashOf(secret))
    .where('expires_at', '>', sql<Date>`current_timestamp`)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && triedSkills(row.content, row.work);
}

function ownPlan(db: Kysely<Database>, { userId }: LinkOwner, planId: string) {
  return db
    .selectFrom('intent_plans')
    .leftJoin('publish_drafts', 'publish_drafts.plan_id', 'intent_plans.id')
    .select(['content', 'work'])
    .where('id', '=', planId)
    .where('intent_plans.owner_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function rowToInfo(row: {
  readonly id: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}): TryLinkInfo {
  const { id, created_at, expires_at } = row;
  return { id, createdAt: created_at.toISOString(), expiresAt: expires_at.toISOString() };
}
