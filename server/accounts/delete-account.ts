import { type Kysely, sql } from 'kysely';
import type { Database } from '../storage/database.ts';

/** Workspaces with other members and no other owner: their slugs. Their owner's account cannot go before someone else owns them. */
export async function soleOwnerOf(db: Kysely<Database>, userId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ slug: string }>`
    select w.slug from workspaces w
    join members m on m."organizationId" = w.id
    group by w.id, w.slug
    having bool_or(m."userId" = ${userId} and m.role like '%owner%')
      and bool_or(m."userId" <> ${userId})
      and not bool_or(m."userId" <> ${userId} and m.role like '%owner%')
    order by w.slug
  `.execute(db);
  return rows.map((row) => row.slug);
}

/**
 * What goes before the account itself: workspaces that nobody else is in, with all that is in them. Plans, tokens, sessions and
 * memberships go with the user's row. The handle is retired, so that nobody else can publish under it.
 */
export async function clearAway(
  db: Kysely<Database>,
  user: { readonly id: string; readonly handle: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // what was kept for runs that never began goes back to the server's day; of a run that began nobody knows what it cost
    await sql`
      with gone as (
        delete from intent_jobs where owner_id = ${user.id} and state = 'queued' and attempt = 0 returning budget_day, reserved_micros
      ), sums as (select budget_day, sum(reserved_micros) as micros from gone group by budget_day)
      update llm_budgets b set reserved_micros = b.reserved_micros - sums.micros
      from sums where b.scope = 'server' and b.day = sums.budget_day
    `.execute(trx);
    await sql`
      delete from workspaces w
      where exists (select from members m where m."organizationId" = w.id and m."userId" = ${user.id})
        and not exists (select from members m where m."organizationId" = w.id and m."userId" <> ${user.id})
    `.execute(trx);
    await trx
      .insertInto('retired_handles')
      .values({ handle: user.handle })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}
