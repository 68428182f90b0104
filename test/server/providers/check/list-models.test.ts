import { afterEach, describe, expect, it } from 'vitest';
import { check, json, server, vendor } from './check-at.ts';

afterEach(() => server.stop());

describe('the vendor’s own list', () => {
  it('comes after a free check that is no list, with prices from the table or the list', async () => {
    const bodies = [
      json(200, { data: { label: 'x' } }),
      json(200, {
        data: [
          {
            id: 'x-ai/grok-9',
            name: 'Grok 9',
            created: 1_795_000_000,
            context_length: 9,
            pricing: { prompt: '0.000009', completion: '0.00002' },
          },
          { id: 'anthropic/claude-nobody-knows', created: 1_700_000_000 },
        ],
      }),
    ];
    const verdict = await check(
      vendor('openrouter'),
      'x-ai/grok-9',
      (count) => bodies[count - 1] ?? json(500, {}),
    );
    expect(verdict).toMatchObject({
      verdict: 'works',
      models: [
        { id: 'x-ai/grok-9', name: 'Grok 9', contextTokens: 9, inputUsd: 9, outputUsd: 20 },
        { id: 'anthropic/claude-nobody-knows', inputUsd: null, outputUsd: null },
      ],
    });
    expect(server.requests.map(({ line }) => line)).toEqual([
      'GET /api/v1/key HTTP/1.1',
      'GET /api/v1/models/user HTTP/1.1',
    ]);
  });

  it('may be refused, which says nothing of the key', async () => {
    const bodies = [json(200, { valid: true }), json(403, { message: 'no' })];
    const verdict = await check(
      vendor('cohere'),
      'command-a-03-2025',
      (count) => bodies[count - 1] ?? json(500, {}),
    );
    expect(verdict.verdict).toBe('works');
    expect(verdict.models).toBeUndefined();
  });

  it('may be a bare array, as Together’s, and says when a model ends', async () => {
    const body = json(200, [{ id: 'zai-org/GLM-5', type: 'chat', deprecation_date: '2026-12-24' }]);
    expect(await check(vendor('together'), 'zai-org/GLM-5', body)).toMatchObject({
      verdict: 'works',
      models: [{ id: 'zai-org/GLM-5', endsOn: '2026-12-24' }],
    });
  });
});
