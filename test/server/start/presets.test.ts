import { expect, test } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { reachable } from '../../../server/start/reachable.ts';
import { vendorById } from '../../../shared/providers/catalogue.ts';
import { buildRequest } from '../../../shared/providers/formats/build-request.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';

const CALL = {
  id: 'plan',
  phase: 'planning',
  system: 'System.',
  user: 'User.',
  maxOutputTokens: 12_000,
  schema: { name: 'plan', json: { type: 'object' } },
} as const;

function bodyOf(id: string): Readonly<Record<string, unknown>> {
  const vendor = vendorById(id);
  if (!vendor) throw new Error(`no ${id}`);
  return JSON.parse(buildRequest(vendor, 'some-model', CALL).body);
}

test('Mistral, which refuses fields that it does not know, gets none of OpenAI’s own', () => {
  expect(Object.keys(bodyOf('mistral')).toSorted()).toEqual([
    'max_tokens',
    'messages',
    'model',
    'response_format',
    'stream',
  ]);
});

test.each([
  ['deepseek', 'https://api.deepseek.com/chat/completions', 'json_object'],
  ['mistral', 'https://api.mistral.ai/v1/chat/completions', 'json_schema'],
  ['xai', 'https://api.x.ai/v1/chat/completions', 'json_schema'],
  ['together', 'https://api.together.xyz/v1/chat/completions', 'json_schema'],
  ['fireworks', 'https://api.fireworks.ai/inference/v1/chat/completions', 'json_schema'],
])('%s is asked at its address, in the mode that it has', (id, address, mode) => {
  const vendor = vendorById(id);
  expect(vendor && vendor.origin + vendor.path).toBe(address);
  expect(bodyOf(id)['response_format']).toMatchObject({ type: mode });
});

function ollamaOf(env: Readonly<Record<string, string>>): Vendor | undefined {
  return reachable(readConfig(env), 'http://127.0.0.1:1').vendors.find(({ id }) => id === 'ollama');
}

test('this machine’s Ollama is offered only where the operator says so, without a key and for nothing', () => {
  expect(ollamaOf({})).toBeUndefined();
  expect(ollamaOf({ OLLAMA: '1' })).toMatchObject({
    origin: 'http://127.0.0.1:11434',
    path: '/v1/chat/completions',
    key: 'optional',
    local: true,
    prices: { table: 'free' },
  });
  expect(() =>
    reachable(
      readConfig({
        OLLAMA: '1',
        PROVIDER_ENDPOINTS:
          '[{"id":"ollama","name":"O","format":"openai","baseUrl":"http://10.0.0.5:11434/v1"}]',
      }),
      'http://127.0.0.1:1',
    ),
  ).toThrow('the id ollama is taken');
});
