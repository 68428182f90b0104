import { describe, expect, test } from 'vitest';
import type { FailureCode, FailureReason } from '../../../shared/contract/failure.ts';
import type { Usage } from '../../../shared/contract/usage.ts';
import type { Rule } from '../../sandbox/script.ts';
import { STREAM_ERRORS } from '../../sandbox/stream-errors.ts';
import { byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';
import { PROVIDER_NAMES, PROVIDERS, type ProviderName } from './support/provider-bodies.ts';

/** What a provider can say in place of an answer or in one, tried on the whole server. */
const byo = byoServer();
const ONE = { goal: 'write one skill that lists files' };

async function play(rule: Rule, provider: ProviderName = 'openai', body = {}): Promise<RunAnswer> {
  byo.sandbox.script([rule]);
  byo.takeKey(PROVIDERS[provider].prefix);
  return (await byo.open({ ...ONE, ...PROVIDERS[provider].body, ...body })).answer();
}
const lastOf = ({ events }: RunAnswer): string | undefined => events.at(-1)?.name;

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-7', model: 'gpt-x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const INTENT = {
  kind: 'single',
  summary: 'Lists files ünd 🚀',
  capabilities: [{ id: 'c1', need: 'List files' }],
  constraints: [],
  assumptions: [],
};
const text = JSON.stringify(INTENT);

describe('frames of all kinds', () => {
  const whole = [
    chunk({ content: text.slice(0, 40) }),
    chunk({ content: text.slice(40) }),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ];
  const readable: readonly (readonly [string, Rule])[] = [
    ['a BOM and CRLF', { frames: ['\ufeff', ...whole.map((frame) => frame.replaceAll('\n', '\r\n'))] }],
    ['CR alone', { frames: whole.map((frame) => frame.replaceAll('\n', '\r')) }],
    [
      'comments, pings and unknown events',
      { frames: [': hi\n\n', 'event: ping\ndata: {}\n\n', 'event: done\ndata: {"drafts":9}\n\n', ...whole] },
    ],
    ['data after [DONE]', { frames: [...whole, chunk({ content: 'evil' })] }],
    ['one byte a packet', { frames: whole, bytesPerWrite: 1 }],
    ['seven bytes a packet, cut inside characters', { frames: whole, bytesPerWrite: 7 }],
    [
      'fields that nobody knows',
      { frames: whole.map((frame) => frame.replace('{"id"', '{"__proto__":{"x":1},"new":[[]],"id"')) },
    ],
  ];
  test.each(readable)('%s are read', async (_, rule) => {
    const answer = await play({ phase: 'classification', ...rule });
    const intent = answer.events.find(({ name }) => name === 'intent');
    expect(intent?.event?.data).toMatchObject({ summary: INTENT.summary });
    expect(lastOf(answer)).toBe('done');
    expect(answer.text).not.toContain('evil');
    expect(answer.events.filter(({ name }) => name === 'done')).toHaveLength(1);
  });

  const broken: readonly (readonly [string, readonly string[], FailureReason])[] = [
    ['JSON that is cut', ['data: {"choices":[{"delta":{"content":"half\n\n'], 'not_a_stream'],
    ['null', ['data: null\n\n'], 'truncated'],
    ['a list', ['data: [1,2,3]\n\n'], 'truncated'],
    ['[DONE] and nothing before it', ['data: [DONE]\n\n'], 'truncated'],
  ];
  test.each(broken)('%s is a failure, and not quoted', async (_, frames, reason) => {
    const answer = await play({ frames: [...frames] });
    expect(answer.failure).toMatchObject({ code: 'provider_failed', reason });
    expect(answer.text).not.toContain('half');
    expect(byo.sandbox.journal).toHaveLength(1);
  });
});

describe('an error in the middle of a stream', () => {
  /** A draft that was cut off or filtered is asked for again once, every other failure ends it. */
  const dialects: readonly (readonly [keyof typeof STREAM_ERRORS, ProviderName, FailureCode, number])[] = [
    ['openai-event', 'openai', 'provider_overloaded', 1],
    ['openai-data', 'openai', 'provider_overloaded', 1],
    ['openai-rate-limit', 'openai', 'rate_limited', 1],
    ['anthropic', 'anthropic', 'provider_overloaded', 1],
    ['anthropic-api', 'anthropic', 'provider_overloaded', 1],
    ['openrouter', 'openrouter', 'provider_overloaded', 1],
    ['groq', 'groq', 'provider_failed', 2],
    ['groq-x', 'groq', 'provider_failed', 1],
    ['google', 'google', 'provider_overloaded', 1],
    ['cohere', 'cohere', 'provider_failed', 2],
    ['azure', 'azure', 'provider_failed', 2],
    ['malformed', 'openai', 'provider_failed', 1],
    ['null', 'openai', 'provider_failed', 2],
  ];
  test('every dialect that the sandbox knows is in the table', () => {
    expect(dialects.map(([error]) => error).sort()).toEqual(Object.keys(STREAM_ERRORS).sort());
  });
  test.each(dialects)(
    '%s keeps the text before it, and is asked as often as it may be',
    async (error, provider, code, asked) => {
      const answer = await play({ phase: 'draft', stop: { how: 'error', after: 6, error } }, provider);
      const call = answer.events.find(
        ({ event }) => event?.event === 'call' && event.data.state === 'failed',
      )?.event;
      expect(call?.data).toMatchObject({ call: 'draft-i1-1', error: { code } });
      expect(answer.events.some(({ name }) => name === 'text')).toBe(true);
      expect(lastOf(answer)).toBe('failed');
      expect(byo.sandbox.journal.filter(({ phase }) => phase === 'draft')).toHaveLength(asked);
      const words = /Failed to call a function|disconnected unexpectedly|Internal server error/;
      expect(answer.failure?.message).not.toMatch(words);
      expect(JSON.stringify(byo.lines)).not.toMatch(words);
      // What the model had generated is no part of what its provider says.
      expect(answer.text).not.toContain('alert(1)');
    },
  );
});

describe('a provider that gives the key back', () => {
  const forms = ['raw', 'percent', 'base64', 'base64+1', 'base64+2', 'base64url', 'hex', 'json'] as const;
  test.each(
    forms.flatMap((form) =>
      (['error', 'header', 'request-id', 'location', 'stream-error'] as const).map((place) => ({
        form,
        place,
      })),
    ),
  )('as $form in the $place: it reaches nobody', async ({ form, place }) => {
    const answer = await play({ echo: { in: place, form } }, 'anthropic');
    expect(answer.failure?.code).toMatch(/key_rejected|provider_/);
    expect(byo.sandbox.journal).toHaveLength(1);
  });

  test.each(forms.flatMap((form) => [1, 2, 7].map((split) => ({ form, split }))))(
    'as $form in the model’s text, in $split deltas: it reaches nobody',
    async ({ form, split }) => {
      const answer = await play({ phase: 'draft', echo: { in: 'text', form, split } }, 'anthropic');
      expect(lastOf(answer)).toBe('done');
      expect(answer.text).toContain('***');
    },
  );

  test('as id and model of its stream, in packets of seven bytes: it is in no receipt', async () => {
    byo.takeKey('');
    const frames = [chunk({ content: text }), chunk({}, 'stop'), 'data: [DONE]\n\n'];
    const named = frames.map((frame) => frame.replace('chatcmpl-7', byo.key).replace('gpt-x', byo.key));
    byo.sandbox.script([{ phase: 'classification', frames: named, bytesPerWrite: 7 }]);
    const answer = await (await byo.open({ ...ONE, ...PROVIDERS.cohere.body })).answer();
    expect(lastOf(answer)).toBe('done');
    expect(answer.events.some(({ name }) => name === 'receipt')).toBe(true);
  });

  test('is erased at every provider, whose header and dialect are others', async () => {
    for (const provider of PROVIDER_NAMES) {
      byo.sandbox.clear();
      const answer = await play({ echo: { in: 'error', form: 'raw' } }, provider);
      expect(answer.failure?.code, provider).toMatch(/key_rejected|provider_/);
      expect(answer.text, provider).not.toContain(byo.key.slice(-16));
    }
  });
});

describe('usage that cannot be', () => {
  const total = ({ events }: RunAnswer): Usage => {
    const usage = events.findLast(({ event }) => event?.event === 'usage')?.event;
    if (usage?.event !== 'usage') throw new Error('the run told no usage');
    return usage.data;
  };
  test.each(['missing', 'negative', 'huge', 'text'] as const)(
    '%s is estimated, never NaN and never nothing',
    async (usage) => {
      const { inputTokens, outputTokens, costUsd, estimated } = total(
        await play({ usage }, 'anthropic', { model: 'claude-sonnet-4-5' }),
      );
      expect(estimated).toBe(true);
      for (const number of [inputTokens, outputTokens, costUsd ?? Number.NaN]) {
        expect(number).toBeGreaterThan(0);
        expect(number).toBeLessThan(1_000_000);
      }
    },
  );

  test('that counts more cached tokens than it had is not cheaper than free', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 9999 } };
    const { costUsd } = total(await play({ usage }, 'openai', { model: 'gpt-5' }));
    expect(costUsd).toBeGreaterThan(0);
  });
});

