import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaProblem } from '../../../server/sandbox/formats/strict-schema.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { anthropicBody, CALLS, openAiBody } from './prompts.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant' });
});
afterAll(() => sandbox.close());

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(sandbox.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const chat = (more: Record<string, unknown>, path = '/v1/chat/completions') =>
  post(path, openAiBody(CALLS.plan, more));
const messages = (more: Record<string, unknown>, version = '2026-10-21') =>
  post('/v1/messages', { ...anthropicBody(CALLS.plan), ...more }, { 'anthropic-version': version });

test('what OpenAI refuses is refused', async () => {
  expect((await chat({})).status).toBe(200);
  expect((await chat({ max_tokens: 5 })).text).toContain('max_completion_tokens');
  expect((await chat({ model: 'gpt-6', max_completion_tokens: undefined, max_tokens: 5 })).text).toContain(
    'unsupported_parameter',
  );
  expect((await chat({ model: 'o4-mini', temperature: 0 })).text).toContain("'temperature' is not supported");
  expect((await chat({ stream_options: { include_usage: true } })).text).toContain(
    "only allowed when 'stream' is enabled",
  );
  expect((await chat({ messages: [{ role: 'robot', content: 'x' }] })).text).toContain(
    "Invalid value: 'robot'",
  );
  expect(
    (await chat({ messages: [{ role: 'user', content: 'x' }], response_format: { type: 'json_object' } }))
      .text,
  ).toContain("must contain the word 'json'");
  const open = {
    type: 'json_schema',
    json_schema: {
      name: 'plan',
      strict: true,
      schema: { type: 'object', properties: { a: { type: 'string' } }, required: [] },
    },
  };
  expect((await chat({ response_format: open })).text).toContain('invalid_json_schema');
});

test('what Anthropic refuses is refused', async () => {
  expect((await messages({})).status).toBe(200);
  expect((await post('/v1/messages', anthropicBody(CALLS.plan))).text).toContain(
    'anthropic-version: header is required',
  );
  expect((await messages({ max_tokens: undefined })).text).toContain('max_tokens: Field required');
  expect((await messages({ messages: [{ role: 'system', content: 'x' }] })).text).toContain(
    'Unexpected role',
  );
  expect((await messages({}, '2030-01-01')).text).toContain('is not a valid version');
  expect((await messages({ top_k: 1 })).text).toContain('top_k');
  const bounded = {
    format: {
      type: 'json_schema',
      schema: {
        type: 'object',
        properties: { n: { type: 'number', maximum: 10 } },
        additionalProperties: false,
      },
    },
  };
  expect((await messages({ output_config: bounded })).text).toContain("'maximum' is not permitted");
});

test('the engine’s schemas are taken by both strict modes', () => {
  for (const { schema } of [CALLS.classification, CALLS.plan, CALLS.critique]) {
    expect(schemaProblem(schema?.json, 'openai')).toBeUndefined();
    expect(schemaProblem(schema?.json, 'anthropic')).toBeUndefined();
  }
});

test('a strict schema is checked to its leaves', () => {
  const closed = { additionalProperties: false } as const;
  const nested = (leaf: unknown) => ({
    type: 'object',
    properties: { list: { type: 'array', items: leaf } },
    required: ['list'],
    ...closed,
  });
  expect(schemaProblem(nested({ type: 'string' }), 'openai')).toBeUndefined();
  expect(schemaProblem(nested({ type: 'object', properties: {}, required: [] }), 'openai')).toContain(
    'context=(list, items)',
  );
  expect(
    schemaProblem(nested({ anyOf: [{ type: 'null' }, { type: 'array', uniqueItems: true }] }), 'openai'),
  ).toContain('uniqueItems');
  expect(schemaProblem({ anyOf: [] }, 'openai')).toContain('root');
});
