import { describe, expect, it } from 'vitest';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { buildRequest } from '../../../../shared/providers/formats/build-request.ts';
import type { Wire } from '../../../../shared/providers/vendor.ts';
import { DRAFT, PLAN, SCHEMA, vendor } from './model-calls.ts';

describe('requests in a vendor’s own format', () => {
  it('are Responses for the models that OpenAI serves there alone, never stored, with 16 tokens at least', () => {
    const request = buildRequest(vendor('openai'), 'gpt-5.5-pro', { ...PLAN, maxOutputTokens: 1 });
    expect(request).toMatchObject({ path: '/v1/responses', json: true });
    expect(JSON.parse(request.body)).toEqual({
      model: 'gpt-5.5-pro',
      stream: true,
      store: false,
      max_output_tokens: 16,
      instructions: 'You plan.',
      input: [{ role: 'user', content: 'Plan.' }],
      text: { format: { type: 'json_schema', name: 'plan', strict: true, schema: SCHEMA } },
      stream_options: { include_obfuscation: false },
    });
    expect(JSON.parse(buildRequest(vendor('openai'), 'o3-pro', DRAFT).body)).not.toHaveProperty('text');
  });

  it.each([
    ['o1-pro', true],
    ['o3-pro-2025-06-10', true],
    ['gpt-5-pro', true],
    ['gpt-7.2-pro', true],
    ['gpt-5.1-codex-max', true],
    ['codex-mini-latest', true],
    ['o4-mini-deep-research', true],
    ['gpt-6-sol', false],
    ['gpt-5.2', false],
    ['o3', false],
    ['gpt-4o', false],
    ['my-prose-model', false],
  ])('ask OpenAI for %s by Responses: %s', (model, responses) => {
    expect(buildRequest(vendor('openai'), model, DRAFT).path === '/v1/responses').toBe(responses);
  });

  const endpoint = (format: Wire['format'], baseUrl: string) =>
    endpointToVendor({ id: 'op', name: 'Op', format, baseUrl });

  it('are Gemini’s own, the model in the path and the thoughts asked for where there are any', () => {
    const gemini = endpoint('gemini', 'https://generativelanguage.googleapis.com');
    const request = buildRequest(gemini, 'gemini-3-pro-preview', PLAN);
    expect(request.path).toBe('/v1beta/models/gemini-3-pro-preview:streamGenerateContent?alt=sse');
    expect(JSON.parse(request.body)).toEqual({
      systemInstruction: { parts: [{ text: 'You plan.' }] },
      contents: [{ role: 'user', parts: [{ text: 'Plan.' }] }],
      generationConfig: {
        maxOutputTokens: 800,
        responseMimeType: 'application/json',
        responseJsonSchema: SCHEMA,
        thinkingConfig: { includeThoughts: true },
      },
    });
    for (const plain of ['gemini-2.0-flash', 'gemini-2.5-flash-lite', 'gemma-3-27b-it'])
      expect(buildRequest(gemini, plain, DRAFT).body).not.toContain('includeThoughts');
    expect(buildRequest(endpoint('gemini', 'https://h/v1'), 'models/x', DRAFT).path).toBe(
      '/v1/models/x:streamGenerateContent?alt=sse',
    );
  });

  it('are Converse’s, the schema as text where it is enforced, else in the prompt', () => {
    const converse = endpoint('converse', 'https://bedrock-runtime.us-east-1.amazonaws.com');
    const claude = buildRequest(converse, 'us.anthropic.claude-haiku-4-5-20251001-v1:0', PLAN);
    expect(claude.path).toBe('/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse-stream');
    expect(JSON.parse(claude.body)).toEqual({
      system: [{ text: 'You plan.' }],
      messages: [{ role: 'user', content: [{ text: 'Plan.' }] }],
      inferenceConfig: { maxTokens: 800 },
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'plan', schema: JSON.stringify(SCHEMA) } },
        },
      },
    });
    const nova = JSON.parse(buildRequest(converse, 'amazon.nova-pro-v1:0', PLAN).body);
    expect(nova).not.toHaveProperty('outputConfig');
    expect(JSON.stringify(nova.system)).toContain('JSON Schema');
  });

  it.each(['../../files', 'x?y#z', '..', 'a/b', 'a$&b', '%2e%2e'])(
    'keep a hostile model name in its segment of the path: %s',
    (model) => {
      for (const [format, pattern] of [
        ['gemini', /^\/v1beta\/models\/[^/?#]+:streamGenerateContent\?alt=sse$/],
        ['converse', /^\/model\/(?!\.+\/)[^/?#]+\/converse-stream$/],
      ] as const) {
        const { path } = buildRequest(endpoint(format, 'https://h'), model, DRAFT);
        expect(path).toMatch(pattern);
        expect(new URL(path, 'https://h').pathname).toBe(path.replace(/\?.*/, ''));
      }
    },
  );

  it('have no key in the path, and each format its own header for one', () => {
    const headers = (['openai', 'anthropic', 'responses', 'gemini', 'converse'] as const).map(
      (format) => endpoint(format, 'https://h').auth,
    );
    const bearer = { header: 'authorization', prefix: 'Bearer ' };
    const bare = (header: string) => ({ header, prefix: '' });
    expect(headers).toEqual([bearer, bare('x-api-key'), bearer, bare('x-goog-api-key'), bearer]);
  });
});
