import { expect, test } from 'vitest';
import { readModelList } from '../../../shared/providers/model-list.ts';

test.each([
  [
    'OpenAI',
    {
      id: 'gpt-4o',
      object: 'model',
      created: 1_715_367_049,
      owned_by: 'system',
      shutdown_date: '2026-12-11',
    },
    { id: 'gpt-4o', name: 'gpt-4o', createdMs: 1_715_367_049_000, endsOn: '2026-12-11' },
  ],
  [
    'Anthropic',
    {
      id: 'claude-opus-5-5',
      type: 'model',
      display_name: 'Claude Opus 5.5',
      created_at: '2026-09-01T00:00:00Z',
      max_input_tokens: 1_000_000,
      retires_at: '2027-09-01T00:00:00Z',
    },
    {
      name: 'Claude Opus 5.5',
      contextTokens: 1_000_000,
      createdMs: Date.UTC(2026, 8, 1),
      endsOn: '2027-09-01',
    },
  ],
  [
    'OpenRouter',
    {
      id: 'x-ai/grok-4.6',
      name: 'xAI: Grok 4.6',
      created: 1_790_000_000,
      context_length: 500_000,
      pricing: { prompt: '0.000003', completion: '0.000015', request: '0' },
      expiration_date: null,
    },
    { name: 'xAI: Grok 4.6', contextTokens: 500_000, inputUsd: 3, outputUsd: 15, endsOn: undefined },
  ],
  [
    'Together',
    {
      id: 'zai-org/GLM-5',
      type: 'chat',
      created: 0,
      display_name: 'GLM 5',
      context_length: 202_752,
      pricing: { input: 1, output: 3.2, hourly: 0 },
    },
    { name: 'GLM 5', contextTokens: 202_752, inputUsd: 1, outputUsd: 3.2, createdMs: undefined },
  ],
  [
    'Mistral',
    {
      id: 'mistral-large-2512',
      created: 1_790_000_000,
      max_context_length: 262_144,
      capabilities: { completion_chat: true },
      deprecation: '2026-12-31T12:00:00Z',
    },
    { contextTokens: 262_144, endsOn: '2026-12-31' },
  ],
  [
    'vLLM',
    { id: 'llama-4', object: 'model', created: 1_790_000_000, max_model_len: 32_768 },
    { contextTokens: 32_768 },
  ],
])('reads a model of %s’s list', (_, entry, expected) => {
  expect(readModelList([entry], 'id')).toMatchObject([expected]);
});

test('reads Gemini’s and Cohere’s, which name a model by `name`', () => {
  const gemini = {
    name: 'models/gemini-3.8-flash',
    displayName: 'Gemini 3.8 Flash',
    inputTokenLimit: 1_048_576,
    supportedGenerationMethods: ['generateContent'],
  };
  const cohere = { name: 'command-a-03-2025', endpoints: ['chat'], context_length: 256_000 };
  expect(readModelList([gemini, cohere], 'name')).toMatchObject([
    { id: 'models/gemini-3.8-flash', name: 'Gemini 3.8 Flash', contextTokens: 1_048_576 },
    { id: 'command-a-03-2025', contextTokens: 256_000 },
  ]);
});

test('has the newest first, each once, and those without a date behind in their order', () => {
  const ids = readModelList(
    [
      { id: 'b' },
      { id: 'old', created: 1_600_000_000 },
      { id: 'a' },
      { id: 'new', created: 1_790_000_000 },
      { id: 'a' },
    ],
    'id',
  ).map(({ id }) => id);
  expect(ids).toEqual(['new', 'old', 'b', 'a']);
});

test.each([
  ['embeddings', { id: 'text-embedding-3-small' }],
  ['speech', { id: 'whisper-1' }],
  ['voices', { id: 'gpt-4o-mini-tts' }],
  ['pictures', { id: 'gpt-image-2' }],
  ['reranking', { id: 'rerank-v4', endpoints: ['rerank'] }],
  ['what is no chat by its type', { id: 'flux.2', type: 'image' }],
  ['what is no chat by its methods', { id: 'gemini-x', supportedGenerationMethods: ['embedContent'] }],
  ['what is no chat by its capabilities', { id: 'mistral-x', capabilities: { completion_chat: false } }],
  ['what is switched off', { id: 'llama-x', active: false }],
  ['ids with a path in them', { id: '../evil?x' }],
  ['ids that are none', { id: 7 }],
  ['what is no object', 'gpt-6'],
])('leaves out %s', (_, entry) => {
  expect(readModelList([entry], 'id')).toEqual([]);
});

test.each([
  ['a name with control characters', { display_name: 'a\u202eb' }, { name: 'm' }],
  ['a name of a kilobyte', { display_name: 'x'.repeat(1000) }, { name: 'm' }],
  ['a negative price', { pricing: { prompt: '-1', completion: -1 } }, { inputUsd: null, outputUsd: null }],
  ['a context of text', { context_length: 'huge' }, { contextTokens: null }],
  ['an end that is no date', { shutdown_date: 'soon' }, { endsOn: undefined }],
  ['an end in the year 300,000', { shutdown_date: 9e15 }, { endsOn: undefined }],
])('believes no nonsense: %s', (_, more, expected) => {
  expect(readModelList([{ id: 'm', ...more }], 'id')).toMatchObject([expected]);
});

test('takes the newest of a long list, each once', () => {
  const list = Array.from({ length: 3000 }, (_, i) => ({
    id: `m${i % 1500}`,
    created: 1_700_000_000 + (i % 1500),
  }));
  expect(readModelList(list, 'id').map(({ id }) => id)).toEqual(
    Array.from({ length: 500 }, (_, i) => `m${1499 - i}`),
  );
});

test('takes no more than 500 models, and no list that is none', () => {
  expect(
    readModelList(
      Array.from({ length: 2000 }, (_, i) => ({ id: `m${i}` })),
      'id',
    ),
  ).toHaveLength(500);
  expect(readModelList({ id: 'x' }, 'id')).toEqual([]);
});
