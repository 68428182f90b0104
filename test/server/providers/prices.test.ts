import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createEstimate, modelsOf, priceUsd } from '../../../server/providers/prices.ts';
import { BINARY_TEXT } from '../../../shared/contract/run-limits.ts';
import { modelInfo } from '../../../shared/contract/server-config.ts';
import { VENDORS, vendorById } from '../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { OPENAI_FAMILIES } from '../../../shared/providers/vendors/openai.ts';

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}
const THOUSAND = { inputTokens: 1000, outputTokens: 1000 };

describe('createEstimate', () => {
  it.each([
    ['anthropic', 'claude-opus-5-5'],
    ['openai', 'gpt-4o'],
    ['sandbox', 'sandbox-1'],
  ])('agrees with the price of what is below every tier: %s', (id, model) => {
    for (const [inputTokens, outputTokens] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [3_210, 45_678],
    ] as const) {
      expect(createEstimate(vendor(id), model)(inputTokens, outputTokens)).toBeCloseTo(
        priceUsd(vendor(id), model, { inputTokens, outputTokens }) ?? Number.NaN,
        10,
      );
    }
  });

  it('says null for a model without a known price', () => {
    expect(createEstimate(vendor('openai'), 'my-fine-tune')(1000, 1000)).toBeNull();
  });
});

describe('priceUsd', () => {
  it('knows the price of a known model', () => {
    expect(priceUsd(vendor('anthropic'), 'claude-opus-5-5', THOUSAND)).toBeCloseTo(0.024, 10);
    expect(priceUsd(vendor('anthropic'), 'claude-opus-5-5-20261001', THOUSAND)).toBeCloseTo(0.024, 10);
    expect(priceUsd(vendor('openai'), 'gpt-4o', THOUSAND)).toBeCloseTo(0.0125, 10);
  });

  it('charges cached tokens at their own price, the total including them', () => {
    const cached = priceUsd(vendor('openai'), 'gpt-4o', {
      inputTokens: 1000,
      outputTokens: 0,
      cachedTokens: 1000,
      cacheWriteTokens: 0,
    });
    expect(cached).toBeCloseTo(0.00125, 10);
  });

  it.each([
    ['an unknown model', 'openai', 'my-fine-tune'],
    ['a newer version that the table would take for an older one', 'anthropic', 'claude-sonnet-5-5'],
    ['a newer dated version', 'anthropic', 'claude-sonnet-5-5-20261101'],
    ['a model without a price in the table', 'openai', 'omni-moderation-latest'],
    ['a deployment’s name', 'azure', 'my-deployment'],
    ['another vendor’s model', 'groq', 'claude-opus-5-5'],
    ['a name of Object’s', 'openai', 'constructor'],
  ])('says null, never 0, for %s', (_, id, model) => {
    expect(priceUsd(vendor(id), model, THOUSAND)).toBeNull();
  });

  it('takes Azure’s price by the model that answered', () => {
    expect(priceUsd(vendor('azure'), 'my-deployment', THOUSAND, 'gpt-4o-2024-08-06')).toBeCloseTo(0.0125, 10);
    expect(priceUsd(vendor('azure'), 'gpt-4o', THOUSAND, null)).toBeCloseTo(0.0125, 10);
  });

  it('knows Bedrock’s names without the versions that the table has', () => {
    expect(priceUsd(vendor('bedrock'), 'openai.gpt-oss-120b', THOUSAND)).toBeGreaterThan(0);
  });

  it('prefers what the provider says it charged', () => {
    expect(priceUsd(vendor('openrouter'), 'openai/gpt-4o', { ...THOUSAND, costUsd: 0.5 })).toBe(0.5);
    expect(priceUsd(vendor('openrouter'), 'never/heard', { ...THOUSAND, costUsd: 0 })).toBe(0);
  });

  it('is 0 at the sandbox, and unknown at an operator’s endpoint', () => {
    expect(priceUsd(vendor('sandbox'), 'sandbox-1', THOUSAND)).toBe(0);
    const endpoint = endpointToVendor({ id: 'op', name: 'Op', format: 'openai', baseUrl: 'http://h:1/v1' });
    expect(priceUsd(endpoint, 'gpt-4o', THOUSAND)).toBeNull();
  });

  it('is unknown for a usage that contradicts itself', () => {
    expect(
      priceUsd(vendor('anthropic'), 'claude-opus-5-5', { inputTokens: 1, outputTokens: 1, cachedTokens: 50 }),
    ).toBeNull();
    expect(
      priceUsd(vendor('anthropic'), 'claude-opus-5-5', { inputTokens: Number.NaN, outputTokens: 1 }),
    ).toBeNull();
    expect(priceUsd(vendor('anthropic'), 'claude-opus-5-5', { inputTokens: -1, outputTokens: 1 })).toBeNull();
  });
});

