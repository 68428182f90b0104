import { type Kysely, sql, type Transaction } from 'kysely';
import type { BudgetState } from '../../shared/contract/hosted.ts';
import type { Database } from '../storage/database.ts';

/**
 * What hosted runs may cost in a UTC day: the server as a whole, and each account. A run reserves before it may wait in the queue and
 * settles when it ends, both in the transaction that changes the job. What is reserved counts as spent, so that runs which start
 * together cannot pass the limit between them.
 */

const MICROS = 1_000_000;
const DAY_MS = 86_400_000;
const SERVER = 'server';

/** USD a day; undefined: no limit. */
export interface BudgetLimits {
  readonly serverUsd: number | undefined;
  readonly accountUsd: number | undefined;
}

export interface Reservation {
  readonly day: string;
  readonly userId: string;
  readonly micros: number;
}

export function usdToMicros(usd: number): number {
  return Math.ceil(usd * MICROS);
}

export function microsToUsd(micros: number): number {
  return micros / MICROS;
}

export function utcDay(now: Date): string {
  return now.toISOString().slice(0, 10);
}

export function nextUtcDay(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS);
}

/** False when the server's or the account's day has not that much left. The caller rolls back what it had reserved. */
export async function reserve(
  trx: Transaction<Database>,
  { day, userId, micros }: Reservation,
  limits: BudgetLimits,
): Promise<boolean> {
  // always the server first: two runs that take the rows in different orders would wait for each other
  return (
    (await take(trx, { scope: SERVER, day, micros }, limits.serverUsd)) &&
    (await take(trx, { scope: scopeOf(userId), day, micros }, limits.accountUsd))
  );
}

/** Turns a reservation into what was used. Exactly once for each: with the job's change into its last state. */
export async function settle(
  trx: Transaction<Database>,
  { day, userId, micros }: Reservation,
  usedMicros: number,
): Promise<void> {
  for (const scope of [SERVER, scopeOf(userId)]) {
    await trx
      .updateTable('llm_budgets')
      .set({
        reserved_micros: sql<number>`reserved_micros - ${micros}`,
        spent_micros: sql<number>`spent_micros + ${usedMicros}`,
      })
      .where('scope', '=', scope)
      .where('day', '=', day)
      .execute();
  }
}

/** What an account can still spend today: the smaller of its own rest and the server's. */
export async function budgetOf(
  db: Kysely<Database>,
  userId: string,
  limits: BudgetLimits,
  now: Date,
): Promise<BudgetState> {
  const rows = await db
    .selectFrom('llm_budgets')
    .selectAll()
    .where('day', '=', utcDay(now))
    .where('scope', 'in', [SERVER, scopeOf(userId)])
    .execute();
  const left = (scope: string, limit: number | undefined): number => {
    const row = rows.find((one) => one.scope === scope);
    return limit === undefined
      ? Number.POSITIVE_INFINITY
      : limit - microsToUsd((row?.reserved_micros ?? 0) + (row?.spent_micros ?? 0));
  };
  const leftUsd = Math.min(left(SERVER, limits.serverUsd), left(scopeOf(userId), limits.accountUsd));
  const limitUsd = Math.min(
    limits.serverUsd ?? Number.POSITIVE_INFINITY,
    limits.accountUsd ?? Number.POSITIVE_INFINITY,
  );
  const finite = (usd: number): number | null => (Number.isFinite(usd) ? Math.max(0, usd) : null);
  return { limitUsd: finite(limitUsd), leftUsd: finite(leftUsd), resetsAt: nextUtcDay(now).toISOString() };
}

/** For the metric: USD that the server has left today; undefined: no limit. */
export async function serverBudgetLeft(
  db: Kysely<Database>,
  limits: BudgetLimits,
  now: Date,
): Promise<number | undefined> {
  if (limits.serverUsd === undefined) return undefined;
  const row = await db
    .selectFrom('llm_budgets')
    .selectAll()
    .where('day', '=', utcDay(now))
    .where('scope', '=', SERVER)
    .executeTakeFirst();
  return limits.serverUsd - microsToUsd((row?.reserved_micros ?? 0) + (row?.spent_micros ?? 0));
}

async function take(
  trx: Transaction<Database>,
  { scope, day, micros }: { readonly scope: string; readonly day: string; readonly micros: number },
  limitUsd: number | undefined,
): Promise<boolean> {
  await trx
    .insertInto('llm_budgets')
    .values({ scope, day, reserved_micros: 0, spent_micros: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // the limit stands in the statement that reserves, so that the row's lock orders all who ask
  const limitMicros = limitUsd === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(limitUsd * MICROS);
  const taken = await trx
    .updateTable('llm_budgets')
    .set({ reserved_micros: sql<number>`reserved_micros + ${micros}` })
    .where('scope', '=', scope)
    .where('day', '=', day)
    .where(sql<boolean>`reserved_micros + spent_micros + ${micros} <= ${limitMicros}`)
    .returning('scope')
    .executeTakeFirst();
  return taken !== undefined;
}

function scopeOf(userId: string): string {
  return `account:${userId}`;
}
