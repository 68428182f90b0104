import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { type Kysely, sql } from 'kysely';
import type { Audit } from '../audit/create-audit.ts';
import type { Database } from '../storage/database.ts';
import { membershipOf } from './workspaces.ts';

const PASSWORD_BYTES = 15;

/** `no password`: the account signs in with GitHub alone, so there is none to replace. */
export type Reset =
  | { readonly kind: 'done'; readonly password: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'no password' };

/**
 * Gives an account a random password and ends its sessions, for operators: no mail is sent by which users could do it themselves. API
 * tokens and plans stay. In the audit log the act has no actor.
 */
export async function resetPassword(db: Kysely<Database>, audit: Audit, email: string): Promise<Reset> {
  const user = await db
    .selectFrom('users')
    .select(['id', 'handle'])
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst();
  const membership = user && (await membershipOf(db, user.id, null));
  if (user === undefined || membership === undefined) return { kind: 'unknown' };
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const hash = await hashPassword(password);
  const changed = await audit.transact(async (trx, record) => {
    const { numAffectedRows } = await sql`
      update accounts set password = ${hash}, "updatedAt" = now() where "userId" = ${user.id} and "providerId" = 'credential'
    `.execute(trx);
    if (numAffectedRows !== 1n) return false;
    await trx.deleteFrom('sessions').where('userId', '=', user.id).execute();
    await record({
      workspaceId: membership.workspaceId,
      actorId: null,
      handle: null,
      action: 'account.password',
      outcome: 'ok',
      subject: user.handle,
      detail: { by: 'operator' },
    });
    return true;
  });
  return changed ? { kind: 'done', password } : { kind: 'no password' };
}
