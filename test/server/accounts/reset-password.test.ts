import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { resetPassword } from '../../../server/accounts/reset-password.ts';
import { testStorage } from '../database.ts';
import { Client, PASSWORD, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();
const { db } = storage;
const { app, audit } = testAccounts(storage);

async function signIn(handle: string, password: string): Promise<number> {
  return (
    await new Client(app).send('POST', '/v1/auth/sign-in/email', { email: `${handle}@example.com`, password })
  ).status;
}

it('opens the account to the new password alone, ends its sessions, and is written down without it', async () => {
  const client = await signUp(app, 'forgetful');
  const other = await signUp(app, 'bystander');
  const reset = await resetPassword(db, audit, ' Forgetful@Example.com ');
  const password = reset.kind === 'done' ? reset.password : '';
  expect(password).toMatch(/^[\w-]{20}$/);
  expect((await client.send('GET', '/v1/me')).status).toBe(401);
  expect((await other.send('GET', '/v1/me')).status).toBe(200);
  expect([await signIn('forgetful', PASSWORD), await signIn('forgetful', password)]).toEqual([401, 200]);
  expect(await signIn('bystander', PASSWORD)).toBe(200);

  const entries = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'account.password')
    .execute();
  expect(entries).toEqual([
    expect.objectContaining({
      handle: null,
      subject: 'forgetful',
      outcome: 'ok',
      detail: '{"by":"operator"}',
    }),
  ]);
  expect(JSON.stringify(entries)).not.toContain(password);
});

it('changes nothing where there is no such account, or one without a password', async () => {
  await signUp(app, 'github-only');
  await sql`update accounts set "providerId" = 'github', password = null where "userId" = (select id from users where handle = 'github-only')`.execute(
    db,
  );
  const before = await sql`select * from accounts order by id`.execute(db);
  expect(await resetPassword(db, audit, 'nobody@example.com')).toEqual({ kind: 'unknown' });
  expect(await resetPassword(db, audit, 'github-only@example.com')).toEqual({ kind: 'no password' });
  expect((await sql`select * from accounts order by id`.execute(db)).rows).toEqual(before.rows);
});
