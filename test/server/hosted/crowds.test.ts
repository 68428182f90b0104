import { afterAll, describe, expect, it } from 'vitest';
import { createFeedPlaces, MAX_FEEDS_PER_ACCOUNT } from '../../../server/hosted/feed/feed-places.ts';
import { type Client, signUp } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { GOAL, start, testHosted } from './hosted-app.ts';

const storage = await testStorage();
const hosted = await testHosted(storage, {
  settings: { HOSTED_WORKERS: '0', HOSTED_QUEUE_PER_ACCOUNT: '5' },
});
afterAll(() => hosted.stop());
const { app } = hosted;

describe('many requests of one account at once', () => {
  it('put no more runs into the queue than it may have', async () => {
    const client = await signUp(app);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => client.send('POST', '/v1/intent', GOAL)),
    );
    const counts = new Map<number, number>();
    for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ 202: 5, 429: 95 });
  });

  it('do not hold up another account', async () => {
    const [one, other] = [await signUp(app), await signUp(app)];
    await Promise.all([
      ...Array.from({ length: 20 }, () => one.send('POST', '/v1/intent', GOAL)),
      ...Array.from({ length: 5 }, async () =>
        expect((await other.send('POST', '/v1/intent', GOAL)).status).toBe(202),
      ),
    ]);
  });

  it('have a bounded number of feeds, and a place again when one is closed', async () => {
    const client = await signUp(app);
    const id = await start(client);
    const open = async (by: Client) => {
      const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      return app.request(`/v1/intent/${id}/events`, { headers: { cookie } });
    };
    const feeds = await Promise.all(Array.from({ length: MAX_FEEDS_PER_ACCOUNT }, () => open(client)));
    expect(feeds.map(({ status }) => status)).toEqual(feeds.map(() => 200));
    const refused = await open(client);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited', retryAfterSeconds: 5 } });

    await feeds[0]?.body?.cancel();
    const next = await open(client);
    expect(next.status).toBe(200);
    await Promise.all([next, ...feeds.slice(1)].map(({ body }) => body?.cancel()));
    expect((await open(client)).status).toBe(200);
  });
});

describe('places for feeds', () => {
  it('are counted by account, and given back once however often that is said', async () => {
    const places = createFeedPlaces();
    const taken = await Promise.all(Array.from({ length: MAX_FEEDS_PER_ACCOUNT }, () => places.take('a')));
    expect(await places.take('a')).toBeUndefined();
    expect(await places.take('b')).toBeDefined();
    taken[0]?.();
    taken[0]?.();
    expect(await places.take('a')).toBeDefined();
    expect(await places.take('a')).toBeUndefined();
  });
});
