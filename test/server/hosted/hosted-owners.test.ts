import { afterAll, describe, expect, it } from 'vitest';
import { Client, failed, signUp } from '../accounts/accounts-app.ts';
import { freshStorage, testStorage } from '../database.ts';
import { ended, GOAL, start, testHosted } from './hosted-app.ts';

const storage = await testStorage();

const hosted = await testHosted(storage, { settings: { HOSTED_PRICE_USD: '1/5' } });

afterAll(() => hosted.stop());

const { app } = hosted;

describe('other people', () => {
  it('get the same answer for a run of mine as for none', async () => {
    const owner = await signUp(app);
    const id = await start(owner);
    const stranger = await signUp(app);
    const attempts: [string, (id: string) => string][] = [
      ['GET', (run) => `/v1/intent/${run}`],
      ['GET', (run) => `/v1/intent/${run}/events`],
      ['DELETE', (run) => `/v1/intent/${run}`],
    ];
    for (const [method, path] of attempts) {
      const theirs = await stranger.send(method, path(id));
      const none = await stranger.send(method, path('00000000-0000-4000-8000-000000000000'));
      expect(theirs.status).toBe(404);
      expect(none.text).toBe(theirs.text);
      expect((await stranger.send(method, path("x'y"))).text).toBe(theirs.text);
      expect(failed(await new Client(app).send(method, path(id)))).toMatchObject({ status: 401 });
    }
    expect(await ended(owner, id)).toMatchObject({ state: 'done' });
  });

  it('start runs with a token that may, as its owner', async () => {
    const owner = await signUp(app, 'token-owner');
    const tokenFor = async (scope: string) => {
      const made = await owner.send('POST', '/v1/tokens', {
        name: 't',
        scopes: [scope],
        expiresInDays: null,
      });
      // as: the test reads its own server's answer
      return new Client(app, { authorization: `Bearer ${(made.json as { token: string }).token}` });
    };
    const agent = await tokenFor('runs:write');
    const id = await start(agent);
    expect(await ended(agent, id)).toMatchObject({ state: 'done' });
    expect((await owner.send('GET', `/v1/intent/${id}`)).status).toBe(200);
    expect(failed(await (await tokenFor('plans:read')).send('POST', '/v1/intent', GOAL))).toMatchObject({
      status: 403,
    });
  });

  it('lose the feed soon after their session ended', async () => {
    const own = await freshStorage();
    const waiting = await testHosted(own, { settings: { HOSTED_WORKERS: '0' } });
    const client = await signUp(waiting.app);
    const id = await start(client);
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await waiting.app.request(`/v1/intent/${id}/events`, { headers: { cookie } });
    let told = '';
    for await (const chunk of response.body ?? []) {
      told += new TextDecoder().decode(chunk);
      // the run waits for ever; from here on only the end of the session can end its feed
      if (told.includes('event: queued')) await own.db.deleteFrom('sessions').execute();
    }
    expect(told).toContain('event: queued');
    await waiting.stop();
    await own.stop();
  });
});
