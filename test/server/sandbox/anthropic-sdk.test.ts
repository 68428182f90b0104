import Anthropic, {
  APIError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from '@anthropic-ai/sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { classificationAnswer } from '../../../shared/compose/prompts/classification.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { anthropicBody, CALLS } from './prompts.ts';

let sandbox: TestSandbox;
let client: Anthropic;

beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant', journal: true });
  client = new Anthropic({ apiKey: 'sk-ant-test', authToken: null, baseURL: sandbox.origin, maxRetries: 0 });
});
beforeEach(() => {
  sandbox.script([]);
  sandbox.clear();
});
afterAll(() => sandbox.close());

const ask = (more: object = {}) =>
  client.messages.create({ ...anthropicBody(CALLS.draft), ...more, stream: false });
const textOf = ({ content }: Anthropic.Message): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('');

test('a message has text, stop reason, usage and a request id', async () => {
  const { data, response, request_id } = await client.messages
    .create({ ...anthropicBody(CALLS.draft), stream: false })
    .withResponse();
  expect(textOf(data)).toMatch(/^# Write weekly release notes\n/);
  expect(data).toMatchObject({ model: 'sandbox-1', role: 'assistant', stop_reason: 'end_turn' });
  expect(data.usage.output_tokens).toBeGreaterThan(100);
  expect(request_id).toBe(response.headers.get('request-id'));
});

test('a stream gives the same message', async () => {
  const whole = await ask();
  const streamed = await client.messages.stream(anthropicBody(CALLS.draft)).finalMessage();
  expect(textOf(streamed)).toBe(textOf(whole));
  expect(streamed.stop_reason).toBe('end_turn');
  expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens);
  expect(streamed.usage.input_tokens).toBe(whole.usage.input_tokens);
});

test('a stream’s events come in the documented order, a ping among them', async () => {
  const response = await fetch(`${sandbox.origin}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'k', 'anthropic-version': '2026-10-21', 'content-type': 'application/json' },
    body: JSON.stringify({ ...anthropicBody(CALLS.classification), stream: true }),
  });
  const names = [...(await response.text()).matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
  const once = names.filter((name, at) => name !== names[at - 1]);
  expect(once).toEqual([
    'message_start',
    'content_block_start',
    'ping',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
});

test('both API versions and both auth headers are taken', async () => {
  for (const version of ['2023-06-01', '2026-10-21']) {
    const bearer = new Anthropic({
      apiKey: null,
      authToken: 'sk-ant-test',
      baseURL: sandbox.origin,
      maxRetries: 0,
      defaultHeaders: { 'anthropic-version': version },
    });
    expect(
      classificationAnswer.parse(
        JSON.parse(
          textOf(await bearer.messages.create({ ...anthropicBody(CALLS.classification), stream: false })),
        ),
      ).kind,
    ).toBe('bundle');
  }
  expect(sandbox.journal.at(-1)?.headers).toContainEqual(['authorization', 'Bearer sk-ant-test']);
});

test('the newer version refuses sampling parameters', async () => {
  const newer = { headers: { 'anthropic-version': '2026-10-21' } };
  const body = { ...anthropicBody(CALLS.draft), temperature: 0.5, stream: false } as const;
  await expect(client.messages.create(body, newer)).rejects.toBeInstanceOf(BadRequestError);
  expect((await client.messages.create(body)).stop_reason).toBe('end_turn');
});

test('reaching max_tokens is the stop reason', async () => {
  const short = await client.messages
    .stream({ ...anthropicBody(CALLS.draft), max_tokens: 20 })
    .finalMessage();
  expect(short.stop_reason).toBe('max_tokens');
  expect(short.usage.output_tokens).toBe(20);
});

test('models are listed and tokens counted', async () => {
  expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['sandbox-1']);
  const { max_tokens: _, ...counted } = anthropicBody(CALLS.plan);
  expect((await client.messages.countTokens(counted)).input_tokens).toBeGreaterThan(500);
});

test.each([
  ['anthropic-400-spend', BadRequestError, { status: 400 }],
  ['anthropic-401', AuthenticationError, { status: 401 }],
  ['anthropic-402', APIError, { status: 402 }],
  ['anthropic-403', PermissionDeniedError, { status: 403 }],
  ['anthropic-404', NotFoundError, { status: 404 }],
  ['anthropic-429', RateLimitError, { status: 429 }],
  ['anthropic-529', InternalServerError, { status: 529 }],
] as const)('%s is the SDK’s error of that kind', async (fault, kind, fields) => {
  sandbox.script([{ fault }]);
  const error = await ask().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({
    ...fields,
    error: { type: 'error', error: { type: expect.any(String), message: expect.any(String) } },
  });
});

test('an overload in the middle of a stream is thrown', async () => {
  sandbox.script([{ stop: { how: 'error', after: 6, error: 'anthropic' } }]);
  await expect(client.messages.stream(anthropicBody(CALLS.draft)).finalMessage()).rejects.toMatchObject({
    error: { error: { type: 'overloaded_error' } },
  });
});

test('a stream that ends cleanly in the middle is no message', async () => {
  sandbox.script([{ stop: { how: 'end', after: 6 } }]);
  await expect(client.messages.stream(anthropicBody(CALLS.draft)).finalMessage()).rejects.toThrow();
});
