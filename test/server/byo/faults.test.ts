import { beforeAll, describe, expect, test } from 'vitest';
import type { FailureCode, FailureReason } from '../../../shared/contract/failure.ts';
import { encode } from '../../sandbox/encoding.ts';
import { HTTP_FAULTS, type HttpFaultName } from '../../sandbox/faults.ts';
import type { Rule, Stop } from '../../sandbox/script.ts';
import { hostileServer } from '../providers/hostile-server.ts';
import { type ByoServer, byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';
import { PROVIDERS, type ProviderName } from './support/provider-bodies.ts';

const ONE = { goal: 'write one skill that lists files' };

async function play(byo: ByoServer, rule: Rule, provider: ProviderName = 'anthropic'): Promise<RunAnswer> {
  byo.sandbox.script([rule]);
  byo.takeKey(PROVIDERS[provider].prefix);
  return (await byo.open({ ...ONE, ...PROVIDERS[provider].body })).answer();
}

/** One request, no second try, no other provider; a sentence of ours, with what to do next. */
function expectFailure(
  byo: ByoServer,
  answer: RunAnswer,
  code: FailureCode,
  reason?: FailureReason,
  wait?: number,
  requests = 1,
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

type Outcome = readonly [
  provider: ProviderName,
  code: FailureCode,
  reason?: FailureReason | undefined,
  wait?: number | undefined,
];

/** Every refusal that the sandbox knows, at the provider that gives it. */
const REFUSALS: Readonly<Record<HttpFaultName, Outcome>> = {
  'openai-400': ['openai', 'provider_failed', 'bad_request'],
  'openai-400-context': ['openai', 'too_large', 'context_length'],
  'openai-400-output-limit': ['openai', 'provider_failed', 'output_limit'],
  'openai-401': ['openai', 'key_rejected'],
  'openai-403': ['openai', 'key_rejected', 'no_access'],
  'openai-403-region': ['openai', 'key_rejected', 'no_access'],
  'openai-404': ['openai', 'invalid_request', 'model_not_found'],
  'openai-429': ['openai', 'rate_limited', undefined, 2],
  'openai-429-ms': ['openai', 'rate_limited', undefined, 2],
  'openai-429-date': ['openai', 'rate_limited', undefined, 20],
  'openai-429-none': ['openai', 'rate_limited'],
  'openai-429-negative': ['openai', 'rate_limited'],
  'openai-429-forever': ['openai', 'rate_limited'],
  'openai-429-quota': ['openai', 'key_rejected', 'no_credit'],
  'openai-500': ['openai', 'provider_overloaded'],
  'openai-503': ['openai', 'provider_overloaded', undefined, 5],
  'anthropic-400': ['anthropic', 'provider_failed', 'bad_request'],
  'anthropic-400-spend': ['anthropic', 'key_rejected', 'no_credit'],
  'anthropic-401': ['anthropic', 'key_rejected'],
  'anthropic-401-cors': ['anthropic', 'provider_failed', 'bad_request'],
  'anthropic-402': ['anthropic', 'key_rejected', 'no_credit'],
  'anthropic-403': ['anthropic', 'key_rejected', 'no_access'],
  'anthropic-404': ['anthropic', 'invalid_request', 'model_not_found'],
  'anthropic-413': ['anthropic', 'too_large'],
  'anthropic-429': ['anthropic', 'rate_limited', undefined, 3],
  'anthropic-429-spend': ['anthropic', 'key_rejected', 'no_credit'],
  'anthropic-500': ['anthropic', 'provider_overloaded'],
  'anthropic-504': ['anthropic', 'provider_timeout'],
  'anthropic-529': ['anthropic', 'provider_overloaded'],
  'anthropic-529-retry': ['anthropic', 'provider_overloaded', undefined, 1],
  'openrouter-401': ['openrouter', 'key_rejected'],
  'openrouter-402': ['openrouter', 'key_rejected', 'no_credit'],
  'openrouter-403': ['openrouter', 'provider_failed', 'refused'],
  'openrouter-404': ['openrouter', 'invalid_request', 'model_not_found'],
  'openrouter-408': ['openrouter', 'provider_timeout'],
  'openrouter-429': ['openrouter', 'rate_limited', undefined, 4],
  'openrouter-502': ['openrouter', 'provider_overloaded'],
  'openrouter-503': ['openrouter', 'provider_overloaded', undefined, 7],
  'google-400-key': ['google', 'key_rejected'],
  'google-401': ['google', 'key_rejected'],
  'google-403': ['google', 'key_rejected', 'no_access'],
  'google-404': ['google', 'invalid_request', 'model_not_found'],
  'google-429': ['google', 'rate_limited', undefined, 35],
  'google-429-array': ['google', 'rate_limited', undefined, 35],
  'google-503': ['google', 'provider_overloaded'],
  'groq-401': ['groq', 'key_rejected'],
  'groq-404': ['groq', 'invalid_request', 'model_not_found'],
  'groq-413': ['groq', 'too_large', 'minute_limit'],
  'groq-429': ['groq', 'rate_limited', undefined, 6],
  'groq-498': ['groq', 'provider_overloaded'],
  'cohere-401': ['cohere', 'key_rejected'],
  'cohere-404': ['cohere', 'invalid_request', 'model_not_found'],
  'cohere-422': ['cohere', 'provider_failed', 'bad_request'],
  'cohere-429': ['cohere', 'rate_limited', undefined, 9],
  'cohere-498': ['cohere', 'key_rejected'],
  'azure-400-filter': ['azure', 'provider_failed', 'refused'],
  'azure-401': ['azure', 'key_rejected'],
  'azure-404': ['azure', 'invalid_request', 'model_not_found'],
  'azure-429': ['azure', 'rate_limited', undefined, 8],
  'bedrock-400': ['bedrock', 'invalid_request', 'model_not_found'],
  'bedrock-403': ['bedrock', 'key_rejected'],
  'bedrock-429': ['bedrock', 'rate_limited'],
  'llama-503': ['openai', 'provider_overloaded', 'loading'],
  'html-200': ['openai', 'provider_failed', 'not_a_stream'],
  'html-502': ['openai', 'provider_overloaded'],
  'json-error-200': ['openai', 'provider_overloaded'],
  'json-200': ['openai', 'provider_failed', 'not_a_stream'],
  'empty-200': ['openai', 'provider_failed', 'truncated'],
  'empty-204': ['openai', 'provider_failed', 'not_a_stream'],
  'wrong-type-200': ['openai', 'provider_failed', 'not_a_stream'],
};

/** Refused for a field, so that it is asked again without it or for less, until nothing is left. */
const NEGOTIATED: Readonly<Partial<Record<HttpFaultName, number>>> = { 'openai-400': 2, 'groq-413': 3 };

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
      expectFailure(byo, answer, code, reason, wait, NEGOTIATED[fault]);
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
    expectFailure(
      byo,
      await play(byo, { stop: { how: 'hang', after: 'nothing' } }),
      'provider_timeout',
      'first_byte',
    );
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
    expectFailure(byo, await play(byo, { stop }), 'provider_timeout', 'idle');
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
      'provider_failed',
      'response_too_large',
    );
    await cutOff(byo);
  });

  test('that sends one line without an end is cut off', async () => {
    expectFailure(
      byo,
      await play(byo, { stop: { how: 'flood', after: 2, line: 'data: xxxxxxxxxxxxxxxxxxxxxxx' } }),
      'provider_failed',
      'response_too_large',
    );
  });

  test('whose answer never ends is cut off', async () => {
    expectFailure(
      byo,
      await play(byo, { stop: { how: 'flood', after: 2 } }),
      'provider_failed',
      'output_limit',
    );
    await cutOff(byo);
  });

  test.each(['gzip', 'br', 'bomb'] as const)('that compresses (%s) is not unpacked', async (encoding) => {
    expectFailure(byo, await play(byo, { encoding }), 'provider_failed', 'not_a_stream');
    expect(byo.sandbox.journal[0]?.headers).toContainEqual(['accept-encoding', 'identity']);
  });

  test.each([301, 302, 303, 307, 308])(
    'that redirects with %i is not followed, and the other host hears nothing',
    async (status) => {
      const other = await hostileServer(() => undefined);
      const answer = await play(byo, {
        reply: { status, headers: { location: `${other.origin}/v1/messages` } },
      });
      expectFailure(byo, answer, 'provider_failed', 'redirect');
      expect(answer.text).not.toContain(new URL(other.origin).port);
      expect(other.open).toBe(0);
      await other.stop();
    },
  );

  test('that redirects to itself over another scheme or port is not followed either', async () => {
    for (const location of ['http://127.0.0.1:1/v1/messages', '/elsewhere', '//evil.example/v1/messages']) {
      byo.sandbox.clear();
      expectFailure(
        byo,
        await play(byo, { reply: { status: 307, headers: { location } } }),
        'provider_failed',
        'redirect',
      );
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
    expectFailure(byo, await play(byo, { stop }), 'provider_failed', reason);
  });
});

describe('an answer that ends too early is never a success', () => {
  const byo = byoServer();
  test.each([0, 1, 2, 3, 5, 8])('after %i frames', async (after) => {
    const answer = await play(byo, { phase: 'classification', stop: { how: 'end', after } }, 'openai');
    expectFailure(byo, answer, 'provider_failed', 'truncated');
    expect(answer.events.some(({ name }) => name === 'intent')).toBe(false);
  });
});
