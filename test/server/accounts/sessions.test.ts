import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type AuthPath, me, sessionInfo } from '../../../shared/contract/account.ts';
import { testStorage } from '../database.ts';
import { Client, failed, PASSWORD, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();
const { db } = storage;
const { app } = testAccounts(storage);

describe('whose account it is about', () => {
  const id = 'a'.repeat(32);
  const fresh = { email: 'new@example.com', password: PASSWORD, handle: 'brand-new' };
  /** What each path takes. */
  const BODIES: Readonly<Record<AuthPath, object>> = {
    '/sign-up/email': fresh,
    '/sign-in/email': { email: 'target@example.com', password: 'wrong password' },
    '/sign-in/social': { provider: 'github', callbackURL: '/compose' },
    '/sign-out': {},
    '/change-password': { currentPassword: PASSWORD, newPassword: 'another password' },
    '/delete-user': { password: PASSWORD },
    '/organization/create': { name: 'Theirs', slug: 'theirs' },
    '/organization/set-active': { organizationId: id },
    '/organization/invite-member': { organizationId: id, email: 'a@example.com', role: 'owner' },
    '/organization/cancel-invitation': { invitationId: id },
    '/organization/accept-invitation': { invitationId: id },
    '/organization/reject-invitation': { invitationId: id },
    '/organization/remove-member': { organizationId: id, memberIdOrEmail: 'a@example.com' },
    '/organization/update-member-role': { organizationId: id, memberId: id, role: 'owner' },
    '/organization/leave': { organizationId: id },
  };
  const OPEN = ['/sign-up/email', '/sign-in/email', '/sign-in/social', '/sign-out'];
  const rows = async () => {
    const tables = ['users', 'accounts', 'sessions', 'members', 'workspaces', 'invitations', 'api_tokens'];
    const found = tables.map((table) =>
      sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by 1`.execute(db),
    );
    return (await Promise.all(found)).map((one) => one.rows);
  };

  it.each(Object.entries(BODIES))(
    '%s takes nobody’s id from its body, signed in or not, and does nothing to an account without a session',
    async (path, body) => {
      await signUp(app, `target-${path.replaceAll(/\W+/g, '-').slice(1)}`.slice(0, 30));
      const { userId } = await db
        .selectFrom('sessions')
        .select('userId')
        .orderBy('createdAt', 'desc')
        .executeTakeFirstOrThrow();
      const nobody = new Client(app);
      const before = await rows();
      for (const field of ['userId', 'user', 'id', 'role', 'actorId']) {
        if (field in body) continue;
        const answer = await nobody.send('POST', `/v1/auth${path}`, { ...body, [field]: userId });
        expect(failed(answer), field).toMatchObject({ status: 422, field });
      }
      if (!OPEN.includes(path))
        expect(failed(await nobody.send('POST', `/v1/auth${path}`, body))).toMatchObject({ status: 401 });
      expect(await rows()).toEqual(before);
    },
  );
});

describe('a session', () => {
  it('ends at once, here and elsewhere, and is listed without its token', async () => {
    const here = await signUp(app, 'sessions');
    const there = new Client(app);
    await there.send('POST', '/v1/auth/sign-in/email', { email: 'sessions@example.com', password: PASSWORD });
    const list = await here.send('GET', '/v1/sessions');
    // as: the test reads its own server's answer
    const sessions = (list.json as { sessions: unknown[] }).sessions.map((one) => sessionInfo.parse(one));
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    const { rows } = await sql<{ token: string }>`select token from sessions`.execute(db);
    for (const { token } of rows) expect(list.text).not.toContain(token);

    const other = sessions.find(({ current }) => !current)?.id;
    const stranger = await signUp(app);
    expect((await stranger.send('DELETE', `/v1/sessions/${other}`)).status).toBe(404);
    expect((await here.send('DELETE', `/v1/sessions/${other}`)).status).toBe(204);
    expect((await there.send('GET', '/v1/me')).status).toBe(401);
    const before = new Client(app);
    for (const [name, value] of here.cookies) before.cookies.set(name, value);
    expect((await here.send('POST', '/v1/auth/sign-out', {})).status).toBe(200);
    expect((await before.send('GET', '/v1/me')).status).toBe(401);
  });

  it('is a new one at each sign-in, whatever cookie was there before', async () => {
    const attacker = await signUp(app, 'attacker');
    await signUp(app, 'victim');
    const [[name, planted] = ['', '']] = attacker.cookies;
    for (const cookie of [planted, 'chosen-by-somebody.else']) {
      const victim = new Client(app);
      victim.cookies.set(name, cookie);
      expect(
        (
          await victim.send('POST', '/v1/auth/sign-in/email', {
            email: 'victim@example.com',
            password: PASSWORD,
          })
        ).status,
      ).toBe(200);
      expect(victim.cookies.get(name)).not.toBe(cookie);
      expect(me.parse((await victim.send('GET', '/v1/me')).json).handle).toBe('victim');
      const waiting = new Client(app);
      waiting.cookies.set(name, cookie);
      expect((await waiting.send('GET', '/v1/me')).text).not.toContain('victim');
    }
  });

  it('is followed, at its end, by an order to the browser to forget the pages, and to keep drafts that are not saved', async () => {
    const client = await signUp(app, 'forgotten');
    const signedIn = await client.send('GET', '/v1/me');
    expect(signedIn.headers.has('clear-site-data')).toBe(false);
    const out = await client.send('POST', '/v1/auth/sign-out', {});
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect(client.cookies.size).toBe(0);
    const gone = await signUp(app, 'forgotten-2');
    const refused = await gone.send('POST', '/v1/auth/delete-user', { password: 'wrong password' });
    expect(refused.headers.has('clear-site-data')).toBe(false);
    const deleted = await gone.send('POST', '/v1/auth/delete-user', { password: PASSWORD });
    expect(deleted.headers.get('clear-site-data')).toBe('"cache"');
  });

  it('is not believed with a changed signature, nor when it has expired', async () => {
    const client = await signUp(app, 'forged');
    const [[name, value] = ['', '']] = client.cookies;
    client.cookies.set(name, `${value.slice(0, -6)}AAAAAA`);
    expect((await client.send('GET', '/v1/me')).status).toBe(401);
    client.cookies.set(name, value);
    expect((await client.send('GET', '/v1/me')).status).toBe(200);
    await sql`update sessions set "expiresAt" = now() - interval '1 second' where "userId" = (select id from users where handle = 'forged')`.execute(
      db,
    );
    expect((await client.send('GET', '/v1/me')).status).toBe(401);
  });

  it('makes the workspace again that a crash after sign-up left unmade', async () => {
    const client = await signUp(app, 'half-made');
    await db.deleteFrom('workspaces').where('slug', '=', 'half-made').execute();
    expect(me.parse((await client.send('GET', '/v1/me')).json).workspace).toMatchObject({
      slug: 'half-made',
      role: 'owner',
    });
  });
});
