import { expect, test } from 'vitest';
import { modelsOf } from '../../../server/providers/prices.ts';
import { defaultModel } from '../../../shared/compose/default-model.ts';
import { VENDORS } from '../../../shared/providers/catalogue.ts';

/** By the bundled price table: a new one may well bring a newer model, never the dearest. */
const CHOSEN: Readonly<Record<string, string>> = {
  sandbox: 'sandbox-1',
  anthropic: 'claude-sonnet-5',
  openai: 'gpt-6-sol',
  openrouter: 'anthropic/claude-sonnet-5',
  google: 'gemini-3.8-flash',
  groq: 'openai/gpt-oss-120b',
  azure: 'gpt-6-sol',
  bedrock: 'openai.gpt-5.4',
  'bedrock-converse': 'global.anthropic.claude-sonnet-5-v1:0',
  cohere: 'command-r-08-2024',
  deepseek: 'deepseek-v4-flash',
  mistral: 'mistral-large-2512',
  xai: 'grok-4.3',
  together: 'meta-llama/Llama-4-Scout-17B-16E-Instruct',
  fireworks: 'accounts/fireworks/models/deepseek-v4-pro',
};

test.each(VENDORS.map((vendor) => [vendor.id, vendor] as const))('%s begins in the middle', (id, vendor) => {
  expect(defaultModel(modelsOf(vendor))?.id).toBe(CHOSEN[id]);
});

const priced = (id: string, inputUsd: number | null, outputUsd = inputUsd) => ({ id, inputUsd, outputUsd });

test('of two models it is the cheaper one', () => {
  expect(defaultModel([priced('big', 10), priced('small', 9)])?.id).toBe('small');
  expect(defaultModel([priced('big', 10), priced('tiny', 0.01)])?.id).toBe('tiny');
});

test('of several in the middle it is the first', () => {
  expect(defaultModel([priced('big', 10), priced('new', 2), priced('old', 3)])?.id).toBe('new');
});

test('models without a price are not chosen before one that has one', () => {
  expect(defaultModel([priced('unknown', null), priced('a', 3), priced('b', 1)])?.id).toBe('b');
});

test('without any price it is the first, and of none there is none', () => {
  expect(defaultModel([priced('a', null), priced('b', null)])?.id).toBe('a');
  expect(defaultModel([])).toBeUndefined();
});
