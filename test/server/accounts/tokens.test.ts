import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { hashApiToken, isApiToken, makeApiToken } from '../../../server/accounts/api-token.ts';
import { MAX_TOKENS } from '../../../server/accounts/token-store.ts';
import { createdToken, type TokenScope, tokenInfo } from '../../../shared/contract/account.ts';
import { testStorage } from '../database.ts';
import { Client, failed, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();
const { db } = storage;
const { app, findWho } = testAccounts(storage);

async function make(
  client: Client,
  scopes: TokenScope[] = ['plans:read'],
  expiresInDays: number | null = null,
) {
  const answer = await client.send('POST', '/v1/tokens', { name: 'nightly', scopes, expiresInDays });
  expect(answer.status).toBe(201);
  return createdToken.parse(answer.json);
}

function bearer(token: string): Headers {
  return new Headers({ authorization: `Bearer ${token}` });
}

describe('the form of a token', () => {
  it('is told by its checksum: one wrong character is enough', () => {
    const token = makeApiToken();
    expect(isApiToken(token)).toBe(true);
    for (let i = 0; i < token.length; i += 1) {
      const other = token[i] === 'x' ? 'y' : 'x';
      expect(isApiToken(`${token.slice(0, i)}${other}${token.slice(i + 1)}`)).toBe(false);
    }
    expect(isApiToken(`${token}x`)).toBe(false);
    expect(isApiToken(` ${token}`)).toBe(false);
  });

  it('is never met by other text', async () => {
    await fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        (text) => !isApiToken(text) && !isApiToken(`oneturn_${text}`),
      ),
    );
  });
});

describe('API tokens', () => {
  it('are shown once, kept as a hash, and known afterwards', async () => {
    const client = await signUp(app, 'maker');
    const { token, info } = await make(client, ['plans:read', 'runs:write'], 30);
    expect(info).toMatchObject({
      name: 'nightly',
      lastFour: token.slice(-4),
      scopes: ['runs:write', 'plans:read'],
      lastUsedAt: null,
    });
    const days = (Date.parse(info.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    const { rows } = await sql<{
      row: string;
      hash: Buffer;
    }>`select t::text as row, hash from api_tokens t`.execute(db);
    expect(rows[0]?.row).not.toContain(token.slice(8, 30));
    expect(rows[0]?.hash.equals(hashApiToken(token))).toBe(true);
    expect((await client.send('GET', '/v1/tokens')).text).not.toContain(token.slice(0, 20));
    expect(await findWho(bearer(token))).toMatchObject({
      handle: 'maker',
      via: 'token',
      scopes: ['runs:write', 'plans:read'],
    });
  });

  it('say when they were last used', async () => {
    const client = await signUp(app);
    const { token, info } = await make(client);
    const before = Date.now();
    await findWho(bearer(token));
    // as: the test reads its own server's answer
    const [listed] = ((await client.send('GET', '/v1/tokens')).json as { tokens: unknown[] }).tokens.map(
      (one) => tokenInfo.parse(one),
    );
    expect(listed?.id).toBe(info.id);
    expect(Date.parse(listed?.lastUsedAt ?? '')).toBeGreaterThan(before - 60_000);
  });

  it('stop at once when they are revoked, expire, or their owner leaves the workspace or the server', async () => {
    const client = await signUp(app, 'stopper');
    const revoked = await make(client);
    expect((await client.send('DELETE', `/v1/tokens/${revoked.info.id}`)).status).toBe(204);
    expect(await findWho(bearer(revoked.token))).toBeNull();

    const expired = await make(client, ['plans:read'], 1);
    expect(await findWho(bearer(expired.token))).not.toBeNull();
    await sql`update api_tokens set expires_at = now() where id = ${expired.info.id}`.execute(db);
    expect(await findWho(bearer(expired.token))).toBeNull();

    const left = await make(client);
    await sql`delete from members where "userId" = (select id from users where handle = 'stopper')`.execute(
      db,
    );
    expect(await findWho(bearer(left.token))).toBeNull();
  });

  it('do nothing to accounts, whatever their scopes', async () => {
    const client = await signUp(app, 'limited');
    const { token } = await make(client, ['runs:write', 'plans:read']);
    const agent = new Client(app, { authorization: `Bearer ${token}` });
    const attempts: [string, string, unknown?][] = [
      ['GET', '/v1/me'],
      ['GET', '/v1/sessions'],
      ['GET', '/v1/tokens'],
      ['POST', '/v1/tokens', { name: 'more', scopes: ['plans:read'], expiresInDays: null }],
      ['POST', '/v1/auth/delete-user', {}],
      ['POST', '/v1/auth/sign-out', {}],
      ['GET', '/v1/auth/organization/list'],
    ];
    for (const [method, path, body] of attempts)
      expect(failed(await agent.send(method, path, body))).toMatchObject({ status: 403, code: 'forbidden' });
    // a cookie that came along does not help
    for (const [name, value] of client.cookies) agent.cookies.set(name, value);
    expect((await agent.send('GET', '/v1/me')).status).toBe(403);
  });

  it('of others answer as unknown ones', async () => {
    const owner = await signUp(app);
    const { info } = await make(owner);
    const stranger = await signUp(app);
    const theirs = await stranger.send('DELETE', `/v1/tokens/${info.id}`);
    const unknown = await stranger.send('DELETE', '/v1/tokens/00000000-0000-4000-8000-000000000000');
    const malformed = await stranger.send('DELETE', "/v1/tokens/1'--");
    expect(failed(theirs)).toMatchObject({ status: 404 });
    expect([unknown.text, malformed.text]).toEqual([theirs.text, theirs.text]);
    expect((await owner.send('DELETE', `/v1/tokens/${info.id}`)).status).toBe(204);
  });

  it('refuse fields that are not the contract, and too many of them', async () => {
    const client = await signUp(app, 'collector');
    const wish = { name: 'n', scopes: ['plans:read'], expiresInDays: null };
    const attempt = (change: object) => client.send('POST', '/v1/tokens', { ...wish, ...change });
    expect(failed(await attempt({ userId: 'someone' }))).toMatchObject({ status: 422, field: 'userId' });
    expect(failed(await attempt({ scopes: ['admin'] }))).toMatchObject({ status: 422, field: 'scopes.0' });
    expect(failed(await attempt({ scopes: [] }))).toMatchObject({ status: 422, field: 'scopes' });
    expect(failed(await attempt({ expiresInDays: 0 }))).toMatchObject({
      status: 422,
      field: 'expiresInDays',
    });
    expect(failed(await attempt({ name: '  ' }))).toMatchObject({ status: 422, field: 'name' });
    await sql`
      insert into api_tokens (id, user_id, workspace_id, name, hash, last_four, scopes)
      select gen_random_uuid(), u.id, w.id, 'x', sha256(n::text::bytea), '', '{}'
      from generate_series(1, ${MAX_TOKENS}) n, users u join workspaces w on w.slug = u.handle where u.handle = 'collector'
    `.execute(db);
    expect(failed(await attempt({}))).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('leave their making and revoking in the audit log', async () => {
    const client = await signUp(app, 'audited');
    const { info } = await make(client);
    await client.send('DELETE', `/v1/tokens/${info.id}`);
    const rows = await db
      .selectFrom('audit_entries')
      .select(['action', 'subject'])
      .where('handle', '=', 'audited')
      .where('action', 'like', 'token.%')
      .orderBy('seq')
      .execute();
    expect(rows).toEqual([
      { action: 'token.create', subject: info.id },
      { action: 'token.revoke', subject: info.id },
    ]);
  });
});
