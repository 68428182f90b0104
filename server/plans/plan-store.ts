import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import {
  type EditPlan,
  type PlanPage,
  type PlanSummary,
  type SavedPlan,
  type SavePlan,
  UNDO_HOURS,
} from '../../shared/contract/saved-plan.ts';
import type { IdempotencyKey } from '../http/idempotency-key.ts';
import type { Database } from '../storage/database.ts';
import type { ListQuery } from './plan-queries.ts';
import { contentColumns, merge, rowToPlan, rowToSummary, SUMMARY_COLUMNS, titleOf } from './plan-rows.ts';

/** Every statement has the owner in its `where`: another user's plan is no row at all. */

export const MAX_PLANS = 2000;

/** Whose plans are meant. Every query of this file is limited to them. */
export interface PlanOwner {
  readonly userId: string;
  readonly workspaceId: string;
}

/** `already`: the same request was saved before, and its plan is returned. `full`: the account has as many plans as it may. */
export type Saved =
  | { readonly kind: 'saved' | 'already'; readonly plan: PlanSummary }
  /** The idempotency key was used for another plan, or its plan was deleted. */
  | { readonly kind: 'other_request' | 'full' };

/** Saves a plan once for each idempotency key; without one every call makes a plan. */
export async function savePlan(
  trx: Transaction<Database>,
  owner: PlanOwner,
  plan: SavePlan,
  idempotencyKey: IdempotencyKey | undefined,
): Promise<Saved> {
  if ((await countPlans(trx, owner)) >= MAX_PLANS) return { kind: 'full' };
  const row = await trx
    .insertInto('intent_plans')
    .values({
      id: randomUUID(),
      owner_id: owner.userId,
      workspace_id: owner.workspaceId,
      goal: plan.goal,
      origin: JSON.stringify(plan.origin),
      save_key: idempotencyKey?.value ?? null,
      save_digest: idempotencyKey?.digest ?? null,
      ...contentColumns({ ...plan, title: titleOf(plan) }),
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'save_key']).doNothing())
    .returning(SUMMARY_COLUMNS)
    .executeTakeFirst();
  return row === undefined
    ? savedBefore(trx, owner, idempotencyKey)
    : { kind: 'saved', plan: rowToSummary(row) };
}

async function savedBefore(
  trx: Transaction<Database>,
  owner: PlanOwner,
  idempotencyKey: IdempotencyKey | undefined,
): Promise<Saved> {
  const row = await own(trx, owner)
    .select(['save_digest', ...SUMMARY_COLUMNS])
    .where('save_key', '=', idempotencyKey?.value ?? '')
    .executeTakeFirst();
  if (row === undefined || idempotencyKey === undefined) return { kind: 'other_request' };
  if (row.save_digest?.equals(idempotencyKey.digest) !== true) return { kind: 'other_request' };
  return { kind: 'already', plan: rowToSummary(row) };
}

/** A page of summaries. Every word of the search must occur, in any case. */
export async function listPlans(db: Kysely<Database>, owner: PlanOwner, query: ListQuery): Promise<PlanPage> {
  const found = query.words.reduce(
    (plans, word) => plans.where('search', 'like', `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`),
    own(db, owner),
  );
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const sorts = { updated: sql`updated_at`, created: sql`created_at`, title: sql`lower(title)` };
  const rows = await found
    .select(SUMMARY_COLUMNS)
    .orderBy(sorts[query.sort], query.order)
    .orderBy('id')
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  return { plans: rows.map(rowToSummary), total };
}

/** Undefined when there is no such plan, it is deleted, or it belongs to somebody else. */
export async function readPlan(
  db: Kysely<Database>,
  owner: PlanOwner,
  id: string,
): Promise<SavedPlan | undefined> {
  const row = await own(db, owner).selectAll().where('id', '=', id).executeTakeFirst();
  return row && rowToPlan(row);
}

/** An edit with the revision that its author saw. */
export interface PlanEdit {
  readonly id: string;
  /** The revision that was edited. */
  readonly rev: number;
  readonly changes: EditPlan;
}

/** `conflict`: somebody else was first, and `current` is what they made of it. */
export type EditResult =
  | { readonly kind: 'edited'; readonly plan: PlanSummary }
  | { readonly kind: 'conflict'; readonly current: SavedPlan }
  | { readonly kind: 'missing' };

/**
 * Changes the fields that are given and counts the revision up. The row is locked, so that of two edits of one revision only one succeeds.
 */
export async function editPlan(
  trx: Transaction<Database>,
  owner: PlanOwner,
  { id, rev, changes }: PlanEdit,
): Promise<EditResult> {
  const row = await own(trx, owner).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) return { kind: 'missing' };
  const current = rowToPlan(row);
  if (current.rev !== rev) return { kind: 'conflict', current };
  const edited = await trx
    .updateTable('intent_plans')
    .set({
      ...contentColumns(merge(current, changes)),
      rev: rev + 1,
      updated_at: sql<Date>`current_timestamp`,
    })
    .where('id', '=', id)
    .where('owner_id', '=', owner.userId)
    .returning(SUMMARY_COLUMNS)
    .executeTakeFirstOrThrow();
  return { kind: 'edited', plan: rowToSummary(edited) };
}

/** Saves the plan again under its title with "(copy)". Needs no idempotency key: a second copy can be deleted. */
export async function copyPlan(
  trx: Transaction<Database>,
  owner: PlanOwner,
  id: string,
): Promise<Saved | { readonly kind: 'missing' }> {
  const plan = await readPlan(trx, owner, id);
  if (plan === undefined) return { kind: 'missing' };
  return savePlan(trx, owner, { ...plan, title: `${plan.title.slice(0, 110)} (copy)` }, undefined);
}

/** Until when it can be brought back; undefined: there is no such plan. */
export async function deletePlan(
  trx: Transaction<Database>,
  owner: PlanOwner,
  id: string,
): Promise<Date | undefined> {
  const row = await trx
    .updateTable('intent_plans')
    .set({ deleted_at: sql<Date>`current_timestamp` })
    .where('id', '=', id)
    .where('owner_id', '=', owner.userId)
    .where('deleted_at', 'is', null)
    .returning(sql<Date>`deleted_at + make_interval(hours => ${UNDO_HOURS})`.as('until'))
    .executeTakeFirst();
  return row?.until;
}

/** Brings a deleted plan back while its time is not over; undefined when there is none to bring back. */
export async function restorePlan(
  trx: Transaction<Database>,
  owner: PlanOwner,
  id: string,
): Promise<PlanSummary | undefined> {
  const row = await trx
    .updateTable('intent_plans')
    .set({ deleted_at: null })
    .where('id', '=', id)
    .where('owner_id', '=', owner.userId)
    .where('deleted_at', '>', undoStart())
    .returning(SUMMARY_COLUMNS)
    .executeTakeFirst();
  return row && rowToSummary(row);
}

/** Removes for good what was deleted longer ago than it can be undone. */
export async function purgePlans(db: Kysely<Database>): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('intent_plans')
    .where('deleted_at', '<=', undoStart())
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function own(db: Kysely<Database>, owner: PlanOwner) {
  return db.selectFrom('intent_plans').where('owner_id', '=', owner.userId).where('deleted_at', 'is', null);
}

async function countPlans(db: Kysely<Database>, owner: PlanOwner): Promise<number> {
  const { count } = await db
    .selectFrom('intent_plans')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('owner_id', '=', owner.userId)
    .executeTakeFirstOrThrow();
  return count;
}

function undoStart() {
  return sql<Date>`current_timestamp - make_interval(hours => ${UNDO_HOURS})`;
}
