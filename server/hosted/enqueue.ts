import { createHash, randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { HostedRequest } from '../../shared/contract/hosted.ts';
import type { RunRequest } from '../../shared/contract/run-request.ts';
import { NO_USAGE } from '../../shared/contract/usage.ts';
import type { Who } from '../access/who.ts';
import type { Operator } from '../operator/operator.ts';
import type { Database } from '../storage/database.ts';
import { type BudgetLimits, reserve, usdToMicros, utcDay } from './budget.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobRow } from './job-rows.ts';
import { countOpen } from './job-store.ts';

export interface EnqueueOptions {
  readonly queue: JobQueue;
  readonly operator: Operator;
  readonly limits: BudgetLimits;
  readonly maxOpen: number;
  readonly now: () => Date;
}

export interface RequestKey {
  readonly key: string;
  readonly digest: Buffer;
}

export type Enqueued =
  | { readonly kind: 'queued' | 'already'; readonly row: JobRow }
  | { readonly kind: 'key_taken' | 'too_many' | 'no_budget' };

/** Thrown inside the transaction, so that what was reserved is given back with it. */
export class NoBudget extends Error {
  override name = 'NoBudget';
}

/** Row, reservation and queue entry, in one transaction. Nothing but a job that was made is remembered under a key. */
export async function enqueue(
  trx: Transaction<Database>,
  who: Who,
  request: HostedRequest,
  key: RequestKey | undefined,
  requestId: string | null,
  options: EnqueueOptions,
): Promise<Enqueued> {
  const { operator } = options;
  const model = request.model ?? operator.offer.models[0] ?? '';
  const before = key && (await withKey(trx, who, key));
  if (before !== undefined) return before;
  if ((await countOpen(trx, who.userId)) >= options.maxOpen) return { kind: 'too_many' };

  const day = utcDay(options.now());
  const micros = usdToMicros(reservationUsd(request, model, operator));
  const run: RunRequest = {
    goal: request.goal,
    provider: operator.offer.provider,
    model,
    caps: request.caps,
    redraft: request.redraft,
  };
  const row = await trx
    .insertInto('intent_jobs')
    .values({
      id: randomUUID(),
      owner_id: who.userId,
      workspace_id: who.workspaceId,
      handle: who.handle,
      request: JSON.stringify(run),
      provider: operator.offer.provider,
      model,
      credentials: operator.credentials,
      state: 'queued',
      worker: null,
      request_key: key?.key ?? null,
      request_digest: key?.digest ?? null,
      request_id: requestId,
      budget_day: day,
      reserved_micros: micros,
      usage: JSON.stringify(NO_USAGE),
      failure: null,
      plan_id: null,
      started_at: null,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'request_key']).doNothing())
    .returningAll()
    .executeTakeFirst();
  // the same key in another request at this very moment, which has committed by now
  if (row === undefined) return (key && (await withKey(trx, who, key))) ?? { kind: 'key_taken' };

  if (!(await reserve(trx, { day, userId: who.userId, micros }, options.limits))) throw new NoBudget();
  await options.queue.add(trx, row.id);
  return { kind: 'queued', row };
}

/** The user's own cap bounds what a run can cost, and so what has to be kept for it. */
function reservationUsd(request: HostedRequest, model: string, operator: Operator): number {
  const estimate = operator.reserveUsd(model, request.goal.length);
  return Math.min(estimate, request.caps?.costUsd ?? estimate);
}

export function requestKey(key: string, body: Uint8Array): RequestKey {
  return { key, digest: createHash('sha256').update(body).digest() };
}

async function withKey(
  trx: Transaction<Database>,
  who: Who,
  { key, digest }: RequestKey,
): Promise<Enqueued | undefined> {
  const row = await trx
    .selectFrom('intent_jobs')
    .selectAll()
    .where('owner_id', '=', who.userId)
    .where('request_key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return row.request_digest?.equals(digest) === true ? { kind: 'already', row } : { kind: 'key_taken' };
}

/** Keys are remembered for a day, as Stripe does. */
export async function forgetKeys(trx: Transaction<Database>): Promise<void> {
  await trx
    .updateTable('intent_jobs')
    .set({ request_key: null })
    .where('request_key', 'is not', null)
    .where('created_at', '<', sql<Date>`current_timestamp - interval '24 hours'`)
    .execute();
}
