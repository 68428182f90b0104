import { sql, type Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';

/**
 * Before an account goes: deletes its runs that never began, and gives what was kept for them back to the server's day. Of a run that
 * began nobody knows what it cost, so its reservation stays. The other rows of the account go with it.
 */
export async function deleteQueuedJobs(trx: Transaction<Database>, userId: string): Promise<void> {
  await sql`
    with gone as (
      delete from intent_jobs where owner_id = ${userId} and state = 'queued' and attempt = 0 returning budget_day, reserved_micros
    ), sums as (select budget_day, sum(reserved_micros) as micros from gone group by budget_day)
    update llm_budgets b set reserved_micros = b.reserved_micros - sums.micros
    from sums where b.scope = 'server' and b.day = sums.budget_day
  `.execute(trx);
}
