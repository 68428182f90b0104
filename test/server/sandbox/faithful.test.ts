import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../../server/sandbox/create-sandbox.ts';

let sandbox: Sandbox;
let openAi: OpenAI;
let anthropic: Anthropic;
beforeAll(async () => {
  sandbox = await createSandbox({ pace: 'instant' });
  openAi = new OpenAI({ apiKey: 'sk-x', baseURL: `${sandbox.origin}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: 'sk-ant-x', baseURL: sandbox.origin, maxRetries: 0 });
});
afterAll(() => sandbox.close());

const messages = [{ role: 'user', content: 'What can you do? Tell me.' }] as const;
const PARAMETERS = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'kelvin'] }, days: { type: 'integer' } },
  required: ['city', 'unit', 'days'],
  additionalProperties: false,
} as const;
const tools = [
  { type: 'function', function: { name: 'clock', parameters: { type: 'object' } } },
  { type: 'function', function: { name: 'weather', parameters: { ...PARAMETERS } } },
] as const;
const WEATHER = { city: '', unit: 'celsius', days: 0 };

test('it answers as the model that was asked', async () => {
  const model = 'gpt-4o-mini';
  expect((await openAi.chat.completions.create({ model, messages: [...messages] })).model).toBe(model);
  expect((await openAi.responses.create({ model, input: 'Hello' })).model).toBe(model);
  const message = await anthropic.messages.create({
    model: 'claude-x',
    max_tokens: 99,
    messages: [...messages],
  });
  expect(message.model).toBe('claude-x');
  for await (const chunk of await openAi.chat.completions.create({
    model,
    messages: [...messages],
    stream: true,
  }))
    expect(chunk.model).toBe(model);
});

test('it calls the tool that is demanded, with arguments that fit its schema', async () => {
  const tool_choice = { type: 'function', function: { name: 'weather' } } as const;
  const asked = { model: 'm', messages: [...messages], tools: [...tools], tool_choice };
  const [choice] = (await openAi.chat.completions.create(asked)).choices;
  expect(choice).toMatchObject({
    finish_reason: 'tool_calls',
    message: { content: null, tool_calls: [{ type: 'function', function: { name: 'weather' } }] },
  });
  const call = choice?.message.tool_calls?.[0];
  expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual(WEATHER);

  const streamed = await openAi.chat.completions.stream(asked).finalChatCompletion();
  const again = streamed.choices[0]?.message.tool_calls?.[0];
  expect(again?.type === 'function' && JSON.parse(again.function.arguments)).toEqual(WEATHER);
  expect(streamed.choices[0]?.finish_reason).toBe('tool_calls');
});

test('it takes the first tool when any is demanded, none when the choice is its own, and refuses one that is not there', async () => {
  const asked = { model: 'm', messages: [...messages], tools: [...tools] };
  const first = await openAi.chat.completions.create({ ...asked, tool_choice: 'required' });
  expect(first.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'clock' } });
  for (const tool_choice of ['auto', 'none'] as const) {
    const free = await openAi.chat.completions.create({ ...asked, tool_choice });
    expect(free.choices[0]?.message.tool_calls).toBeUndefined();
    expect(free.choices[0]?.message.content).toMatch(/sandbox/);
  }
  const other = { type: 'function', function: { name: 'rain' } } as const;
  await expect(openAi.chat.completions.create({ ...asked, tool_choice: other })).rejects.toMatchObject({
    status: 400,
    param: 'tool_choice',
  });
});

test('it calls tools as Anthropic does', async () => {
  const asked = {
    model: 'm',
    max_tokens: 500,
    messages: [...messages],
    tools: [{ name: 'weather', input_schema: { ...PARAMETERS, required: [...PARAMETERS.required] } }],
    tool_choice: { type: 'any' },
  } satisfies Anthropic.MessageCreateParamsNonStreaming;
  const of = (message: Anthropic.Message) => ({ stop: message.stop_reason, block: message.content[0] });
  const expected = { stop: 'tool_use', block: { type: 'tool_use', name: 'weather', input: WEATHER } };
  expect(of(await anthropic.messages.create(asked))).toMatchObject(expected);
  const streamed = await anthropic.messages.stream(asked).finalMessage();
  expect(of(streamed)).toMatchObject(expected);
});

test('it gives as many choices as were asked for, whole and streamed', async () => {
  const asked = { model: 'm', messages: [...messages], n: 3 };
  const whole = await openAi.chat.completions.create(asked);
  const texts = whole.choices.map(({ message }) => message.content);
  expect(whole.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
  const streamed = await openAi.chat.completions.stream(asked).finalChatCompletion();
  expect(streamed.choices.map(({ message }) => message.content)).toEqual(texts);
  expect(whole.usage?.completion_tokens).toBeGreaterThan(0);
  await expect(openAi.chat.completions.create({ ...asked, n: 0 })).rejects.toMatchObject({ status: 400 });
});

test('it stops before the caller’s texts', async () => {
  const asked = { model: 'm', messages: [...messages] };
  const full = (await openAi.chat.completions.create(asked)).choices[0]?.message.content ?? '';
  const stop = full.slice(20, 26);
  const cut = await openAi.chat.completions.create({ ...asked, stop: ['not in it', stop] });
  expect(cut.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: full.slice(0, full.indexOf(stop)) },
  });
  const message = await anthropic.messages.create({ ...asked, max_tokens: 500, stop_sequences: [stop] });
  expect(message).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: stop });
  await expect(
    openAi.chat.completions.create({ ...asked, stop: ['a', 'b', 'c', 'd', 'e'] }),
  ).rejects.toMatchObject({ status: 400 });
});
