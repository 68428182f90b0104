import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { Eraser } from '../../../server/keys/redact-bytes.ts';
import { EventStream } from '../../../server/runs/event-stream.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { byoServer } from './support/byo-server.ts';
import { PROVIDERS } from './support/provider-bodies.ts';

/** A part of the process that breaks while the key is there. One run at a time may be under way. */
const byo = byoServer({ CONCURRENT_RUNS: '1' });
const ONE = { goal: 'write one skill that lists files', ...PROVIDERS.cohere.body };
// A key without a form of its own: the log's second net, which knows how keys look, would hide what the first one lets through.
beforeEach(() => byo.takeKey(''));

/** An error that has the key wherever an error can have something. */
function bug(): Error {
  const { key } = byo;
  const inner = new AggregateError([new Error(key), key], `all failed with ${key}`);
  return Object.assign(new Error(`Headers.append: "${key}" is an invalid header value.`, { cause: inner }), {
    key,
    headers: { key },
  });
}
const throws = (): never => {
  throw bug();
};
const rejects = (): Promise<never> => Promise.reject(bug());

describe('a part that breaks with the key in its error', () => {
  const parts = () => byo.running.parts;
  const broken: readonly (readonly [string, () => unknown])[] = [
    ['who is asking', () => vi.spyOn(parts(), 'visitor').mockImplementation(rejects)],
    ['the list of providers', () => vi.spyOn(parts(), 'vendorOf').mockImplementation(throws)],
    ['the provider’s address', () => vi.spyOn(parts(), 'originOf').mockImplementation(throws)],
    ['the limits', () => vi.spyOn(parts().runLimits, 'acquire').mockImplementation(rejects)],
    ['the ids that were seen', () => vi.spyOn(parts().runLimits, 'isFirst').mockImplementation(throws)],
    ['the sealing keys', () => vi.spyOn(parts().sealing, 'pairOf').mockImplementation(rejects)],
    ['the wall clock', () => vi.spyOn(parts(), 'wallClock').mockImplementation(throws)],
    ['the run’s clock', () => vi.spyOn(parts(), 'now').mockImplementation(throws)],
    ['the agents', () => vi.spyOn(parts().agents, 'for').mockImplementation(throws)],
    ['the lease', () => vi.spyOn(parts().sockets, 'lease').mockImplementation(throws)],
    ['the eraser', () => vi.spyOn(Eraser.prototype, 'overBytes').mockImplementation(throws)],
    ['the key itself', () => vi.spyOn(ProviderKey.prototype, 'copyInto').mockImplementation(throws)],
    [
      'a measurement of a call',
      () => vi.spyOn(parts().metrics.upstreamMs, 'observe').mockImplementation(throws),
    ],
    ['the stream', () => vi.spyOn(EventStream.prototype, 'send').mockImplementationOnce(throws)],
    ['the audit log', () => vi.spyOn(parts(), 'audit').mockImplementation(rejects)],
    ['the receipt’s signature', () => vi.spyOn(parts().signer, 'sign').mockImplementation(throws)],
    ['the store of receipts', () => vi.spyOn(parts().receipts, 'keep').mockImplementation(throws)],
    ['the counter', () => vi.spyOn(parts().metrics.byoRuns, 'inc').mockImplementation(throws)],
  ];

  test.each(broken)(
    '%s: the client gets a general sentence, the key is wiped, the next run starts',
    async (_, breakIt) => {
      const wiped = vi.spyOn(ProviderKey.prototype, 'wipe');
      const lent = vi.spyOn(byo.running.parts.sockets, 'lease');
      breakIt();
      const answer = await (await byo.open(ONE)).answer();
      expect(answer.failure).toMatchObject({
        code: 'internal',
        message: expect.stringMatching(/^Something broke on this server\./),
      });
      if (answer.status === 200) expect(answer.events.at(-1)?.name).toBe('failed');
      else expect(answer.status).toBe(500);
      for (const [key] of lent.mock.calls) expect(key.wiped).toBe(true);
      if (byo.sandbox.journal.length > 0) expect(wiped).toHaveBeenCalled();
      expect(byo.lines.filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
      expect(byo.running.parts.sockets.leases).toBe(0);
      vi.restoreAllMocks();
      expect((await (await byo.open(ONE)).answer()).events.at(-1)?.name).toBe('done');
    },
  );

  test('the socket’s write: nothing is sent, and the run fails as unreachable', async () => {
    const whole = ProviderKey.prototype.copyInto;
    let calls = 0;
    vi.spyOn(ProviderKey.prototype, 'copyInto').mockImplementation(function (this: ProviderKey, target, at) {
      calls += 1;
      // The first copy is the eraser's.
      if (calls > 1) throw bug();
      whole.call(this, target, at);
    });
    const answer = await (await byo.open(ONE)).answer();
    expect(calls).toBeGreaterThan(1);
    expect(answer.failure?.code).toMatch(/internal|provider_failed/);
    expect(byo.sandbox.journal).toEqual([]);
    expect(byo.running.parts.sockets.leases).toBe(0);
  });

  test('a check of a key: the same sentence, and the place is free again', async () => {
    vi.spyOn(byo.running.parts.agents, 'for').mockImplementation(throws);
    const check = () => byo.open({ ...PROVIDERS.cohere.body, goal: undefined }, { path: ROUTES.byoCheck });
    expect(await (await check()).answer()).toMatchObject({ status: 500, failure: { code: 'internal' } });
    vi.restoreAllMocks();
    expect((await (await check()).answer()).status).toBe(200);
  });

  test('the configuration: the same sentence', async () => {
    vi.spyOn(byo.running.parts.sealing, 'current').mockImplementation(rejects);
    const response = await fetch(byo.url + ROUTES.config);
    byo.note(await response.clone().text());
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'internal' } });
  });
});

