import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { me } from '../../../shared/contract/account.ts';
import { testStorage } from '../database.ts';
import { Client, ORIGIN, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();
const { app } = testAccounts(storage, { github: { clientId: 'client-id', clientSecret: 'client-secret' } });

/** GitHub as OAuth apps see it: docs.github.com, "Authorizing OAuth apps" and "Get the authenticated user". */
const exchanges: string[] = [];
const profile = {
  id: 7,
  login: 'Octo_Cat',
  name: 'Octo Cat',
  email: 'octo@example.com',
  avatar_url: 'https://avatars.example/7',
};
const github = setupServer(
  http.post('https://github.com/login/oauth/access_token', async ({ request }) => {
    exchanges.push(await request.text());
    return HttpResponse.json({
      access_token: 'gho_secret',
      token_type: 'bearer',
      scope: 'read:user,user:email',
    });
  }),
  http.get('https://api.github.com/user', () => HttpResponse.json(profile)),
  http.get('https://api.github.com/user/emails', () =>
    HttpResponse.json([{ email: profile.email, primary: true, verified: true }]),
  ),
);
beforeAll(() => github.listen({ onUnhandledRequest: 'error' }));
afterEach(() => github.resetHandlers());
afterAll(() => github.close());

async function begin(client: Client): Promise<URL> {
  const answer = await client.send('POST', '/v1/auth/sign-in/social', {
    provider: 'github',
    callbackURL: '/me/plans',
  });
  expect(answer.status).toBe(200);
  // as: better-auth answers with the address to go to
  return new URL((answer.json as { url: string }).url);
}

describe('signing in through GitHub', () => {
  it('makes an account with a handle from the login, and finds it again', async () => {
    const client = new Client(app);
    const url = await begin(client);
    expect(`${url.origin}${url.pathname}`).toBe('https://github.com/login/oauth/authorize');
    expect(url.searchParams.get('redirect_uri')).toBe(`${ORIGIN}/v1/auth/callback/github`);

    const callback = await client.send(
      'GET',
      `/v1/auth/callback/github?code=the-code&state=${url.searchParams.get('state')}`,
    );
    expect(callback.status).toBe(302);
    expect(callback.headers.get('location')).toBe('/me/plans');
    expect(exchanges.at(-1)).toContain('code=the-code');
    expect(me.parse((await client.send('GET', '/v1/me')).json)).toMatchObject({
      handle: 'octo-cat',
      email: 'octo@example.com',
    });

    const again = new Client(app);
    const state = (await begin(again)).searchParams.get('state');
    await again.send('GET', `/v1/auth/callback/github?code=another&state=${state}`);
    expect(me.parse((await again.send('GET', '/v1/me')).json)).toMatchObject({ handle: 'octo-cat' });
    const kept = await storage.pool.query('select a::text as row from accounts a');
    expect(JSON.stringify(kept.rows)).not.toContain('gho_secret');
  });

  it('refuses a state that this browser did not begin', async () => {
    const victim = new Client(app);
    const state = (await begin(new Client(app))).searchParams.get('state');
    const callback = await victim.send('GET', `/v1/auth/callback/github?code=x&state=${state}`);
    expect(callback.headers.get('location')).toMatch(/^\/sign-in\?error=/);
    expect((await victim.send('GET', '/v1/me')).status).toBe(401);
  });

  it('does not enter an account that someone made with this address before', async () => {
    profile.email = 'squatted@example.com';
    profile.id = 8;
    await signUp(app, 'squatted');
    const client = new Client(app);
    const state = (await begin(client)).searchParams.get('state');
    const callback = await client.send('GET', `/v1/auth/callback/github?code=x&state=${state}`);
    expect(callback.headers.get('location')).toContain('error=account_not_linked');
    expect((await client.send('GET', '/v1/me')).status).toBe(401);
  });
});

it('is not there when it is not configured', async () => {
  const plain = testAccounts(storage);
  const answer = await new Client(plain.app).send('POST', '/v1/auth/sign-in/social', {
    provider: 'github',
    callbackURL: '/',
  });
  expect(answer).toMatchObject({ status: 404, json: { error: { code: 'not_found' } } });
});
