import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestSandbox, type TestSandbox } from '../sandbox/create-test-sandbox.ts';
import { selfSigned } from '../server/providers/connect/make-certificate.ts';
import { readAll, readConfig, sendRun } from './byo-client.ts';
import { type Canary, canariesOfAllLengths, makeCanary } from './canary.ts';
import { BODY as body } from './echo-scenarios.ts';
import { type ForkedServer, forkServer } from './forked.ts';
import { NOTHING, residueOf } from './memory-scan.ts';
import { tlsFront } from './tls-front.ts';

/** Keys of all lengths in each test. */
const CANARIES = canariesOfAllLengths().length;
const REJECTED = '{"type":"error","error":{"type":"authentication_error","message":"no"}}';

let sandbox: TestSandbox;
let front: Awaited<ReturnType<typeof tlsFront>>;
let server: ForkedServer;

/**
 * Half at once, then one by one: that is the hard case, since the last one has no later run that could overwrite it. `times`: rounds
 * of all lengths.
 */
async function runs(each: (canary: Canary) => Promise<void>, times = 1): Promise<readonly Canary[]> {
  const canaries = canariesOfAllLengths(times);
  const half = canaries.length >> 1;
  await Promise.all(canaries.slice(0, half).map(each));
  for (const canary of canaries.slice(half)) await each(canary);
  return canaries;
}

async function answerTo(
  { key }: Canary,
  more: { sealed?: boolean; sealedAt?: number } = {},
): Promise<string> {
  const config = await readConfig(server.url);
  const sent = await sendRun(server.url, { key, sealed: true, body, config, ...more });
  return readAll(await sent.response);
}

/** How runs end, and what the answer then has in it. */
const ENDS = [
  ['a run', [], 'event: done'],
  ['a rejected key', [{ reply: { status: 401, body: REJECTED } }], 'key_rejected'],
  ['an upstream that resets', [{ phase: 'plan', stop: { how: 'reset', after: 1 } }], 'event: failed'],
] as const;

describe.skipIf(process.platform !== 'linux')('what stays of a key in the server’s memory, over TLS', () => {
  beforeAll(async () => {
    sandbox = await createTestSandbox({ pace: 'instant' });
    front = await tlsFront(sandbox.origin);
    server = await forkServer({ UPSTREAM: front.origin, UPSTREAM_CA: front.ca, LOG_LEVEL: 'debug' });
  });
  afterAll(async () => {
    await server.kill();
    front.close();
    await sandbox.close();
  });
  beforeEach(() => sandbox.script([]));

  test('the search finds a plain header’s key: the positive control', async () => {
    const canaries = await runs(async (canary) =>
      expect(await answerTo(canary, { sealed: false })).toContain('event: done'),
    );
    expect(residueOf(server.pid, canaries).hit).toBeGreaterThan(0);
  });

  test.each(ENDS)('nothing after %s', async (_, rules, mark) => {
    sandbox.script(rules);
    const canaries = await runs(async (canary) => expect(await answerTo(canary)).toContain(mark));
    expect(residueOf(server.pid, canaries)).toEqual(NOTHING);
    for (const { blocks } of canaries) expect(server.output()).not.toContain(blocks[0]);
  });

  test('nothing after a client that leaves in the middle', async () => {
    sandbox.script([{ phase: 'plan', stop: { how: 'hang', after: 1 } }]);
    const before = sandbox.counters.aborted;
    const config = await readConfig(server.url);
    const canaries = await runs(async ({ key }) => {
      const sent = await sendRun(server.url, { key, sealed: true, body, config });
      for await (const chunk of await sent.response) if (String(chunk).includes('"phase":"planning"')) break;
      sent.destroy();
    });
    await expect.poll(() => sandbox.counters.aborted - before).toBeGreaterThanOrEqual(CANARIES);
    expect(residueOf(server.pid, canaries)).toEqual(NOTHING);
  });

  test.each(['minor', 'major'] as const)('nothing after a %s collection while runs last', async (type) => {
    sandbox.script([{ phase: 'plan', stop: { how: 'hang', after: 1 } }]);
    const before = sandbox.counters.aborted;
    const config = await readConfig(server.url);
    const canaries = canariesOfAllLengths(2);
    const open = await Promise.all(
      canaries.map(async ({ key }) => {
        const sent = await sendRun(server.url, { key, sealed: true, body, config });
        for await (const chunk of await sent.response)
          if (String(chunk).includes('"phase":"planning"')) break;
        return sent;
      }),
    );
    // Twice: what survived once is moved to where old things are.
    for (let i = 0; i < 2; i++) await server.collectGarbage(type);
    for (const sent of open) sent.destroy();
    await expect.poll(() => sandbox.counters.aborted - before).toBeGreaterThanOrEqual(canaries.length);
    expect(residueOf(server.pid, canaries)).toEqual(NOTHING);
  });

  test('nothing after half a body and a reset, and after a seal that came too late', async () => {
    const config = await readConfig(server.url);
    const cut = await runs(async ({ key }) => {
      const sent = await sendRun(server.url, { key, sealed: true, body, config, cutBodyAt: 20 });
      await new Promise((turn) => setImmediate(turn));
      sent.destroy();
    });
    expect(residueOf(server.pid, cut)).toEqual(NOTHING);
    const late = await runs(async (canary) =>
      expect(await answerTo(canary, { sealedAt: Date.now() - 90_000 })).toContain('seal_stale'),
    );
    expect(residueOf(server.pid, late)).toEqual(NOTHING);
  });

  test('a key that the model writes, whole or in pieces, reaches nobody', async () => {
    for (const split of [1, 2, 5]) {
      sandbox.script([{ phase: 'draft', echo: { in: 'text', form: 'raw', split } }]);
      const canary = makeCanary();
      const answer = await answerTo(canary);
      expect(answer).toContain('event: done');
      for (const block of canary.blocks) expect(answer, `in ${split}`).not.toContain(block);
    }
  });
});