/** Node 24 does not name it on every channel: then it is the one of the request's connection. */
function serverOf(message: unknown): unknown {
  // as: what Node's documentation says of these channels
  const { server, request } = message as { server?: unknown; request?: { socket?: { server?: unknown } } };
  return server ?? request?.socket?.server;
}

describe('what a tracer sees', () => {
  /** Where OpenTelemetry's instrumentations of http, net and undici listen, and what stands in the attributes of their spans. */
  const CHANNELS = [
    ...['http.server.request.start', 'http.server.response.created', 'http.server.response.finish'],
    ...['http.client.request.start', 'http.client.response.finish', 'net.client.socket', 'net.server.socket'],
    ...[
      'undici:request:create',
      'undici:request:bodySent',
      'undici:request:headers',
      'undici:request:trailers',
      'undici:request:error',
    ],
    ...['undici:client:beforeConnect', 'undici:client:connected', 'undici:client:sendHeaders'],
  ];
  const seen = new Map<string, string>();
  const look = (message: unknown, channel: string | symbol): void => {
    // The provider is in this process, too, and it is meant to see the key.
    const server = serverOf(message);
    if (server !== undefined && server !== byo.running.server) return;
    const text = inspect(message, { depth: 5, maxStringLength: null, maxArrayLength: null });
    seen.set(String(channel), (seen.get(String(channel)) ?? '') + text);
  };
  beforeEach(() => {
    seen.clear();
    for (const channel of CHANNELS) subscribe(channel, look);
  });
  afterEach(() => {
    for (const channel of CHANNELS) unsubscribe(channel, look);
  });
  const found = (): string[] =>
    [...seen]
      .filter(([, text]) => byo.canary.blocks.some((block) => text.includes(block)))
      .map(([channel]) => channel);

  test('of a run with a sealed key: the seal, the placeholder, and the key nowhere', async () => {
    expect((await (await byo.open(ONE)).answer()).events.at(-1)?.name).toBe('done');
    expect(seen.get('http.server.request.start')).toContain('sealed.');
    expect(seen.get('undici:client:sendHeaders')).toMatch(/authorization: Bearer oneturn-key-[0-9a-f]{32}/);
    expect(found()).toEqual([]);
  });

  test('of a run that the provider refuses, with the key in its error: the same', async () => {
    byo.sandbox.script([{ echo: { in: 'error', form: 'raw' } }]);
    await (await byo.open(ONE)).answer();
    expect(seen.get('undici:request:headers')).toContain('statusCode');
    expect(found()).toEqual([]);
  });

  test('of a run with a plain header: the key where it came in, as the page about it says, and not where it goes out', async () => {
    await (await byo.open(ONE, { plain: true })).answer();
    expect(seen.get('undici:client:sendHeaders')).toContain('oneturn-key-');
    expect(found().filter((channel) => channel.startsWith('undici:'))).toEqual([]);
    expect(found()).toContain('http.server.request.start');
  });
});

describe('a line in the log', () => {
  const FORGED = '\n{"level":"error","msg":"forged"}\n\u001b[31mred\u2028';

  test('is one, whatever goal, model, site and ids say', async () => {
    byo.takeKey('sk-ant-api03-');
    const answers = [
      await byo.open({ goal: `write one skill that lists files${FORGED}` }, {}),
      await byo.open({ goal: `write one skill that lists files${FORGED.replaceAll('\u001b', '')}` }, {}),
      await byo.open({ model: `m${FORGED}` }, {}),
      await byo.open({ provider: `anthropic${FORGED}` }, { plain: true }),
      await byo.open({ provider: 'azure', site: `x${FORGED}` }, { plain: true }),
      await byo.open({ [`field${FORGED}`]: 1 }, {}),
      await byo.open({ goal: ONE.goal }, { headers: { 'x-run-id': `${'x'.repeat(30)}"}` } }),
    ];
    for (const run of answers) await run.answer();
    expect(byo.lines.map(({ msg }) => msg).every((msg) => msg === 'byo run' || msg === 'byo refused')).toBe(
      true,
    );
    expect(byo.lines).toHaveLength(answers.length);
    expect(JSON.stringify(byo.lines)).not.toMatch(/forged|\\u001b|red/i);
  });

  test('has fields of a run by name, and none that a client wrote freely', async () => {
    await (await byo.open(ONE)).answer();
    const allowed = [
      'level',
      'time',
      'msg',
      'request',
      'run',
      'provider',
      'outcome',
      'status',
      'code',
      'reason',
      'phase',
      'ms',
      'closedMs',
    ];
    for (const line of byo.lines)
      expect(Object.keys(line).filter((name) => !allowed.includes(name))).toEqual([]);
  });
});