describe('modelsOf', () => {
  it.each(VENDORS.map((one) => [one.id, one] as const))(
    'offers a sensible number of %s’s models, in the contract’s shape, with prices',
    (_, one) => {
      const models = modelsOf(one);
      expect(models.length).toBeGreaterThanOrEqual(1);
      expect(models.length).toBeLessThanOrEqual(45);
      expect(z.safeParse(z.array(modelInfo), models).success).toBe(true);
      expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
      for (const { id, name, inputUsd, outputUsd } of models) {
        expect(id).toMatch(/^[\w.:/@-]{1,128}$/);
        expect(BINARY_TEXT.test(name)).toBe(false);
        expect(inputUsd, id).not.toBeNull();
        expect(outputUsd, id).not.toBeNull();
      }
    },
  );

  it('has the newest first and only models that chat', () => {
    expect(modelsOf(vendor('anthropic'))[0]?.id).toBe('claude-opus-5-5');
    const openAi = modelsOf(vendor('openai')).map(({ id }) => id);
    expect(openAi[0]).toMatch(/^gpt-6/);
    expect(openAi.indexOf('gpt-5.6-sol')).toBeLessThan(openAi.indexOf('gpt-5.4'));
    const all = VENDORS.flatMap((one) => modelsOf(one).map(({ id }) => id)).join(' ');
    expect(all).not.toMatch(
      /embed|tts|whisper|image|audio|realtime|transcribe|moderation|guard|sonic|davinci|deep-research/,
    );
  });

  it('has families that match versions not yet known, and no id that OpenAI has not', () => {
    const offers = (id: string) => OPENAI_FAMILIES.some(({ match }) => match.test(id));
    for (const id of ['gpt-6-sol', 'gpt-6.1-sol', 'gpt-7', 'gpt-7.2-luna', 'gpt-10-sol', 'gpt-5.6-sol'])
      expect(offers(id), id).toBe(true);
    for (const id of ['gpt-5.3', 'gpt-6-pro', 'gpt-6.1-codex', 'gpt-6-image', 'gpt-oss-120b'])
      expect(offers(id), id).toBe(false);
    expect(modelsOf(vendor('openai')).map(({ id }) => id)).not.toContain('gpt-5.3');
  });

  it('gives USD per million tokens', () => {
    expect(modelsOf(vendor('anthropic')).find(({ id }) => id === 'claude-opus-5-5')).toMatchObject({
      contextTokens: 1_000_000,
      inputUsd: 4,
      outputUsd: 20,
    });
    expect(modelsOf(vendor('sandbox'))).toEqual([
      { id: 'sandbox-1', name: 'Sandbox (no model)', contextTokens: 200_000, inputUsd: 0, outputUsd: 0 },
    ]);
  });

  it('offers what an operator names, with prices that are not known', () => {
    const endpoint = endpointToVendor({
      id: 'op',
      name: 'Op',
      format: 'openai',
      baseUrl: 'http://h:1/v1',
      models: ['llama3.3'],
    });
    expect(modelsOf(endpoint)).toEqual([
      { id: 'llama3.3', name: 'llama3.3', contextTokens: null, inputUsd: null, outputUsd: null },
    ]);
  });
});
