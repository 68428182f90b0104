import { type Kysely, sql, type Transaction } from 'kysely';
import {
  type PublishDraft,
  type PublishDraftList,
  type PublishState,
  type PublishWork,
  publishWork,
  type SavedDraft,
} from '../../shared/contract/publish-draft.ts';
import type { Database } from '../storage/database.ts';

/** Every statement has the owner in its `where`: another user's work is no row at all. */

export interface DraftOwner {
  readonly userId: string;
}

/** Undefined: they have no such plan. */
export async function readState(
  db: Kysely<Database>,
  owner: DraftOwner,
  planId: string,
): Promise<PublishState | undefined> {
  if (!(await hasPlan(db, owner, planId))) return undefined;
  const published = await db
    .selectFrom('bundles')
    .select(['handle as publisher', 'name', 'version', 'published_at'])
    .where('owner_id', '=', owner.userId)
    .where('plan_id', '=', planId)
    .orderBy('published_at', 'desc')
    .limit(20)
    .execute();
  return {
    draft: (await readDraft(db, owner, planId)) ?? null,
    published: published.map(({ published_at, ...bundle }) => ({
      ...bundle,
      publishedAt: published_at.toISOString(),
    })),
  };
}

export async function listDrafts(db: Kysely<Database>, owner: DraftOwner): Promise<PublishDraftList> {
  const rows = await own(db, owner)
    .innerJoin('intent_plans', 'intent_plans.id', 'publish_drafts.plan_id')
    .select(['plan_id', sql<unknown>`work->'step'`.as('step'), 'publish_drafts.updated_at'])
    .where('deleted_at', 'is', null)
    .orderBy('publish_drafts.updated_at', 'desc')
    .limit(2000)
    .execute();
  return {
    drafts: rows.map(({ plan_id, step, updated_at }) => ({
      planId: plan_id,
      step: publishWork.shape.step.parse(step),
      updatedAt: updated_at.toISOString(),
    })),
  };
}

export type SaveResult =
  | { readonly kind: 'saved'; readonly saved: SavedDraft }
  /** Null: it was published or discarded meanwhile. */
  | { readonly kind: 'conflict'; readonly current: PublishDraft | null }
  | { readonly kind: 'missing' };

/** `rev`: the one that was changed; null: there was none yet. */
export async function saveDraft(
  trx: Transaction<Database>,
  owner: DraftOwner,
  { planId, rev, work }: { readonly planId: string; readonly rev: number | null; readonly work: PublishWork },
): Promise<SaveResult> {
  if (!(await hasPlan(trx, owner, planId))) return { kind: 'missing' };
  const text = JSON.stringify(work);
  const row =
    rev === null
      ? await trx
          .insertInto('publish_drafts')
          .values({ plan_id: planId, owner_id: owner.userId, work: text })
          .onConflict((conflict) => conflict.column('plan_id').doNothing())
          .returning(['rev', 'updated_at'])
          .executeTakeFirst()
      : await trx
          .updateTable('publish_drafts')
          .set({ work: text, rev: rev + 1, updated_at: sql<Date>`current_timestamp` })
          .where('plan_id', '=', planId)
          .where('owner_id', '=', owner.userId)
          .where('rev', '=', rev)
          .returning(['rev', 'updated_at'])
          .executeTakeFirst();
  if (row) return { kind: 'saved', saved: { rev: row.rev, updatedAt: row.updated_at.toISOString() } };
  return { kind: 'conflict', current: (await readDraft(trx, owner, planId)) ?? null };
}

/** Discards the work; what is published goes the same way, in the transaction that publishes. */
export async function dropDraft(db: Kysely<Database>, owner: DraftOwner, planId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('publish_drafts')
    .where('plan_id', '=', planId)
    .where('owner_id', '=', owner.userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

async function readDraft(
  db: Kysely<Database>,
  owner: DraftOwner,
  planId: string,
): Promise<PublishDraft | undefined> {
  const row = await own(db, owner).selectAll().where('plan_id', '=', planId).executeTakeFirst();
  return row && { rev: row.rev, work: publishWork.parse(row.work), updatedAt: row.updated_at.toISOString() };
}

async function hasPlan(db: Kysely<Database>, owner: DraftOwner, planId: string): Promise<boolean> {
  const row = await db
    .selectFrom('intent_plans')
    .select('id')
    .where('id', '=', planId)
    .where('owner_id', '=', owner.userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

function own(db: Kysely<Database>, { userId }: DraftOwner) {
  return db.selectFrom('publish_drafts').where('publish_drafts.owner_id', '=', userId);
}
