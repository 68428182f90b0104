import type { Kysely } from 'kysely';
import type { Database } from '../storage/database.ts';
import { type BudgetLimits, type Reservation, reserve, settle, usdToMicros, utcDay } from './budget.ts';

/** The day's budget for what the operator pays and no job is of: reserved before, settled after, as runs are. */
export interface DayBudget {
  /** Undefined: the server's day or the account's has not that much left. */
  reserve(userId: string, usd: number): Promise<Reservation | undefined>;
  /** Exactly once for each reservation. One whose process died counts as spent until the day is over. */
  settle(reservation: Reservation, usedUsd: number): Promise<void>;
}

/** Thrown inside the transaction, so that what was reserved of one of the two is given back. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** `limits` are those of hosted runs: both take from the same day. */
export function createDayBudget(db: Kysely<Database>, limits: BudgetLimits, now: () => Date): DayBudget {
  return {
    reserve: async (userId, usd) => {
      const reservation = { day: utcDay(now()), userId, micros: usdToMicros(usd) };
      try {
        await db.transaction().execute(async (trx) => {
          if (!(await reserve(trx, reservation, limits))) throw new Refused();
        });
        return reservation;
      } catch (error) {
        if (error instanceof Refused) return undefined;
        throw error;
      }
    },
    settle: async (reservation, usedUsd) => {
      await db.transaction().execute((trx) => settle(trx, reservation, usdToMicros(usedUsd)));
    },
  };
}
