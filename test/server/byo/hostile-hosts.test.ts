import { describe, expect, test } from 'vitest';
import { HOSTILE_SITES } from '../../shared/providers/hostile-sites.ts';
import { hostileServer } from '../providers/hostile-server.ts';
import { byoServer } from './support/byo-server.ts';

/** Where a key could be made to go, tried on the whole server. */

describe('a site', () => {
  const byo = byoServer();
  test.each(HOSTILE_SITES.flatMap((site) => ['azure', 'bedrock'].map((provider) => ({ site, provider }))))(
    '$site at $provider opens no connection',
    async ({ site, provider }) => {
      const { status, failure } = await (
        await byo.open({ provider, model: 'm', site }, { plain: true })
      ).answer();
      expect([400, 422]).toContain(status);
      expect(failure?.field).toBe('site');
      expect(byo.sandbox.counters.requests).toBe(0);
    },
  );
});

describe('an endpoint that the operator configured', () => {
  const endpoints = JSON.stringify(
    [
      ['metadata', 'http://169.254.169.254/v1'],
      ['metadata6', 'http://[fe80::a9fe:a9fe]/v1'],
      ['mapped', 'http://[::ffff:169.254.169.254]/v1'],
      ['wire', 'https://168.63.129.16/v1'],
      ['nobody', 'http://127.0.0.1:1/v1'],
    ].map(([id, baseUrl]) => ({ id, name: id, format: 'openai', baseUrl })),
  );
  const byo = byoServer({ PROVIDER_ENDPOINTS: endpoints }, { standIn: false });

  test.each(['metadata', 'metadata6', 'mapped', 'wire', 'nobody'])(
    'that is %s is not reached, in words without its address',
    async (id) => {
      const answer = await (await byo.open({ provider: id, model: 'm' }, { plain: true })).answer();
      expect(answer.failure).toMatchObject({ code: 'provider_failed', reason: 'unreachable' });
      expect(answer.text).not.toMatch(/169|168\.63|ECONN|a9fe|REFUSED/);
    },
  );
});

describe('two endpoints', () => {
  const others: string[] = [];
  const byo = byoServer(
    {},
    {
      standIn: false,
      settingsFor: ({ origin }) => {
        const named = ['first', 'second'].map((id) => ({
          id,
          name: id,
          format: 'openai',
          baseUrl: `${origin}/${id === 'first' ? 'v1' : 'api/v1'}`,
        }));
        others.push(...named.map(({ id }) => id));
        return { PROVIDER_ENDPOINTS: JSON.stringify(named) };
      },
    },
  );

  test('are listed with their host, and take a run with the key that they are given', async () => {
    expect(byo.config.providers.filter(({ id }) => others.includes(id))).toMatchObject([
      { host: new URL(byo.sandbox.origin).host, key: 'optional' },
      { host: new URL(byo.sandbox.origin).host, key: 'optional' },
    ]);
    const answer = await (await byo.open({ provider: 'first', model: 'llama' })).answer();
    expect(answer.events.at(-1)?.name).toBe('done');
    expect(
      byo.sandbox.journal.every(({ headers }) => headers.some(([, value]) => value === `Bearer ${byo.key}`)),
    ).toBe(true);
  });

  test('work without a key, and then send no header for one', async () => {
    const run = await byo.open({ provider: 'first', model: 'llama' }, { key: undefined });
    expect((await run.answer()).events.at(-1)?.name).toBe('done');
    const names = byo.sandbox.journal.flatMap(({ headers }) => headers.map(([name]) => name));
    expect(names).not.toContain('authorization');
    expect(names).not.toContain('x-api-key');
  });

  test('share no connection between runs', async () => {
    for (let i = 0; i < 2; i++)
      await (
        await byo.open({ goal: 'write one skill that lists files', provider: 'first', model: 'llama' })
      ).answer();
    const [first, ...rest] = byo.sandbox.journal.map(({ connection, phase }) => ({ connection, phase }));
    const second = rest.find(({ phase }) => phase === 'classification');
    expect(second?.connection).not.toBe(first?.connection);
    await expect.poll(() => byo.sandbox.counters.openSockets).toBe(0);
  });

  test('a failure of one goes neither to the other, nor on without the key, nor to a second try', async () => {
    byo.sandbox.script([{ path: '/v1/', fault: 'openai-500' }]);
    const answer = await (await byo.open({ provider: 'first', model: 'llama' })).answer();
    expect(answer.failure).toMatchObject({ code: 'provider_overloaded' });
    expect(byo.sandbox.journal.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });

  test('a client that leaves a run without a key closes its connection, too, and its receipt says so', async () => {
    byo.sandbox.script([{ stop: { how: 'hang', after: 'nothing' } }]);
    const run = await byo.open({ provider: 'first', model: 'llama' }, { key: undefined });
    await expect.poll(() => byo.sandbox.journal.length).toBe(1);
    run.leave('fin');
    await byo.quiet();
    const response = await fetch(`${byo.url}/v1/intent/byo/${run.run}/receipt`);
    const { payload } = (await response.json()) as { payload: string }; // as: an envelope
    expect(JSON.parse(Buffer.from(payload, 'base64').toString())).toMatchObject({
      outcome: 'cancelled',
      credentials: 'none',
      cancel: { phase: 'classifying', sockets: 1 },
    });
  });
});

describe('the environment', () => {
  const byo = byoServer();
  const NAMES = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'http_proxy',
    'https_proxy',
    'ANTHROPIC_BASE_URL',
    'OPENAI_BASE_URL',
  ];

  test('of proxies and vendors moves no request', async () => {
    const trap = await hostileServer(() => undefined);
    for (const name of NAMES) process.env[name] = trap.origin;
    process.env['ANTHROPIC_CUSTOM_HEADERS'] = 'x-evil: 1';
    process.env['ANTHROPIC_API_KEY'] = 'sk-ant-of-the-operator';
    process.env['NODE_USE_ENV_PROXY'] = '1';
    try {
      const answer = await (await byo.open({ goal: 'write one skill that lists files' })).answer();
      expect(answer.events.at(-1)?.name).toBe('done');
    } finally {
      for (const name of [...NAMES, 'ANTHROPIC_CUSTOM_HEADERS', 'ANTHROPIC_API_KEY', 'NODE_USE_ENV_PROXY'])
        delete process.env[name];
    }
    expect(trap.requests).toEqual([]);
    expect(JSON.stringify(byo.sandbox.journal)).not.toMatch(/x-evil|of-the-operator/);
    await trap.stop();
  });
});
