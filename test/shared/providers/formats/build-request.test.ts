import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../../../shared/compose/ask.ts';
import { VENDORS } from '../../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { buildRequest } from '../../../../shared/providers/formats/build-request.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';
import { DRAFT, PLAN, SCHEMA, vendor } from './model-calls.ts';

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
});
