import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';

/**
 * The slugs of workspaces that have other members and no other owner. Their owner's account cannot be deleted before somebody else owns
 * them.
 */
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

/** What a feature does before an account is deleted, in the same transaction. */
export type BeforeDelete = (trx: Transaction<Database>, userId: string) => Promise<void>;

/**
 * Deletes what must go before the account itself: by the features' hooks, and workspaces that nobody else is in, with all that is in them.
 * Plans, tokens, sessions, memberships, signing keys and publications go with the user's row. The handle is retired, so that nobody else
 * can publish under it.
 */
export async function clearAway(
  db: Kysely<Database>,
  user: { readonly id: string; readonly handle: string },
  hooks: readonly BeforeDelete[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const prepare of hooks) await prepare(trx, user.id);
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
