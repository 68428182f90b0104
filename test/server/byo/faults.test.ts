import { beforeAll, describe, expect, test } from 'vitest';
import type { FailureCode, FailureReason } from '../../../shared/contract/failure.ts';
import { encode } from '../../sandbox/encoding.ts';
import { HTTP_FAULTS, type HttpFaultName } from '../../sandbox/faults.ts';
import type { Rule, Stop } from '../../sandbox/script.ts';
import { hostileServer } from '../providers/hostile-server.ts';
import { type ByoServer, byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';
import { PROVIDERS, type ProviderName } from './support/provider-bodies.ts';
import { NEGOTIATED, type Outcome, REFUSALS } from './support/refusal-outcomes.ts';

const ONE = { goal: 'write one skill that lists files' };

async function play(byo: ByoServer, rule: Rule, provider: ProviderName = 'anthropic'): Promise<RunAnswer> {
  byo.sandbox.script([rule]);
  byo.takeKey(PROVIDERS[provider].prefix);
  return (await byo.open({ ...ONE, ...PROVIDERS[provider].body })).answer();
}

interface Expected {
  readonly code: FailureCode;
  readonly reason?: FailureReason | undefined;
  /** Seconds. */
  readonly wait?: number | undefined;
  readonly requests?: number | undefined;
}

/** One request, no second try, no other provider; a sentence of ours, with what to do next. */
function expectFailure(
  byo: ByoServer,
  answer: RunAnswer,
  { code, reason, wait, requests = 1 }: Expected,
): void {
  const { failure, events, status } = answer;
  expect({ code: failure?.code, reason: failure?.reason, wait: failure?.retryAfterSeconds }).toEqual({
    code,
    reason,
    wait,
  });
  expect(failure?.message).toMatch(/\. .*\.$/s);
  expect(byo.sandbox.journal).toHaveLength(requests);
  if (status === 200) expect(events.at(-1)?.name).toBe('failed');
}

/** The provider saw us go, and was not waited for. */
const cutOff = (byo: ByoServer) => expect.poll(() => byo.sandbox.counters.aborted).toBe(1);

/** What the provider says, in pieces that a sentence of ours would not have by chance. */
function wordsOf(fault: HttpFaultName): string[] {
  return HTTP_FAULTS[fault].body
    .split(/["{}<>:,[\]]+/)
    .filter((piece) => piece.trim().length > 14 && piece.includes(' '));
}

describe('a refusal has its own code and a sentence of ours, after one request', () => {
  // Too short for a rate limit to be waited out.
  const byo = byoServer({ RUN_LIMIT_MS: '5000' });
  // as: the table's own keys
  test.each(Object.entries(REFUSALS) as [HttpFaultName, Outcome][])(
    '%s',
    async (fault, [provider, code, reason, wait]) => {
      const answer = await play(byo, { fault }, provider);
      expectFailure(byo, answer, { code, reason, wait, requests: NEGOTIATED[fault] });
      const { message, said = '' } = answer.failure ?? { message: '' };
      for (const words of wordsOf(fault)) {
        expect(message).not.toContain(words);
        expect(JSON.stringify(byo.lines)).not.toContain(words);
      }
      // In the failure's own field, and nowhere else.
      expect(answer.text.replaceAll(JSON.stringify(said), '')).not.toContain(said || 'nothing was said');
      expect(JSON.stringify(byo.lines)).not.toContain('Sandbox');
    },
  );
});

describe('a provider', () => {
  const byo = byoServer({ FIRST_BYTE_LIMIT_MS: '300' });
  test('that never answers', async () => {
    expectFailure(byo, await play(byo, { stop: { how: 'hang', after: 'nothing' } }), {
      code: 'provider_timeout',
      reason: 'first_byte',
    });
    await cutOff(byo);
  });
});

describe('a provider', () => {
  const byo = byoServer({ IDLE_LIMIT_MS: '300' });
  const silent: readonly (readonly [string, Stop])[] = [
    ['falls silent after its head', { how: 'hang', after: 'head' }],
    ['falls silent in its answer', { how: 'hang', after: 4 }],
    ['sends comments for ever', { how: 'drip', after: 4, everyMs: 20 }],
    [
      'sends pings for ever',
      { how: 'drip', after: 4, everyMs: 20, line: 'event: ping\ndata: {"type": "ping"}\n\n' },
    ],
  ];
  test.each(silent)('that %s', async (_, stop) => {
    expectFailure(byo, await play(byo, { stop }), { code: 'provider_timeout', reason: 'idle' });
    await cutOff(byo);
  });
});

describe('a provider', () => {
  const byo = byoServer();
  // Made once, for a second: 100 MiB of zeros in three layers.
  beforeAll(() => void encode('', 'bomb'));

  test('that sends comments as fast as it can is cut off', async () => {
    expectFailure(
      byo,
      await play(byo, { stop: { how: 'flood', after: 2, line: ': and again and again\n\n' } }),
      { code: 'provider_failed', reason: 'response_too_large' },
    );
    await cutOff(byo);
  });

  test('that sends one line without an end is cut off', async () => {
    expectFailure(
      byo,
      await play(byo, { stop: { how: 'flood', after: 2, line: 'data: xxxxxxxxxxxxxxxxxxxxxxx' } }),
      { code: 'provider_failed', reason: 'response_too_large' },
    );
  });

  test('whose answer never ends is cut off', async () => {
    expectFailure(byo, await play(byo, { stop: { how: 'flood', after: 2 } }), {
      code: 'provider_failed',
      reason: 'output_limit',
    });
    await cutOff(byo);
  });

  test.each(['gzip', 'br', 'bomb'] as const)('that compresses (%s) is not unpacked', async (encoding) => {
    expectFailure(byo, await play(byo, { encoding }), { code: 'provider_failed', reason: 'not_a_stream' });
    expect(byo.sandbox.journal[0]?.headers).toContainEqual(['accept-encoding', 'identity']);
  });

  test.each([301, 302, 303, 307, 308])(
    'that redirects with %i is not followed, and the other host hears nothing',
    async (status) => {
      const other = await hostileServer(() => undefined);
      const answer = await play(byo, {
        reply: { status, headers: { location: `${other.origin}/v1/messages` } },
      });
      expectFailure(byo, answer, { code: 'provider_failed', reason: 'redirect' });
      expect(answer.text).not.toContain(new URL(other.origin).port);
      expect(other.open).toBe(0);
      await other.stop();
    },
  );

  test('that redirects to itself over another scheme or port is not followed either', async () => {
    for (const location of ['http://127.0.0.1:1/v1/messages', '/elsewhere', '//evil.example/v1/messages']) {
      byo.sandbox.clear();
      expectFailure(byo, await play(byo, { reply: { status: 307, headers: { location } } }), {
        code: 'provider_failed',
        reason: 'redirect',
      });
    }
  });

  const lost: readonly (readonly [string, Stop, FailureReason])[] = [
    ['closes before its head', { how: 'end', after: 'nothing' }, 'unreachable'],
    ['resets before its head', { how: 'reset', after: 'nothing' }, 'unreachable'],
    ['resets after its head', { how: 'reset', after: 'head' }, 'truncated'],
    ['resets in its answer', { how: 'reset', after: 4 }, 'truncated'],
    ['ends cleanly in its answer', { how: 'end', after: 4 }, 'truncated'],
  ];
  test.each(lost)('that %s is not asked again', async (_, stop, reason) => {
    expectFailure(byo, await play(byo, { stop }), { code: 'provider_failed', reason });
  });
});

describe('an answer that ends too early is never a success', () => {
  const byo = byoServer();
  test.each([0, 1, 2, 3, 5, 8])('after %i frames', async (after) => {
    const answer = await play(byo, { phase: 'classification', stop: { how: 'end', after } }, 'openai');
    expectFailure(byo, answer, { code: 'provider_failed', reason: 'truncated' });
    expect(answer.events.some(({ name }) => name === 'intent')).toBe(false);
  });
});
