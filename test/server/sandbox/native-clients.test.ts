import { GoogleGenAI } from '@google/genai';
import { EventStreamCodec, getChunkedStream } from '@smithy/core/event-streams';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant', journal: true });
});
beforeEach(() => {
  sandbox.script([]);
  sandbox.clear();
});
afterAll(() => sandbox.close());

const GOAL = 'Write weekly release notes from merged pull requests';
const SCHEMA = {
  type: 'object',
  properties: { kind: { type: 'string', enum: ['a', 'b'] } },
  required: ['kind'],
  additionalProperties: false,
};
const openAi = () => new OpenAI({ apiKey: 'sk-test', baseURL: `${sandbox.origin}/v1`, maxRetries: 0 });
const gemini = () => new GoogleGenAI({ apiKey: 'AQ.test', httpOptions: { baseUrl: sandbox.origin } });

test('Responses: the openai client collects a stream, and reads an answer that came whole', async () => {
  const stream = openAi().responses.stream({ model: 'sandbox-1', input: GOAL, instructions: 'Write.' });
  let text = '';
  stream.on('response.output_text.delta', ({ delta }) => {
    text += delta;
  });
  const final = await stream.finalResponse();
  expect(final).toMatchObject({ status: 'completed', model: 'sandbox-1', object: 'response' });
  expect(final.output_text).toBe(text);
  expect(text.length).toBeGreaterThan(20);
  expect(final.usage?.total_tokens).toBe(
    (final.usage?.input_tokens ?? 0) + (final.usage?.output_tokens ?? 0),
  );
  const whole = await openAi().responses.create({ model: 'sandbox-1', input: GOAL, instructions: 'Write.' });
  expect(whole.output_text).toBe(text);
});

test('Responses: ends for its limit, for a refusal, and wants 16 tokens', async () => {
  const short = await openAi().responses.create({ model: 'sandbox-1', input: GOAL, max_output_tokens: 16 });
  expect(short).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
  await expect(
    openAi().responses.create({ model: 'sandbox-1', input: GOAL, max_output_tokens: 1 }),
  ).rejects.toMatchObject({ status: 400, param: 'max_output_tokens' });
  sandbox.script([{ finish: 'refusal', text: 'I cannot.' }]);
  const refused = await openAi().responses.create({ model: 'sandbox-1', input: GOAL });
  expect(refused.output[0]).toMatchObject({ content: [{ type: 'refusal', refusal: 'I cannot.' }] });
});

test('Responses: answers in the schema that was asked for', async () => {
  const { output_text } = await openAi().responses.create({
    model: 'sandbox-1',
    input: GOAL,
    text: { format: { type: 'json_schema', name: 'kind', strict: true, schema: SCHEMA } },
  });
  expect(['a', 'b']).toContain(JSON.parse(output_text).kind);
});

test('a model and the tokens of a prompt can be asked for', async () => {
  expect(await openAi().models.retrieve('meta-llama/llama-4')).toMatchObject({ id: 'meta-llama/llama-4' });
  expect(await gemini().models.get({ model: 'gemini-x' })).toMatchObject({ name: 'models/gemini-x' });
  const { totalTokens } = await gemini().models.countTokens({ model: 'gemini-x', contents: GOAL });
  expect(totalTokens).toBeGreaterThan(5);
  const { input_tokens } = await openAi().responses.inputTokens.count({ model: 'm', input: GOAL });
  expect(input_tokens).toBe(totalTokens);
});

test('what Responses repeats of its request, it repeats', async () => {
  const asked = { instructions: 'Write.', max_output_tokens: 99, metadata: { run: '7' }, temperature: 0.5 };
  expect(await openAi().responses.create({ model: 'm', input: GOAL, ...asked })).toMatchObject(asked);
});

test('Converse: a refusal has the name that Amazon’s client goes by', async () => {
  const response = await fetch(`${sandbox.origin}/model/m/converse`, {
    method: 'POST',
    body: '{"messages":[]}',
  });
  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
});

test('Gemini: the @google/genai client reads a stream, a whole answer, a schema and the list', async () => {
  let text = '';
  let finish: string | undefined;
  for await (const chunk of await gemini().models.generateContentStream({
    model: 'sandbox-1',
    contents: GOAL,
  })) {
    text += chunk.text ?? '';
    finish = chunk.candidates?.[0]?.finishReason ?? finish;
    expect(chunk.usageMetadata?.promptTokenCount).toBeGreaterThan(0);
  }
  expect(finish).toBe('STOP');
  const whole = await gemini().models.generateContent({ model: 'sandbox-1', contents: GOAL });
  expect(whole.text).toBe(text);
  expect(sandbox.journal[0]?.headers).toContainEqual(['x-goog-api-key', 'AQ.test']);
  const json = await gemini().models.generateContent({
    model: 'sandbox-1',
    contents: GOAL,
    config: { responseMimeType: 'application/json', responseJsonSchema: SCHEMA },
  });
  expect(['a', 'b']).toContain(JSON.parse(json.text ?? '').kind);
  const names: (string | undefined)[] = [];
  for await (const { name } of await gemini().models.list()) names.push(name);
  expect(names).toEqual(['models/sandbox-1']);
});

test('Converse: frames that Amazon’s codec takes, checksums and all', async () => {
  const ask = (call: string) =>
    fetch(`${sandbox.origin}/model/us.amazon.nova-pro-v1%3A0/${call}`, {
      method: 'POST',
      headers: { authorization: 'Bearer ABSKtest', 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: GOAL }] }] }),
    });
  const response = await ask('converse-stream');
  expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
  const codec = new EventStreamCodec(
    (input) => Buffer.from(input as Uint8Array).toString('utf8'), // as: it hands over bytes
    (input) => Buffer.from(input, 'utf8'),
  );
  const seen: string[] = [];
  let text = '';
  if (!response.body) throw new Error('no body');
  for await (const frame of getChunkedStream(response.body)) {
    const { headers, body } = codec.decode(frame);
    const event = String(headers[':event-type']?.value);
    if (seen.at(-1) !== event) seen.push(event);
    text += JSON.parse(Buffer.from(body).toString('utf8')).delta?.text ?? '';
  }
  expect(seen).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata']);
  const count = await fetch(`${sandbox.origin}/model/m/count-tokens`, {
    method: 'POST',
    body: JSON.stringify({
      input: { converse: { messages: [{ role: 'user', content: [{ text: GOAL }] }] } },
    }),
  });
  expect(await count.json()).toEqual({ inputTokens: expect.any(Number) });
  const whole = await (await ask('converse')).json();
  expect(whole).toMatchObject({
    output: { message: { role: 'assistant', content: [{ text }] } },
    stopReason: 'end_turn',
  });
});
