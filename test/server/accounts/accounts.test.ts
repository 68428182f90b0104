import { getMigrations } from 'better-auth/db/migration';
import { Kysely, PostgresDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeApiToken } from '../../../server/accounts/api-token.ts';
import { authOptions } from '../../../server/accounts/auth-options.ts';
import { clientBucket } from '../../../server/http/client-address.ts';
import { createPool } from '../../../server/storage/create-pool.ts';
import type { Database } from '../../../server/storage/database.ts';
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
