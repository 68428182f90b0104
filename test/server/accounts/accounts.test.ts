import { getMigrations } from 'better-auth/db/migration';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { makeApiToken } from '../../../server/accounts/api-token.ts';
import { authOptions } from '../../../server/accounts/create-auth.ts';
import { clientKey } from '../../../server/http/client-address.ts';
import { createPool } from '../../../server/storage/create-pool.ts';
import type { Database } from '../../../server/storage/database.ts';
import { type AuthPath, me, sessionInfo } from '../../../shared/contract/account.ts';
import { failureBody } from '../../../shared/contract/failure.ts';
import { quiet, testStorage } from '../database.ts';
import { type Answer, Client, ORIGIN, PASSWORD, signUp, testAccounts } from './accounts-app.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const storage = await testStorage();
const { db } = storage;
const { app, findWho } = testAccounts(storage);

function failed(answer: Answer) {
  return { status: answer.status, ...failureBody.parse(answer.json).error };
}

async function auditOf(handle: string): Promise<string[]> {
  const rows = await db.selectFrom('audit_entries').select(['action', 'outcome']).where('handle', '=', handle).orderBy('seq').execute();
  return rows.map((row) => `${row.action} ${row.outcome}`);
}

describe('the schema', () => {
  it('has all that better-auth needs', async () => {
    const options = { secret: 'x'.repeat(32), publicOrigin: ORIGIN, originIsFixed: true, github: { clientId: 'a', clientSecret: 'b' } };
    const hooks = { onSignUp: () => undefined, onSignIn: () => undefined };
    const missing = await getMigrations(authOptions({ ...options, ...hooks, db, rateLimits: 'on' }));
    expect(missing.toBeCreated).toEqual([]);
    expect(missing.toBeAdded).toEqual([]);
  });
});

