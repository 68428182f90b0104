import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../../server/sandbox/create-sandbox.ts';
import { anthropicClient } from './clients/anthropic-client.ts';
import { chatClient } from './clients/chat-client.ts';
import { type Asked, type Client, FITTING, MODEL } from './clients/client.ts';
import { cohereClient } from './clients/cohere-client.ts';
import { converseClient } from './clients/converse-client.ts';
import { geminiClient } from './clients/gemini-client.ts';
import { groqClient } from './clients/groq-client.ts';
import { openRouter, openRouterClient } from './clients/openrouter-client.ts';
import { responsesClient } from './clients/responses-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ pace: 'instant' });
});
afterAll(() => sandbox.close());

/** The vendor's own words for the four ends: by itself, at the caller's text, at the limit, with a call. */
interface Vendor {
  readonly at: (origin: string) => Client;
  readonly ends: readonly [stop: string, stopText: string, length: string, call: string];
  /** What the vendor does not have: refused with a 400, or left alone. */
  readonly lacks?: Readonly<Partial<Record<'stop' | 'n' | 'named tool', 'refused' | 'no such field'>>>;
}

const CHAT = ['stop', 'stop', 'length', 'tool_calls'] as const;
const MESSAGES = ['end_turn', 'stop_sequence', 'max_tokens', 'tool_use'] as const;

/** Cohere's compatible endpoint is not here: it refuses `stream_options`, which openai's client is asked to send (`requests.test.ts`). */
const VENDORS: readonly (readonly [name: string, vendor: Vendor])[] = [
  ['openai, chat completions', { at: (origin) => chatClient(origin, '/v1'), ends: CHAT }],
  [
    'openai, Responses',
    {
      at: responsesClient,
      ends: ['completed', '', 'max_output_tokens', 'completed'],
      lacks: { stop: 'refused', n: 'refused' },
    },
  ],
  ['openai at Fireworks', { at: (origin) => chatClient(origin, '/inference/v1'), ends: CHAT }],
  ['openai at Gemini', { at: (origin) => chatClient(origin, '/v1beta/openai'), ends: CHAT }],
  [
    '@anthropic-ai/sdk',
    { at: (origin) => anthropicClient(origin, '2023-06-01'), ends: MESSAGES, lacks: { n: 'refused' } },
  ],
  [
    '@anthropic-ai/sdk, as its version 1 speaks',
    { at: (origin) => anthropicClient(origin, '2026-10-21'), ends: MESSAGES, lacks: { n: 'refused' } },
  ],
  ['@google/genai', { at: geminiClient, ends: ['STOP', 'STOP', 'MAX_TOKENS', 'STOP'] }],
  ['groq-sdk', { at: groqClient, ends: CHAT, lacks: { n: 'refused' } }],
  ['@openrouter/sdk', { at: openRouterClient, ends: CHAT, lacks: { n: 'no such field' } }],
  ['Amazon’s codec and types', { at: converseClient, ends: MESSAGES, lacks: { n: 'no such field' } }],
  [
    'cohere-ai’s types',
    {
      at: cohereClient,
      ends: ['COMPLETE', 'STOP_SEQUENCE', 'MAX_TOKENS', 'TOOL_CALL'],
      lacks: { n: 'no such field', 'named tool': 'no such field' },
    },
  ],
];

describe.each(VENDORS)('%s', (_, { at, ends: [stop, stopText, length, call], lacks = {} }) => {
  const client = (): Client => at(sandbox.origin);
  const ask = (asked: Omit<Asked, 'stream'>, stream = false) => client().ask({ ...asked, stream });
  const refusal = (asked: Omit<Asked, 'stream'>) =>
    ask(asked).then(
      () => 'answered',
      (error: unknown) => client().status(error),
    );

  test('an answer is the same whole and streamed, with the model’s name and counts', async () => {
    const whole = await ask({ system: 'Be brief.' });
    expect(whole).toMatchObject({ model: MODEL, finish: stop });
    expect(whole.texts.join()).toMatch(/sandbox/);
    expect(whole.input).toBeGreaterThan(0);
    expect(whole.output).toBeGreaterThan(0);
    expect(await ask({ system: 'Be brief.' }, true)).toEqual(whole);
  });

  test('any tool that is demanded is called, and none when the choice is free', async () => {
    const called = await ask({ tools: true, choice: 'any' });
    expect(called).toMatchObject({ finish: call, tool: { name: 'clock', input: {} } });
    expect(await ask({ tools: true, choice: 'any' }, true)).toMatchObject({
      finish: call,
      tool: { name: 'clock', input: {} },
    });
    const free = await ask({ tools: true, choice: 'auto' });
    expect(free).toMatchObject({ finish: stop, tool: undefined });
  });

  test('a certain tool is called with arguments that fit it, and refused when there is none', async () => {
    if (lacks['named tool']) return expect(lacks['named tool']).toBe('no such field');
    const expected = { finish: call, tool: { name: 'weather', input: FITTING } };
    expect(await ask({ tools: true, choice: 'weather' })).toMatchObject(expected);
    expect(await ask({ tools: true, choice: 'weather' }, true)).toMatchObject(expected);
    expect(await refusal({ tools: true, choice: 'rain' })).toBe(400);
  });

  test('what came of a call is taken', async () => {
    expect(await ask({ tools: true, result: 'It is noon.' })).toMatchObject({
      finish: stop,
      tool: undefined,
    });
  });

  test('an answer ends before the caller’s text', async () => {
    if (lacks.stop === 'refused') return expect(await refusal({ stop: 'x' })).toBe(400);
    const full = (await ask({})).texts[0] ?? '';
    const at = full.slice(20, 26);
    const cut = { finish: stopText, texts: [full.slice(0, full.indexOf(at))] };
    expect(await ask({ stop: at })).toMatchObject(cut);
    expect(await ask({ stop: at }, true)).toMatchObject(cut);
  });

  test('an answer ends at its limit', async () => {
    const full = (await ask({})).texts[0] ?? '';
    const short = await ask({ maxTokens: 16 });
    expect(short).toMatchObject({ finish: length, output: 16 });
    expect(full.startsWith(short.texts[0] ?? 'nothing')).toBe(true);
    expect(await ask({ maxTokens: 16 }, true)).toEqual(short);
  });

  test('several answers are several, or refused as the vendor does', async () => {
    if (lacks.n === 'no such field') return expect(lacks.n).toBe('no such field');
    if (lacks.n === 'refused') return expect(await refusal({ n: 2 })).toBe(400);
    const two = await ask({ n: 2 });
    expect(two.texts).toHaveLength(2);
    expect((await ask({ n: 2 }, true)).texts).toEqual(two.texts);
  });

  test('JSON fits the schema', async () => {
    const { texts } = await ask({ json: true }, true);
    expect(JSON.parse(texts[0] ?? '')).toEqual(FITTING);
  });

  test('the list of models has the sandbox’s', async () => {
    const { models } = client();
    if (models) expect(await models()).toEqual(['sandbox-1']);
  });
});

test('OpenRouter’s own client takes what is said of the key and of the user’s models', async () => {
  const { data } = await openRouter(sandbox.origin).apiKeys.getCurrentKeyMetadata();
  expect(data).toMatchObject({ label: 'sandbox', limit: null, usage: 0, isFreeTier: false });
  const pages = await openRouter(sandbox.origin).models.listForUser({ bearer: 'sk-or-v1-test' });
  for await (const { result } of pages)
    expect(result.data.map(({ id, pricing }) => [id, pricing.prompt])).toEqual([['sandbox-1', '0']]);
});