describe.skipIf(process.platform !== 'linux')('what stays of a key after', () => {
  /** One server for what stands where every provider would be. */
  async function withUpstream(
    env: Readonly<Record<string, string>>,
    play: (url: string) => Promise<readonly Canary[]>,
  ): Promise<void> {
    const forked = await forkServer(env);
    try {
      expect(residueOf(forked.pid, await play(forked.url))).toEqual(NOTHING);
    } finally {
      await forked.kill();
    }
  }
  const keyIn = (chunk: Buffer): string | undefined =>
    /x-api-key: (\S+)/i.exec(chunk.toString('latin1'))?.[1];

  test('a key that comes back behind the end of an answer, when its run is over', async () => {
    const behind = await createTestSandbox({ pace: 'instant' });
    const certificate = selfSigned('localhost');
    const late = createTlsServer(certificate, (socket) => {
      const plain = connect(Number(new URL(behind.origin).port), '127.0.0.1');
      for (const side of [socket, plain]) side.on('error', () => [socket, plain].map((one) => one.destroy()));
      socket.on('close', () => plain.destroy());
      let key = '';
      socket.on('data', (chunk) => {
        key = keyIn(chunk) ?? key;
        plain.write(chunk);
      });
      const end = '0\r\n\r\n';
      plain.on('data', (chunk) => {
        if (!chunk.toString('latin1').endsWith(end)) return void socket.write(chunk);
        socket.write(chunk.subarray(0, -end.length));
        setTimeout(() => socket.write(`${key.length.toString(16)}\r\n${key}\r\n${end}`), 200);
      });
    }).listen(0);
    await once(late, 'listening');
    const { port } = late.address() as AddressInfo; // as: it listens on TCP
    try {
      await withUpstream(
        { UPSTREAM: `https://localhost:${port}`, UPSTREAM_CA: certificate.cert },
        async (url) => {
          const config = await readConfig(url);
          const canaries = await runs(async ({ key }) => {
            const sent = await sendRun(url, { key, sealed: true, body, config });
            expect(await readAll(await sent.response)).toContain('event: done');
          });
          // What would have come has come.
          await new Promise((passed) => setTimeout(passed, 500));
          return canaries;
        },
      );
    } finally {
      late.close();
      await behind.close();
    }
  });

  test('a head that sends the key back in pieces of seven bytes', async () => {
    const certificate = selfSigned('localhost');
    const picky = createTlsServer(certificate, (socket) => {
      socket.setNoDelay();
      socket.on('error', () => undefined);
      socket.on('data', async (chunk) => {
        const key = keyIn(chunk);
        if (key === undefined) return;
        const hint = `HTTP/1.1 103 Early Hints\r\nlink: <${key}>\r\n\r\n`;
        const head = `${hint}HTTP/1.1 401 Unauthorized\r\nrequest-id: ${key}\r\nkeep-alive: ${key}\r\ncontent-length: 2\r\n\r\n{}`;
        for (let at = 0; at < head.length; at += 7) {
          socket.write(head.slice(at, at + 7));
          await new Promise((sent) => setTimeout(sent, 1));
        }
      });
    }).listen(0);
    await once(picky, 'listening');
    const { port } = picky.address() as AddressInfo; // as: it listens on TCP
    try {
      await withUpstream(
        { UPSTREAM: `https://localhost:${port}`, UPSTREAM_CA: certificate.cert },
        async (url) => {
          const config = await readConfig(url);
          return runs(async ({ key }) => {
            const sent = await sendRun(url, { key, sealed: true, body, config });
            expect(await readAll(await sent.response)).toContain('key_rejected');
          });
        },
      );
    } finally {
      picky.close();
    }
  });

  test('an upstream that refuses the connection', async () => {
    const closed = createServer().listen(0);
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo; // as: it listened on TCP
    await new Promise((done) => closed.close(done));
    await withUpstream({ UPSTREAM: `http://127.0.0.1:${port}` }, async (url) => {
      const config = await readConfig(url);
      return runs(async ({ key }) => {
        const sent = await sendRun(url, { key, sealed: true, body, config });
        expect(await readAll(await sent.response)).toContain('unreachable');
      });
    });
  });
});
