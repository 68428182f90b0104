import OpenAI, {
  APIConnectionError,
  APIError,
  AuthenticationError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { planAnswer } from '../../../shared/compose/prompts/plan.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { CALLS, openAiBody } from './prompts.ts';

let sandbox: TestSandbox;
let client: OpenAI;

beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant', journal: true });
  client = new OpenAI({ apiKey: 'sk-test-key', baseURL: `${sandbox.origin}/v1`, maxRetries: 0 });
});
beforeEach(() => {
  sandbox.script([]);
  sandbox.clear();
});
afterAll(() => sandbox.close());

const ask = (more: object = {}) =>
  client.chat.completions.create({ ...openAiBody(CALLS.draft, { ...more }), stream: false });

async function collect(client: OpenAI, more: object = {}) {
  const stream = await client.chat.completions.create({
    ...openAiBody(CALLS.draft, { stream_options: { include_usage: true }, ...more }),
    stream: true,
  });
  const seen = {
    text: '',
    finish: null as string | null,
    usage: null as OpenAI.CompletionUsage | null,
    chunks: 0,
  };
  for await (const chunk of stream) {
    seen.chunks += 1;
    seen.text += chunk.choices[0]?.delta.content ?? '';
    seen.finish = chunk.choices[0]?.finish_reason ?? seen.finish;
    seen.usage = chunk.usage ?? seen.usage;
    expect(chunk.object).toBe('chat.completion.chunk');
  }
  return seen;
}

test('a completion has text, finish reason, usage and a request id', async () => {
  const { data, response, request_id } = await client.chat.completions
    .create({ ...openAiBody(CALLS.draft), stream: false })
    .withResponse();
  expect(data.choices[0]?.message.content).toMatch(/^# Write weekly release notes\n/);
  expect(data.choices[0]?.finish_reason).toBe('stop');
  expect(data.model).toBe('sandbox-1');
  expect(data.usage?.total_tokens).toBe(
    (data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0),
  );
  expect(request_id).toBe(response.headers.get('x-request-id'));
});

test('a stream gives the same text, and its usage in a last chunk without choices', async () => {
  const whole = await ask();
  const streamed = await collect(client);
  expect(streamed.text).toBe(whole.choices[0]?.message.content);
  expect(streamed.finish).toBe('stop');
  expect(streamed.usage).toEqual(whole.usage);
  expect(streamed.chunks).toBeGreaterThan(20);
});

test('a stream’s last line is [DONE]', async () => {
  const body = JSON.stringify({ ...openAiBody(CALLS.draft), stream: true });
  const response = await fetch(`${sandbox.origin}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(await response.text()).toMatch(/\n\ndata: \[DONE\]\n\n$/);
});

test('a stream has no usage unless it was asked for', async () => {
  expect((await collect(client, { stream_options: undefined })).usage).toBeNull();
});

test('the SDK’s own stream helper accumulates the answer and its parsed JSON', async () => {
  const stream = client.chat.completions.stream({ ...openAiBody(CALLS.plan), stream: true });
  const final = await stream.finalChatCompletion();
  expect(planAnswer.parse(JSON.parse(final.choices[0]?.message.content ?? '')).items.length).toBeGreaterThan(
    0,
  );
});

test('reaching the output limit ends with `length`', async () => {
  const short = await collect(client, { max_completion_tokens: 20 });
  expect(short.finish).toBe('length');
  expect(short.usage?.completion_tokens).toBe(20);
  expect((await ask()).choices[0]?.message.content?.startsWith(short.text)).toBe(true);
});

test('a refusal comes in its own field', async () => {
  sandbox.script([{ text: 'I cannot help with that.', finish: 'refusal' }]);
  const stream = client.chat.completions.stream({ ...openAiBody(CALLS.draft), stream: true });
  const [choice] = (await stream.finalChatCompletion()).choices;
  expect(choice?.message).toMatchObject({ content: null, refusal: 'I cannot help with that.' });
});

test('models are listed', async () => {
  expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['sandbox-1']);
});

test.each([
  ['openai-401', AuthenticationError, { status: 401, code: 'invalid_api_key' }],
  ['openai-403', PermissionDeniedError, { status: 403 }],
  ['openai-404', NotFoundError, { status: 404, code: 'model_not_found', param: 'model' }],
  ['openai-429', RateLimitError, { status: 429, code: 'rate_limit_exceeded', type: 'requests' }],
  ['openai-429-quota', RateLimitError, { code: 'insufficient_quota' }],
  ['openai-500', InternalServerError, { status: 500 }],
  ['openai-503', InternalServerError, { status: 503 }],
  ['openrouter-402', APIError, { status: 402, code: 402 }],
  ['groq-498', APIError, { status: 498 }],
  ['azure-401', AuthenticationError, { code: '401' }],
] as const)('%s is the SDK’s error of that kind', async (fault, kind, fields) => {
  sandbox.script([{ fault }]);
  const error = await ask().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject(fields);
});

test.each(['openai-event', 'openai-data', 'openrouter', 'groq'] as const)(
  'the mid-stream error %s is thrown after the text before it',
  async (error) => {
    sandbox.script([{ stop: { how: 'error', after: 4, error } }]);
    await expect(collect(client)).rejects.toBeInstanceOf(APIError);
    expect(sandbox.journal[0]?.frames).toBe(4);
  },
);

test('a connection that is reset before the head is a connection error', async () => {
  sandbox.script([{ stop: { how: 'reset', after: 'nothing' } }]);
  await expect(ask()).rejects.toBeInstanceOf(APIConnectionError);
});

test('the prefixes of other vendors answer in their dialect', async () => {
  for (const prefix of ['/openai/v1', '/api/v1', '/v1beta/openai']) {
    const vendor = new OpenAI({ apiKey: 'k', baseURL: sandbox.origin + prefix, maxRetries: 0 });
    const seen = await collect(vendor);
    expect(seen.text).toMatch(/^# Write weekly/);
    expect(seen.usage?.total_tokens).toBeGreaterThan(0);
    expect((await vendor.models.list()).data[0]?.id).toBe('sandbox-1');
  }
  const cohere = new OpenAI({ apiKey: 'k', baseURL: `${sandbox.origin}/compatibility/v1`, maxRetries: 0 });
  expect((await collect(cohere, { stream_options: undefined })).finish).toBe('stop');
  await expect(collect(cohere)).rejects.toMatchObject({ status: 400 });
});
