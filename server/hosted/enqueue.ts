import { type Kysely, sql, type Transaction } from 'kysely';
import type { HostedRequest } from '../../shared/contract/hosted.ts';
import { NO_USAGE } from '../../shared/contract/usage.ts';
import type { Who } from '../access/who.ts';
import type { IdempotencyKey } from '../http/idempotency-key.ts';
import { readPlan } from '../plans/plan-store.ts';
import type { Database } from '../storage/database.ts';
import { type BudgetLimits, type Reservation, reserve, usdToMicros, utcDay } from './budget.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobRequest, JobRow } from './job-rows.ts';
import { countOpen } from './job-store.ts';
import type { Admitted, Quote } from './payer.ts';

export interface EnqueueParts {
  readonly queue: JobQueue;
  readonly limits: BudgetLimits;
  readonly maxOpen: number;
  readonly now: () => Date;
}

/** A run that was asked for, and what the payer says of it. */
export interface AskedRun {
  /** Of the job, if it is made. */
  readonly id: string;
  readonly who: Who;
  readonly request: HostedRequest;
  readonly quote: Quote;
  /** What the payer adds to the job. */
  readonly keep: Extract<Admitted, { readonly ok: true }>['keep'];
  readonly idempotencyKey: IdempotencyKey | undefined;
  readonly requestId: string | null;
}

export type Enqueued =
  | { readonly kind: 'queued' | 'already'; readonly row: JobRow }
  | { readonly kind: 'other_request' | 'too_many' | 'no_budget' }
  /** The plan that is to be drafted again is not there, or not as it was seen. */
  | { readonly kind: 'no_plan' | 'plan_changed' };

/** Thrown inside the transaction, so that what was reserved is given back with it. */
export class NoBudget extends Error {
  override name = 'NoBudget';
}

/** Row, reservation and queue entry, in one transaction. Only a job that was made is remembered under an idempotency key. */
export async function enqueue(
  trx: Transaction<Database>,
  asked: AskedRun,
  parts: EnqueueParts,
): Promise<Enqueued> {
  const { who, request, quote } = asked;
  const before = await enqueuedBefore(trx, asked);
  if (before !== undefined) return before;
  const unfit = await unfitPlan(trx, asked);
  if (unfit !== undefined) return unfit;
  // One account's starts one after the other: those that come together would all count before any of them is there.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open runs of ${who.userId}`}, 0))`.execute(trx);
  if ((await countOpen(trx, who.userId)) >= parts.maxOpen) return { kind: 'too_many' };

  const day = utcDay(parts.now());
  // the user's own cap bounds what a run can cost, and so what has to be kept for it
  const micros = usdToMicros(Math.min(quote.reserveUsd, request.caps?.costUsd ?? quote.reserveUsd));
  const row = await insertJob(trx, asked, { day, micros });
  // the same idempotency key in another request at this very moment, which has committed by now
  if (row === undefined) return (await enqueuedBefore(trx, asked)) ?? { kind: 'other_request' };

  if (!(await reserveFor(trx, quote, { day, userId: who.userId, micros }, parts.limits)))
    throw new NoBudget();
  await asked.keep(trx);
  await parts.queue.add(trx, row.id);
  return { kind: 'queued', row };
}

/** A run that others bill takes nothing from the operator's day, and is not refused because that is used up. */
async function reserveFor(
  trx: Transaction<Database>,
  { credentials }: Quote,
  reservation: Reservation,
  limits: BudgetLimits,
): Promise<boolean> {
  switch (credentials) {
    case 'operator':
    case 'none':
      return reserve(trx, reservation, limits);
    case 'stored':
      return true;
  }
}

/** What the row of a job keeps of its request. */
export function jobRequestOf(request: HostedRequest, { provider, model }: Quote): JobRequest {
  const { goal, caps, redraft, trial, forPlan, effort, site } = request;
  return { goal, provider, model, caps, redraft, trial, forPlan, effort, site };
}

async function unfitPlan(
  trx: Transaction<Database>,
  { who, request: { forPlan } }: AskedRun,
): Promise<Enqueued | undefined> {
  if (forPlan === undefined) return undefined;
  const plan = await readPlan(trx, who, forPlan.id);
  if (plan === undefined) return { kind: 'no_plan' };
  return plan.rev === forPlan.rev ? undefined : { kind: 'plan_changed' };
}

/** Undefined: a job with this idempotency key is there already. */
async function insertJob(
  trx: Transaction<Database>,
  { id, who, request, quote, idempotencyKey, requestId }: AskedRun,
  reserved: { readonly day: string; readonly micros: number },
): Promise<JobRow | undefined> {
  return trx
    .insertInto('intent_jobs')
    .values({
      id,
      owner_id: who.userId,
      workspace_id: who.workspaceId,
      handle: who.handle,
      request: JSON.stringify(jobRequestOf(request, quote)),
      provider: quote.provider,
      model: quote.model,
      credentials: quote.credentials,
      state: 'queued',
      worker: null,
      request_key: idempotencyKey?.value ?? null,
      request_digest: idempotencyKey?.digest ?? null,
      request_id: requestId,
      budget_day: reserved.day,
      reserved_micros: reserved.micros,
      usage: JSON.stringify(NO_USAGE),
      failure: null,
      plan_id: null,
      started_at: null,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'request_key']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** What the same idempotency key was used for; undefined: nothing, or there is none. */
export async function enqueuedBefore(
  db: Kysely<Database>,
  { who, idempotencyKey }: Pick<AskedRun, 'who' | 'idempotencyKey'>,
): Promise<Enqueued | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const row = await db
    .selectFrom('intent_jobs')
    .selectAll()
    .where('owner_id', '=', who.userId)
    .where('request_key', '=', idempotencyKey.value)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return row.request_digest?.equals(idempotencyKey.digest) === true
    ? { kind: 'already', row }
    : { kind: 'other_request' };
}

/** They count for a day, as at Stripe. */
export async function expireIdempotencyKeys(trx: Transaction<Database>): Promise<void> {
  await trx
    .updateTable('intent_jobs')
    .set({ request_key: null })
    .where('request_key', 'is not', null)
    .where('created_at', '<', sql<Date>`current_timestamp - interval '24 hours'`)
    .execute();
}
