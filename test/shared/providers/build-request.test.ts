import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../../shared/compose/ask.ts';
import { VENDORS, vendorById } from '../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import { buildRequest } from '../../../shared/providers/formats/build-request.ts';
import type { Vendor, Wire } from '../../../shared/providers/vendor.ts';

const SCHEMA = {
  type: 'object',
  properties: { kind: { type: 'string', enum: ['a', 'b'] } },
  required: ['kind'],
  additionalProperties: false,
};
const DRAFT: ModelCall = {
  id: 'draft-i1-1',
  phase: 'drafting',
  item: 'i1',
  system: 'You write.',
  user: 'Write.',
  maxOutputTokens: 900,
};
const PLAN: ModelCall = {
  id: 'plan',
  phase: 'planning',
  system: 'You plan.',
  user: 'Plan.',
  maxOutputTokens: 800,
  schema: { name: 'plan', json: SCHEMA },
};

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}
// as: what JSON.stringify made of an object
const body = (of: Vendor | string, model: string, call: ModelCall) =>
  JSON.parse(buildRequest(typeof of === 'string' ? vendor(of) : of, model, call).body) as Record<
    string,
    unknown
  >;

describe('requests', () => {
  it('are Anthropic’s Messages with a pinned version and the schema in output_config', () => {
    const request = buildRequest(vendor('anthropic'), 'claude-opus-5-5', PLAN);
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/messages',
      headers: { 'anthropic-version': '2026-10-21' },
    });
    expect(JSON.parse(request.body)).toEqual({
      model: 'claude-opus-5-5',
      max_tokens: 800,
      stream: true,
      system: 'You plan.',
      messages: [{ role: 'user', content: 'Plan.' }],
      output_config: { format: { type: 'json_schema', schema: SCHEMA } },
    });
  });

  it('are OpenAI’s chat completions, strict, not stored, without padding', () => {
    const request = buildRequest(vendor('openai'), 'gpt-6-sol', PLAN);
    expect(request.path).toBe('/v1/chat/completions');
    expect(JSON.parse(request.body)).toEqual({
      model: 'gpt-6-sol',
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false },
      max_completion_tokens: 800,
      messages: [
        { role: 'system', content: 'You plan.' },
        { role: 'user', content: 'Plan.' },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'plan', strict: true, schema: SCHEMA } },
      prompt_cache_options: { mode: 'explicit' },
      store: false,
    });
  });

  it('ask for no form where Markdown is wanted', () => {
    for (const one of VENDORS) {
      expect(body(one, 'some-model', DRAFT)).not.toHaveProperty('response_format');
      expect(body(one, 'some-model', DRAFT)).not.toHaveProperty('output_config');
      expect(JSON.stringify(body(one, 'some-model', DRAFT))).not.toContain('JSON Schema');
    }
  });

  it('never have a sampling parameter, which newer models refuse, nor a tool, nor a second answer', () => {
    for (const one of VENDORS) {
      const keys = Object.keys(body(one, 'some-model', PLAN));
      for (const key of [
        'temperature',
        'top_p',
        'top_k',
        'n',
        'tools',
        'logprobs',
        'seed',
        'user',
        'metadata',
      ])
        expect(keys).not.toContain(key);
    }
  });

  it('ask OpenRouter for one provider that keeps nothing and enforces the schema', () => {
    expect(body('openrouter', 'openai/gpt-6-sol', PLAN)['provider']).toEqual({
      require_parameters: true,
      data_collection: 'deny',
      zdr: true,
      allow_fallbacks: false,
    });
  });

  it('put the schema into Groq’s prompt, since its schema mode refuses to stream', () => {
    const json = body('groq', 'openai/gpt-oss-120b', PLAN);
    expect(json['response_format']).toEqual({ type: 'json_object' });
    expect(JSON.stringify(json['messages'])).toContain('JSON Schema');
    expect(json).not.toHaveProperty('reasoning_format');
    expect(body('groq', 'qwen/qwen3-32b', PLAN)['reasoning_format']).toBe('hidden');
  });

  it('leave out stream_options, which Cohere refuses', () => {
    expect(body('cohere', 'command-a-03-2025', PLAN)).not.toHaveProperty('stream_options');
  });

  it('give models from before structured outputs the prompt instead', () => {
    expect(body('openai', 'gpt-3.5-turbo', PLAN)['response_format']).toEqual({ type: 'json_object' });
    const old = body('anthropic', 'claude-sonnet-4-20250514', PLAN);
    expect(old).not.toHaveProperty('output_config');
    expect(old['system']).toContain('JSON Schema');
    expect(body('anthropic', 'claude-opus-4-1', PLAN)).toHaveProperty('output_config');
  });

  it('have no system role for the models that lack one', () => {
    expect(body('openai', 'o1-mini', DRAFT)['messages']).toEqual([
      { role: 'user', content: 'You write.\n\nWrite.' },
    ]);
  });

  it('go to the path that a Bedrock model stands under', () => {
    expect(buildRequest(vendor('bedrock'), 'openai.gpt-oss-120b', DRAFT).path).toBe('/v1/chat/completions');
    expect(buildRequest(vendor('bedrock'), 'openai.gpt-5.5', DRAFT).path).toBe('/openai/v1/chat/completions');
  });

  it('use max_tokens at an operator’s endpoint but for reasoning models behind it', () => {
    const endpoint = endpointToVendor({
      id: 'ollama',
      name: 'Ollama',
      format: 'openai',
      baseUrl: 'http://ollama:11434/v1',
    });
    expect(body(endpoint, 'llama3.3', DRAFT)).toMatchObject({ max_tokens: 900 });
    expect(body(endpoint, 'openai/gpt-6-sol', DRAFT)).toMatchObject({ max_completion_tokens: 900 });
    const messages = endpointToVendor({
      id: 'gateway',
      name: 'Gateway',
      format: 'anthropic',
      baseUrl: 'https://gateway.example/anthropic',
    });
    expect(buildRequest(messages, 'any', PLAN).path).toBe('/anthropic/v1/messages');
    expect(body(messages, 'any', PLAN)).not.toHaveProperty('output_config');
  });

  it('keep a hostile model name inside the JSON', () => {
    for (const model of ['../../files', 'x?y#z', '"}, "stream": false']) {
      const request = buildRequest(vendor('azure'), model, DRAFT);
      expect(request.path).toBe('/openai/v1/chat/completions');
      expect(JSON.parse(request.body)).toMatchObject({ model, stream: true });
    }
  });

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