describe('an answer that is none', () => {
  const useless: readonly (readonly [string, Rule, FailureReason, number])[] = [
    ['prose', { text: 'Release notes are a list of changes.' }, 'bad_output', 2],
    ['JSON of another shape', { text: '{"kind":"single","capabilities":"all of them"}' }, 'bad_output', 2],
    ['JSON nested 1,000 deep', { text: `{"kind":${'['.repeat(1000)}${']'.repeat(1000)}}` }, 'bad_output', 2],
    [
      'a field of 1 MB',
      { text: JSON.stringify({ ...INTENT, summary: 'x'.repeat(1 << 20) }) },
      'output_limit',
      1,
    ],
    ['nothing', { text: '' }, 'bad_output', 1],
    ['cut off at the output limit', { finish: 'length' }, 'output_limit', 1],
    ['a refusal', { finish: 'refusal' }, 'refused', 1],
    ['filtered', { finish: 'content_filter' }, 'refused', 1],
  ];
  test.each(useless)('%s is a failure with its reason, and no plan', async (_, rule, reason, requests) => {
    const answer = await play({ phase: 'classification', ...rule });
    expect(answer.failure).toMatchObject({ code: 'provider_failed', reason });
    expect(answer.events.some(({ name }) => name === 'plan')).toBe(false);
    expect(byo.sandbox.journal).toHaveLength(requests);
  });
});
