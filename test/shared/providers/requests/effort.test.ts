import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../../../shared/compose/ask.ts';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import { effortOf } from '../../../../shared/providers/effort.ts';
import { buildRequest } from '../../../../shared/providers/formats/build-request.ts';
import { onTerms, weaker } from '../../../../shared/providers/negotiate.ts';
import { FULL_TERMS } from '../../../../shared/providers/terms.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}
const CALL: ModelCall = {
  id: 'plan',
  phase: 'planning',
  system: 'You plan.',
  user: 'Plan.',
  maxOutputTokens: 800,
  schema: {
    name: 'plan',
    json: { type: 'object', properties: {}, required: [], additionalProperties: false },
  },
};
const body = (id: string, model: string, effort?: 'low' | 'high') =>
  JSON.parse(buildRequest(vendor(id), model, { ...CALL, effort }).body);

describe('effort', () => {
  it('is little for sorting a goal, and what the user wishes for plan and drafts', () => {
    const of = (wish: 'faster' | 'better' | undefined) =>
      (['classifying', 'planning', 'drafting', 'analyzing'] as const).map((phase) =>
        effortOf(vendor('anthropic'), 'claude-sonnet-5', phase, wish),
      );
    expect(of(undefined)).toEqual(['low', undefined, undefined, undefined]);
    expect(of('faster')).toEqual(['low', 'low', 'low', 'low']);
    expect(of('better')).toEqual(['low', 'high', 'high', undefined]);
  });

  it('is told in each vendor\u2019s own field', () => {
    expect(body('anthropic', 'claude-opus-5-5', 'high').output_config).toMatchObject({
      effort: 'high',
      format: { type: 'json_schema' },
    });
    expect(body('openai', 'gpt-6-sol', 'low').reasoning_effort).toBe('low');
    expect(body('openai', 'gpt-5.3-codex', 'high').reasoning).toEqual({ effort: 'high' });
    expect(body('openrouter', 'anthropic/claude-sonnet-5', 'low').reasoning).toEqual({ effort: 'low' });
    expect(body('groq', 'openai/gpt-oss-120b', 'high').reasoning_effort).toBe('high');
    expect(body('google', 'gemini-3.8-flash', 'low').generationConfig.thinkingConfig).toEqual({
      includeThoughts: true,
      thinkingLevel: 'low',
    });
  });

  it.each([
    ['anthropic', 'claude-sonnet-4-5'],
    ['anthropic', 'claude-haiku-4-5'],
    ['openai', 'gpt-4.1'],
    ['openai', 'gpt-5-pro'],
    ['openai', 'gpt-5-chat-latest'],
    ['openai', 'o1-mini'],
    ['openrouter', 'mistralai/mistral-large-2512'],
    ['groq', 'llama-3.3-70b-versatile'],
    ['google', 'gemini-2.5-pro'],
    ['azure', 'gpt-6-sol'],
    ['sandbox', 'sandbox-1'],
  ])('is not asked of models that may refuse it: %s %s', (id, model) => {
    expect(effortOf(vendor(id), model, 'classifying', 'better')).toBeUndefined();
  });

  it('is left out after a refusal that names it', () => {
    const call = { ...CALL, effort: 'high' } as const;
    const said = "Unsupported value: 'reasoning_effort' does not support 'high' with this model.";
    const refused = { code: 'provider_failed', reason: 'bad_request', message: '', said } as const;
    const terms = weaker(vendor('openai'), call, FULL_TERMS, refused);
    expect(terms).toEqual({ omit: ['effort'] });
    const [plain, asked] = onTerms(vendor('openai'), call, terms ?? FULL_TERMS);
    expect(JSON.parse(buildRequest(plain, 'gpt-6-sol', asked).body)).not.toHaveProperty('reasoning_effort');
  });
});