describe('signing up', () => {
  it('signs in, gives a workspace of the same name, and keeps the session token out of the body', async () => {
    const ada = new Client(app);
    const answer = await ada.send('POST', '/v1/auth/sign-up/email', { email: 'Ada@Example.com', password: PASSWORD, handle: 'ada' });
    expect(answer).toMatchObject({ status: 200, json: { ok: true } });
    const mine = await ada.send('GET', '/v1/me');
    expect(me.parse(mine.json)).toMatchObject({ handle: 'ada', email: 'ada@example.com', workspace: { slug: 'ada', role: 'owner' } });
    const { rows } = await sql<{ token: string }>`select token from sessions`.execute(db);
    expect(answer.text + mine.text).not.toContain(rows[0]?.token);
  });

  it('D7.58: sets a cookie that scripts and other sites do not get', async () => {
    const answer = await new Client(app).send('POST', '/v1/auth/sign-up/email', {
      email: 'c@example.com',
      password: PASSWORD,
      handle: 'cookie',
    });
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^oneturn\.session_token=.*Path=\/; HttpOnly; SameSite=Lax$/)]);
    const secure = testAccounts(storage, { publicOrigin: 'https://skills.example.com' });
    const answer2 = await secure.app.request('https://skills.example.com/v1/auth/sign-up/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://skills.example.com' },
      body: JSON.stringify({ email: 'd@example.com', password: PASSWORD, handle: 'cookie-2' }),
    });
    expect(answer2.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-oneturn\.session_token=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  it('refuses a handle that is taken, reserved, malformed or a workspace', async () => {
    const owner = await signUp(app, 'taken');
    expect((await owner.send('POST', '/v1/auth/organization/create', { name: 'Team', slug: 'the-team' })).status).toBe(200);
    const attempt = (handle: string) =>
      new Client(app).send('POST', '/v1/auth/sign-up/email', { email: `${handle.length}@x.example`, password: PASSWORD, handle });
    expect(failed(await attempt('taken'))).toMatchObject({ status: 409, code: 'conflict', field: 'handle' });
    expect(failed(await attempt('the-team'))).toMatchObject({ status: 409, field: 'handle' });
    for (const handle of ['admin', 'Upper', 'a', 'two--hyphens', '-x', 'ü-x', 'x'.repeat(40)]) {
      expect(failed(await attempt(handle))).toMatchObject({ status: 422, code: 'invalid_field', field: 'handle' });
    }
  });

  it('gives one handle to one of two who ask at once', async () => {
    const attempt = (n: number) =>
      new Client(app).send('POST', '/v1/auth/sign-up/email', { email: `race-${n}@example.com`, password: PASSWORD, handle: 'race' });
    const statuses = (await Promise.all([attempt(1), attempt(2), attempt(3)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
  });

  it('names the field of a weak password, a bad address and an unknown field', async () => {
    const good = { email: 'ok@example.com', password: PASSWORD, handle: 'fields' };
    const attempt = (change: object) => new Client(app).send('POST', '/v1/auth/sign-up/email', { ...good, ...change });
    expect(failed(await attempt({ password: 'short' }))).toMatchObject({
      status: 422,
      field: 'password',
      message: expect.stringContaining('10'),
    });
    expect(failed(await attempt({ email: 'nobody' }))).toMatchObject({ status: 422, field: 'email' });
    expect(failed(await attempt({ role: 'admin' }))).toMatchObject({ status: 422, field: 'role' });
    expect(failed(await attempt({ emailVerified: true }))).toMatchObject({ status: 422, field: 'emailVerified' });
  });
});

describe('signing in', () => {
  it('answers a wrong password and an unknown address alike', async () => {
    await signUp(app, 'bob');
    const wrong = await new Client(app).send('POST', '/v1/auth/sign-in/email', {
      email: 'bob@example.com',
      password: 'wrong password',
    });
    const unknown = await new Client(app).send('POST', '/v1/auth/sign-in/email', { email: 'nobody@example.com', password: PASSWORD });
    expect(failed(wrong)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(unknown.text).toBe(wrong.text);
    const right = new Client(app);
    expect((await right.send('POST', '/v1/auth/sign-in/email', { email: 'bob@example.com', password: PASSWORD })).status).toBe(200);
    expect((await right.send('GET', '/v1/me')).status).toBe(200);
    await vi.waitFor(async () =>
      expect(await auditOf('bob')).toEqual(expect.arrayContaining(['account.sign-up ok', 'account.sign-in refused', 'account.sign-in ok'])),
    );
  });

  it('D7.59: refuses another site, in its own words', async () => {
    const client = await signUp(app);
    for (const origin of ['https://evil.example', `${ORIGIN}.evil.example`, 'null', 'http://127.0.0.1:9999']) {
      expect(failed(await client.send('POST', '/v1/auth/sign-out', {}, { origin }))).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect((await client.send('GET', '/v1/me')).status).toBe(200);
  });

  it('D7.59: leads nobody elsewhere after signing in', async () => {
    const attempt = (callbackURL: string) => new Client(app).send('POST', '/v1/auth/sign-in/social', { provider: 'github', callbackURL });
    for (const url of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      expect(failed(await attempt(url))).toMatchObject({ status: 422, field: 'callbackURL' });
    }
  });

  it('D7.59: opens no path that the contract does not list', async () => {
    const client = await signUp(app);
    for (const path of [
      '/update-user',
      '/change-email',
      '/list-sessions',
      '/get-session',
      '/reset-password',
      '/organization/delete',
      '/ok',
      '/admin/list-users',
    ]) {
      expect((await client.send('GET', `/v1/auth${path}`)).status).toBe(404);
      expect((await client.send('POST', `/v1/auth${path}`, {})).status).toBe(404);
    }
  });

  it('D7.59: is limited by address, and an IPv6 customer cannot rotate within a /64', async () => {
    const limited = testAccounts(storage, { rateLimits: 'on' });
    const remote = (address: string) => clientKey(address, undefined, []);
    const client = new Client(limited.app);
    const attempt = (address: string) =>
      client.send(
        'POST',
        '/v1/auth/sign-in/email',
        { email: 'x@example.com', password: PASSWORD },
        { 'x-test-address': remote(address), 'x-forwarded-for': '203.0.113.9' },
      );
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await attempt(`2001:db8:0:7:${n}::1`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    expect(failed(await attempt('2001:db8:0:7::99'))).toMatchObject({ code: 'rate_limited', retryAfterSeconds: expect.any(Number) });
    expect((await attempt('2001:db8:0:8::1')).status).toBe(401);
  });
});

describe('D7.59: whose account it is about', () => {
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
    const found = tables.map((table) => sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by 1`.execute(db));
    return (await Promise.all(found)).map((one) => one.rows);
  };

  it.each(Object.entries(BODIES))(
    '%s takes nobody’s id from its body, signed in or not, and does nothing to an account without a session',
    async (path, body) => {
      await signUp(app, `target-${path.replaceAll(/\W+/g, '-').slice(1)}`.slice(0, 30));
      const { userId } = await db.selectFrom('sessions').select('userId').orderBy('createdAt', 'desc').executeTakeFirstOrThrow();
      const nobody = new Client(app);
      const before = await rows();
      for (const field of ['userId', 'user', 'id', 'role', 'actorId']) {
        if (field in body) continue;
        const answer = await nobody.send('POST', `/v1/auth${path}`, { ...body, [field]: userId });
        expect(failed(answer), field).toMatchObject({ status: 422, field });
      }
      if (!OPEN.includes(path)) expect(failed(await nobody.send('POST', `/v1/auth${path}`, body))).toMatchObject({ status: 401 });
      expect(await rows()).toEqual(before);
    },
  );
});

describe('a session', () => {
  it('D7.58: ends at once, here and elsewhere, and is listed without its token', async () => {
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

  it('D7.58: is a new one at each sign-in, whatever cookie was there before', async () => {
    const attacker = await signUp(app, 'attacker');
    await signUp(app, 'victim');
    const [[name, planted] = ['', '']] = attacker.cookies;
    for (const cookie of [planted, 'chosen-by-somebody.else']) {
      const victim = new Client(app);
      victim.cookies.set(name, cookie);
      expect((await victim.send('POST', '/v1/auth/sign-in/email', { email: 'victim@example.com', password: PASSWORD })).status).toBe(200);
      expect(victim.cookies.get(name)).not.toBe(cookie);
      expect(me.parse((await victim.send('GET', '/v1/me')).json).handle).toBe('victim');
      const waiting = new Client(app);
      waiting.cookies.set(name, cookie);
      expect((await waiting.send('GET', '/v1/me')).text).not.toContain('victim');
    }
  });

  it('D7.57: is followed, at its end, by an order to the browser to forget the pages, and to keep drafts that are not saved', async () => {
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
    expect(me.parse((await client.send('GET', '/v1/me')).json).workspace).toMatchObject({ slug: 'half-made', role: 'owner' });
  });
});

describe('settings', () => {
  it('changes the password, ends the other sessions, and wants the old one', async () => {
    const client = await signUp(app, 'changer');
    const other = new Client(app);
    await other.send('POST', '/v1/auth/sign-in/email', { email: 'changer@example.com', password: PASSWORD });
    const change = (currentPassword: string) =>
      client.send('POST', '/v1/auth/change-password', { currentPassword, newPassword: 'a new password', revokeOtherSessions: true });
    expect(failed(await change('wrong password'))).toMatchObject({ status: 422, field: 'password' });
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await client.send('GET', '/v1/me')).status).toBe(200);
    expect((await other.send('GET', '/v1/me')).status).toBe(401);
    await vi.waitFor(async () =>
      expect(await auditOf('changer')).toEqual(expect.arrayContaining(['account.password refused', 'account.password ok'])),
    );
  });

  it('deletes the account with its workspace and tokens, keeps the audit log, and retires the handle', async () => {
    const client = await signUp(app, 'leaver');
    await client.send('POST', '/v1/tokens', { name: 'x', scopes: ['plans:read'], expiresInDays: null });
    expect(failed(await client.send('POST', '/v1/auth/delete-user', { password: 'wrong password' }))).toMatchObject({ status: 422 });
    expect((await client.send('POST', '/v1/auth/delete-user', { password: PASSWORD })).status).toBe(200);
    expect((await client.send('GET', '/v1/me')).status).toBe(401);
    const left =
      await sql`select 1 from users where handle = 'leaver' union all select 1 from workspaces where slug = 'leaver' union all select 1 from api_tokens where name = 'x'`.execute(
        db,
      );
    expect(left.rows).toEqual([]);
    await vi.waitFor(async () => expect(await auditOf('leaver')).toContain('account.delete ok'));
    const again = await new Client(app).send('POST', '/v1/auth/sign-up/email', {
      email: 'new@example.com',
      password: PASSWORD,
      handle: 'leaver',
    });
    expect(failed(again)).toMatchObject({ status: 409, field: 'handle' });
  });

  it('does not leave a workspace with members but without an owner', async () => {
    const owner = await signUp(app, 'lone-owner');
    const made = await owner.send('POST', '/v1/auth/organization/create', { name: 'Shared', slug: 'shared' });
    const { id } = made.json as { id: string }; // as: better-auth answers with the workspace
    const guest = await signUp(app, 'guest');
    const invited = await owner.send('POST', '/v1/auth/organization/invite-member', {
      organizationId: id,
      email: 'guest@example.com',
      role: 'member',
    });
    const { id: invitationId } = invited.json as { id: string }; // as: and with the invitation
    expect((await guest.send('POST', '/v1/auth/organization/accept-invitation', { invitationId })).status).toBe(200);
    expect(failed(await owner.send('POST', '/v1/auth/delete-user', { password: PASSWORD }))).toMatchObject({
      status: 409,
      message: expect.stringContaining('only owner'),
    });
    expect(me.parse((await guest.send('GET', '/v1/me')).json).workspace).toMatchObject({ slug: 'shared', role: 'member' });
    const { members } = (await owner.send('GET', `/v1/auth/organization/get-full-organization?organizationId=${id}`)).json as {
      members: { id: string; userId: string; role: string }[];
    };
    const guestMember = members.find(({ role }) => role === 'member');
    expect(
      (
        await guest.send('POST', '/v1/auth/organization/update-member-role', {
          organizationId: id,
          memberId: guestMember?.id,
          role: 'owner',
        })
      ).status,
    ).toBe(403);
    await owner.send('POST', '/v1/auth/organization/remove-member', { organizationId: id, memberIdOrEmail: 'guest@example.com' });
    expect(me.parse((await guest.send('GET', '/v1/me')).json).workspace).toMatchObject({ slug: 'guest', role: 'owner' });
  });
});

describe('findWho', () => {
  it('knows a person by the session, and nobody without one', async () => {
    const client = await signUp(app, 'whoever');
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(await findWho(new Headers({ cookie }))).toMatchObject({ handle: 'whoever', role: 'owner', via: 'session', scopes: 'all' });
    expect(await findWho(new Headers())).toBeNull();
    expect(await findWho(new Headers({ cookie: 'oneturn.session_token=abc.def' }))).toBeNull();
    expect(await findWho(new Headers({ cookie, authorization: 'Basic dTpw' }))).toMatchObject({ handle: 'whoever' });
    expect(await findWho(new Headers({ cookie, authorization: 'Bearer nonsense' }))).toBeNull();
  });
});

describe('while the database is away', () => {
  it('says so to those who are signed in, and to those who want to', async () => {
    const pool = createPool({ host: '/nowhere', database: 'x', user: 'x' }, 1, quiet);
    const gone = testAccounts({ db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }) });
    const client = await signUp(app);
    const stranded = new Client(gone.app);
    for (const [name, value] of client.cookies) stranded.cookies.set(name, value);
    expect(failed(await stranded.send('GET', '/v1/me'))).toMatchObject({ status: 503, code: 'unavailable', retryAfterSeconds: 5 });
    const signIn = stranded.send('POST', '/v1/auth/sign-in/email', { email: 'a@example.com', password: PASSWORD });
    expect(failed(await signIn)).toMatchObject({ status: 503, code: 'unavailable' });
    const token = makeApiToken();
    expect(failed(await new Client(gone.app, { authorization: `Bearer ${token}` }).send('GET', '/v1/me'))).toMatchObject({ status: 503 });
    await pool.end();
  });
});
