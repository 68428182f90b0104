import { getMigrations } from 'better-auth/db/migration';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeApiToken } from '../../../server/accounts/api-token.ts';
import { authOptions } from '../../../server/accounts/create-auth.ts';
import { clientBucket } from '../../../server/http/client-address.ts';
import { createPool } from '../../../server/storage/create-pool.ts';
import type { Database } from '../../../server/storage/database.ts';
import { me } from '../../../shared/contract/account.ts';
import { until } from '../../until.ts';
import { quiet, testStorage } from '../database.ts';
import { Client, failed, ORIGIN, PASSWORD, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();
const { db } = storage;
const { app, findWho } = testAccounts(storage);

async function auditOf(handle: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .select(['action', 'outcome'])
    .where('handle', '=', handle)
    .orderBy('seq')
    .execute();
  return rows.map((row) => `${row.action} ${row.outcome}`);
}

describe('the schema', () => {
  it('has all that better-auth needs', async () => {
    const options = {
      secret: 'x'.repeat(32),
      publicOrigin: ORIGIN,
      originIsFixed: true,
      github: { clientId: 'a', clientSecret: 'b' },
    };
    const hooks = { onSignUp: () => undefined, onSignIn: () => undefined, beforeDelete: [] };
    const missing = await getMigrations(authOptions({ ...options, ...hooks, db, rateLimits: 'on' }));
    expect(missing.toBeCreated).toEqual([]);
    expect(missing.toBeAdded).toEqual([]);
  });
});

describe('signing up', () => {
  it('gives a workspace of the same name, and keeps the session token out of every body', async () => {
    const ada = new Client(app);
    const account = { email: 'Ada@Example.com', password: PASSWORD };
    const made = await ada.send('POST', '/v1/auth/sign-up/email', { ...account, handle: 'ada' });
    expect(made).toMatchObject({ status: 200, json: { ok: true } });
    const answer = await ada.send('POST', '/v1/auth/sign-in/email', account);
    expect(answer).toMatchObject({ status: 200, json: { ok: true } });
    const mine = await ada.send('GET', '/v1/me');
    expect(me.parse(mine.json)).toMatchObject({
      handle: 'ada',
      email: 'ada@example.com',
      workspace: { slug: 'ada', role: 'owner' },
    });
    const { rows } = await sql<{ token: string }>`select token from sessions`.execute(db);
    expect(answer.text + mine.text).not.toContain(rows[0]?.token);
  });

  it('sets a cookie that scripts and other sites do not get', async () => {
    const account = { email: 'cookie@example.com', password: PASSWORD };
    await signUp(app, 'cookie');
    const answer = await new Client(app).send('POST', '/v1/auth/sign-in/email', account);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^oneturn\.session_token=.*Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    const secure = testAccounts(storage, { publicOrigin: 'https://skills.example.com' });
    const answer2 = await secure.app.request('https://skills.example.com/v1/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://skills.example.com' },
      body: JSON.stringify(account),
    });
    expect(answer2.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-oneturn\.session_token=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  });

  it('answers an address that has an account like a free one, also beside a handle that is taken', async () => {
    await signUp(app, 'somebody');
    const attempt = (email: string, handle: string) =>
      new Client(app).send('POST', '/v1/auth/sign-up/email', { email, password: `${PASSWORD}-2`, handle });
    for (const handle of ['somebody', 'nobody-yet']) {
      const taken = await attempt('somebody@example.com', handle);
      const free = await attempt('free@example.com', handle);
      expect([taken.status, taken.text]).toEqual([free.status, free.text]);
      expect([...taken.headers.keys()]).toEqual([...free.headers.keys()]);
    }
    const before = { email: 'somebody@example.com', password: PASSWORD };
    expect((await new Client(app).send('POST', '/v1/auth/sign-in/email', before)).status).toBe(200);
    const after = { ...before, password: `${PASSWORD}-2` };
    expect((await new Client(app).send('POST', '/v1/auth/sign-in/email', after)).status).toBe(401);
  });

  it('refuses a handle that is taken, reserved, malformed or a workspace', async () => {
    const owner = await signUp(app, 'taken');
    expect(
      (await owner.send('POST', '/v1/auth/organization/create', { name: 'Team', slug: 'the-team' })).status,
    ).toBe(200);
    const attempt = (handle: string) =>
      new Client(app).send('POST', '/v1/auth/sign-up/email', {
        email: `${handle.length}@x.example`,
        password: PASSWORD,
        handle,
      });
    expect(failed(await attempt('taken'))).toMatchObject({ status: 409, code: 'conflict', field: 'handle' });
    expect(failed(await attempt('the-team'))).toMatchObject({ status: 409, field: 'handle' });
    for (const handle of ['admin', 'Upper', 'a', 'two--hyphens', '-x', 'ü-x', 'x'.repeat(40)]) {
      expect(failed(await attempt(handle))).toMatchObject({
        status: 422,
        code: 'invalid_field',
        field: 'handle',
      });
    }
  });

  it('gives one handle to one of two who ask at once', async () => {
    const attempt = (n: number) =>
      new Client(app).send('POST', '/v1/auth/sign-up/email', {
        email: `race-${n}@example.com`,
        password: PASSWORD,
        handle: 'race',
      });
    const statuses = (await Promise.all([attempt(1), attempt(2), attempt(3)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
  });

  it('names the field of a weak password, a bad address and an unknown field', async () => {
    const good = { email: 'ok@example.com', password: PASSWORD, handle: 'fields' };
    const attempt = (change: object) =>
      new Client(app).send('POST', '/v1/auth/sign-up/email', { ...good, ...change });
    expect(failed(await attempt({ password: 'short' }))).toMatchObject({
      status: 422,
      field: 'password',
      message: expect.stringContaining('10'),
    });
    expect(failed(await attempt({ email: 'nobody' }))).toMatchObject({ status: 422, field: 'email' });
    expect(failed(await attempt({ role: 'admin' }))).toMatchObject({ status: 422, field: 'role' });
    expect(failed(await attempt({ emailVerified: true }))).toMatchObject({
      status: 422,
      field: 'emailVerified',
    });
  });
});

describe('signing in', () => {
  it('answers a wrong password and an unknown address alike', async () => {
    await signUp(app, 'bob');
    const wrong = await new Client(app).send('POST', '/v1/auth/sign-in/email', {
      email: 'bob@example.com',
      password: 'wrong password',
    });
    const unknown = await new Client(app).send('POST', '/v1/auth/sign-in/email', {
      email: 'nobody@example.com',
      password: PASSWORD,
    });
    expect(failed(wrong)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(unknown.text).toBe(wrong.text);
    const right = new Client(app);
    expect(
      (await right.send('POST', '/v1/auth/sign-in/email', { email: 'bob@example.com', password: PASSWORD }))
        .status,
    ).toBe(200);
    expect((await right.send('GET', '/v1/me')).status).toBe(200);
    await until(async () =>
      expect(await auditOf('bob')).toEqual(
        expect.arrayContaining(['account.sign-up ok', 'account.sign-in refused', 'account.sign-in ok']),
      ),
    );
  });

  it('refuses another site, in its own words', async () => {
    const client = await signUp(app);
    for (const origin of [
      'https://evil.example',
      `${ORIGIN}.evil.example`,
      'null',
      'http://127.0.0.1:9999',
    ]) {
      expect(failed(await client.send('POST', '/v1/auth/sign-out', {}, { origin }))).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    }
    expect((await client.send('GET', '/v1/me')).status).toBe(200);
  });

  it('leads nobody elsewhere after signing in', async () => {
    const attempt = (callbackURL: string) =>
      new Client(app).send('POST', '/v1/auth/sign-in/social', { provider: 'github', callbackURL });
    for (const url of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      expect(failed(await attempt(url))).toMatchObject({ status: 422, field: 'callbackURL' });
    }
  });

  it('opens no path that the contract does not list', async () => {
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

  it('is limited by address, and an IPv6 customer cannot rotate within a /64', async () => {
    const limited = testAccounts(storage, { rateLimits: 'on' });
    const remote = (address: string) => clientBucket(address, undefined, []);
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
    expect(failed(await attempt('2001:db8:0:7::99'))).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: expect.any(Number),
    });
    expect((await attempt('2001:db8:0:8::1')).status).toBe(401);
  });
});

describe('findWho', () => {
  it('knows a person by the session, and nobody without one', async () => {
    const client = await signUp(app, 'whoever');
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(await findWho(new Headers({ cookie }))).toMatchObject({
      handle: 'whoever',
      role: 'owner',
      via: 'session',
      scopes: 'all',
    });
    expect(await findWho(new Headers())).toBeNull();
    expect(await findWho(new Headers({ cookie: 'oneturn.session_token=abc.def' }))).toBeNull();
    expect(await findWho(new Headers({ cookie, authorization: 'Basic dTpw' }))).toMatchObject({
      handle: 'whoever',
    });
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
    expect(failed(await stranded.send('GET', '/v1/me'))).toMatchObject({
      status: 503,
      code: 'unavailable',
      retryAfterSeconds: 5,
    });
    const signIn = stranded.send('POST', '/v1/auth/sign-in/email', {
      email: 'a@example.com',
      password: PASSWORD,
    });
    expect(failed(await signIn)).toMatchObject({ status: 503, code: 'unavailable' });
    const token = makeApiToken();
    expect(
      failed(await new Client(gone.app, { authorization: `Bearer ${token}` }).send('GET', '/v1/me')),
    ).toMatchObject({ status: 503 });
    await pool.end();
  });
});
