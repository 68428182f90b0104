import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { me } from '../../../shared/contract/account.ts';
import { testStorage } from '../database.ts';
import { Client, failed, PASSWORD, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();

const { db } = storage;

const { app } = testAccounts(storage);

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
