import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { feedStream } from '../../../server/hosted/feed/feed-stream.ts';
import { watchReader } from '../../../server/hosted/feed/watch-reader.ts';
import { createHttpServer } from '../../../server/http/http-server.ts';
import { signUp } from '../accounts/accounts-app.ts';
import { openSocket } from '../byo/support/raw-http.ts';
import { quiet, testStorage } from '../database.ts';
import { start, testHosted } from './hosted-app.ts';

const storage = await testStorage();
const hosted = await testHosted(storage, { settings: { HOSTED_WORKERS: '0' } });
let server: Server;
let url: string;
const opened: Socket[] = [];

beforeAll(async () => {
  const app = new Hono<{ Bindings: HttpBindings }>().route(
    '/',
    hosted.app as unknown as Hono<{ Bindings: HttpBindings }>,
  );
  // so long that nothing but the end of the session can end a feed
  server = createHttpServer(app, { requestLimitMs: 3_600_000, log: quiet });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on TCP
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => void server.close(closed));
  await hosted.stop();
});

const connections = (): Promise<number> =>
  new Promise((tell, fail) => server.getConnections((error, count) => (error ? fail(error) : tell(count))));

/** More than the system's buffers on both ends take. */
async function fill(job: string): Promise<void> {
  const data = JSON.stringify({ item: 'i1', revision: 1, delta: 'x'.repeat(64_000) });
  const events = Array.from({ length: 250 }, (_, i) => ({
    job_id: job,
    seq: i + 1,
    attempt: 1,
    name: 'text',
    data,
  }));
  for (let from = 0; from < events.length; from += 50)
    await storage.db
      .insertInto('intent_events')
      .values(events.slice(from, from + 50))
      .execute();
}

async function openFeed(reads: boolean): Promise<{ readonly socket: Socket; readonly user: string }> {
  const client = await signUp(hosted.app);
  const id = await start(client);
  if (!reads) await fill(id);
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = await openSocket(
    url,
    `GET /v1/intent/${id}/events HTTP/1.1\r\nhost: a\r\ncookie: ${cookie}\r\n\r\n`,
  );
  opened.push(socket);
  if (reads) socket.resume();
  else socket.pause();
  const { owner_id: user } = await storage.db
    .selectFrom('intent_jobs')
    .select('owner_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { socket, user };
}

describe('a feed whose session ends', () => {
  it('is cut where its reader takes nothing, and no other', async () => {
    const [unread, other] = [await openFeed(false), await openFeed(true)];
    await expect.poll(connections).toBe(2);
    await storage.db.deleteFrom('sessions').where('userId', '=', unread.user).execute();
    await expect.poll(connections).toBe(1);
    expect(other.socket.closed).toBe(false);
  });

  it('ends by itself where it is read, and gives its place back', async () => {
    vi.useFakeTimers();
    let cuts = 0;
    let released = 0;
    const body = feedStream({
      events: async function* (gone) {
        yield 'event';
        await new Promise((resolve) => gone.addEventListener('abort', resolve));
      },
      mayRead: async () => false,
      signal: new AbortController().signal,
      cutUnread: () => {
        cuts += 1;
      },
      release: () => {
        released += 1;
      },
    });
    const reader = body.getReader();
    expect((await reader.read()).done).toBe(false);
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    expect((await reader.read()).done).toBe(true);
    expect(cuts).toBe(1);
    expect(released).toBeGreaterThan(0);
  });
});

describe('a watch over a reader', () => {
  it('asks until the answer is no, and tells so once; a failed look-up is no answer', async () => {
    let asked = 0;
    let told = 0;
    const answers = [async () => true, async () => Promise.reject(new Error('away')), async () => false];
    watchReader({
      everyMs: 1,
      mayRead: () => (answers[asked++] ?? (async () => false))(),
      onEnd: () => {
        told += 1;
      },
    });
    await expect.poll(() => told).toBe(1);
    expect(asked).toBe(3);
  });

  it('is silent when it was ended while it asked', async () => {
    const asked: ((may: boolean) => void)[] = [];
    let told = 0;
    const end = watchReader({
      everyMs: 1,
      mayRead: () => new Promise<boolean>((resolve) => void asked.push(resolve)),
      onEnd: () => {
        told += 1;
      },
    });
    await expect.poll(() => asked.length).toBe(1);
    end();
    asked[0]?.(false);
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toBe(0);
  });
});
