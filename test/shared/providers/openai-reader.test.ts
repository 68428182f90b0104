import { describe, expect, it } from 'vitest';
import { AZURE } from '../../../shared/providers/vendors/azure.ts';
import { GROQ } from '../../../shared/providers/vendors/groq.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';
import { OPENROUTER } from '../../../shared/providers/vendors/openrouter.ts';
import { readStream, sse } from './read-stream.ts';

const part = (content: string, more: object = {}) => ({
  id: 'chatcmpl-1',
  model: 'gpt-6-sol',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
  ...more,
});
const finish = (reason: string) => ({
  id: 'chatcmpl-1',
  model: 'gpt-6-sol',
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
});
const usage = (counts: object) => ({ id: 'chatcmpl-1', model: 'gpt-6-sol', choices: [], usage: counts });
const DONE = 'data: [DONE]\n\n';
const HELLO = [part('Hel'), part('lo'), finish('stop')] as const;

describe('chat completions', () => {
  it('has the text, the finish, the usage, the model and the id', () => {
    const counts = {
      prompt_tokens: 14,
      completion_tokens: 8,
      total_tokens: 22,
      prompt_tokens_details: { cached_tokens: 4 },
    };
    expect(readStream(OPENAI, [sse(...HELLO, usage(counts), DONE)])).toMatchObject({
      text: 'Hello',
      shown: 'Hello',
      finish: 'stop',
      usage: { inputTokens: 14, outputTokens: 8, cachedTokens: 4 },
      model: 'gpt-6-sol',
      requestId: 'chatcmpl-1',
    });
  });

  it('ignores everything after [DONE]', () => {
    const reading = readStream(OPENAI, [sse(...HELLO, DONE, part(' evil'), { error: { message: 'late' } })]);
    expect(reading).toMatchObject({ text: 'Hello', finish: 'stop' });
  });

  it('does not take [DONE] without a finish reason for a whole answer', () => {
    expect(readStream(OPENAI, [sse(part('Hello'), DONE)]).failure?.reason).toBe('truncated');
  });

  it('takes a finish reason for the end when [DONE] never comes', () => {
    expect(readStream(OPENAI, [sse(...HELLO)]).finish).toBe('stop');
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'refusal'],
    ['COMPLETE', 'stop'],
    ['MAX_TOKENS', 'length'],
  ])('reads the finish reason %s as %s', (theirs, ours) => {
    expect(readStream(OPENAI, [sse(part('x'), finish(theirs), DONE)]).finish).toBe(ours);
  });

  it.each(['insufficient_system_resource', 'error', 'constructor', '__proto__'])(
    'takes the unknown finish reason %s for no whole answer',
    (theirs) => {
      expect(readStream(OPENAI, [sse(part('x'), finish(theirs), DONE)]).failure?.code).toBe(
        'provider_failed',
      );
    },
  );

  it('reports a refusal that comes as its own field with the finish reason stop', () => {
    const refusal = {
      ...part(''),
      choices: [{ index: 0, delta: { refusal: 'I cannot' }, finish_reason: null }],
    };
    expect(readStream(OPENAI, [sse(refusal, finish('stop'), DONE)])).toMatchObject({
      finish: 'refusal',
      text: '',
    });
  });

  it('survives Azure’s first chunk, which has no choice, and takes the model from the next', () => {
    const first = { id: '', model: '', choices: [], prompt_filter_results: [{ prompt_index: 0 }] };
    expect(readStream(AZURE, [sse(first, ...HELLO, DONE)])).toMatchObject({
      text: 'Hello',
      model: 'gpt-6-sol',
      requestId: 'chatcmpl-1',
    });
  });

  it('reads Groq’s usage and request id from x_groq', () => {
    const last = {
      ...finish('stop'),
      x_groq: { id: 'req_01', usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    };
    expect(readStream(GROQ, [sse(part('Hi'), last, DONE)])).toMatchObject({
      requestId: 'req_01',
      usage: { inputTokens: 3, outputTokens: 2 },
    });
  });

  it('prefers OpenRouter’s own cost, and adds the upstream’s on a key of another provider', () => {
    const counts = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 0.5 };
    expect(readStream(OPENROUTER, [sse(...HELLO, usage(counts), DONE)]).usage?.costUsd).toBe(0.5);
    const byok = { ...counts, is_byok: true, cost_details: { upstream_inference_cost: 2 } };
    expect(readStream(OPENROUTER, [sse(...HELLO, usage(byok), DONE)]).usage?.costUsd).toBe(2.5);
    expect(
      readStream(OPENROUTER, [sse(...HELLO, usage({ ...counts, is_byok: true }), DONE)]).usage?.costUsd,
    ).toBeUndefined();
  });

  it('counts reasoning that stands only in the total as output', () => {
    expect(
      readStream(OPENAI, [
        sse(...HELLO, usage({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 40 }), DONE),
      ]).usage,
    ).toMatchObject({
      inputTokens: 10,
      outputTokens: 30,
    });
  });

  it.each([
    ['missing', undefined],
    ['negative', { prompt_tokens: -1, completion_tokens: 5, total_tokens: 4 }],
    ['1e308', { prompt_tokens: 1e308, completion_tokens: 5, total_tokens: 4 }],
    ['a string', { prompt_tokens: '7', completion_tokens: 5, total_tokens: 12 }],
    ['NaN as null', { prompt_tokens: null, completion_tokens: 5 }],
    ['no object', 'many'],
  ])('takes usage that is %s for unknown', (_, counts) => {
    const reading = readStream(OPENAI, [
      sse(...HELLO, ...(counts === undefined ? [] : [usage(counts as object)]), DONE),
    ]);
    expect(reading.finish).toBe('stop');
    expect(reading.usage).toBeUndefined();
  });

  it('takes the later of two usages, and no cache that is larger than the input', () => {
    const twice = sse(
      ...HELLO,
      usage({ prompt_tokens: 1, completion_tokens: 1 }),
      usage({ prompt_tokens: 9, completion_tokens: 2 }),
      DONE,
    );
    expect(readStream(OPENAI, [twice]).usage).toMatchObject({ inputTokens: 9, outputTokens: 2 });
    const cached = usage({
      prompt_tokens: 5,
      completion_tokens: 1,
      prompt_tokens_details: { cached_tokens: 50 },
    });
    expect(readStream(OPENAI, [sse(...HELLO, cached, DONE)]).usage).toEqual({
      inputTokens: 5,
      outputTokens: 1,
    });
  });

  it.each([
    [
      'an event named error',
      'event: error\ndata: {"error":{"message":"x","type":"server_error"}}\n\n',
      'provider_overloaded',
    ],
    ['an event named error with nothing in it', 'event: error\ndata: {}\n\n', 'provider_failed'],
    [
      'a chunk with an error',
      'data: {"error":{"code":502,"message":"x"},"choices":[{"finish_reason":"error"}]}\n\n',
      'provider_overloaded',
    ],
    ['an error that is a string', 'data: {"error":"out of memory"}\n\n', 'provider_overloaded'],
    ['x_groq.error', 'data: {"choices":[],"x_groq":{"error":"over capacity"}}\n\n', 'provider_failed'],
    [
      'vLLM’s error object',
      'data: {"object":"error","message":"x","type":"invalid_request_error","code":400}\n\n',
      'provider_failed',
    ],
    [
      'Google’s bare JSON over several lines',
      '{\n "error": {\n  "code": 429,\n  "status": "RESOURCE_EXHAUSTED"\n }\n}\n',
      'rate_limited',
    ],
    ['Google’s array', '[{"error":{"code":503,"status":"UNAVAILABLE"}}]\n', 'provider_overloaded'],
    ['a context that ran over', 'data: {"error":{"code":"context_length_exceeded"}}\n\n', 'too_large'],
  ])('keeps the text before %s', (_, event, code) => {
    const reading = readStream(OPENAI, [sse(part('Hel'), part('lo'), event)]);
    expect(reading.text).toBe('Hello');
    expect(reading.failure?.code).toBe(code);
    expect(reading.failure?.message).not.toContain('out of memory');
  });

  it('says that a malformed frame is no stream, and keeps the text', () => {
    const reading = readStream(OPENAI, [
      sse(part('Hello'), 'data: {"choices": oops}\n\n', finish('stop'), DONE),
    ]);
    expect(reading).toMatchObject({ text: 'Hello', failure: { reason: 'not_a_stream' } });
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['CR', (text: string) => text.replaceAll('\n', '\r')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['comments', (text: string) => text.replaceAll('data:', ': OPENROUTER PROCESSING\n\ndata:')],
    ['no blank after the colon', (text: string) => text.replaceAll('data: ', 'data:')],
    ['data before the event name', (text: string) => text.replaceAll(/(data: .*)\n/g, '$1\nevent: chunk\n')],
    [
      'null, empty and unknown events',
      (text: string) => `data: null\n\ndata:\n\nevent: new\ndata: [1]\n\ndata: 7\n\n${text}`,
    ],
  ])('reads a stream with %s', (_, change) => {
    const stream = change(sse(part('Grüß '), part('dich 👋'), finish('stop'), DONE));
    for (const size of [1, 5, stream.length]) {
      const bytes = Buffer.from(stream);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (__, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(readStream(OPENAI, chunks)).toMatchObject({ text: 'Grüß dich 👋', finish: 'stop' });
    }
  });

  it('reads invalid UTF-8 as replacement characters', () => {
    const [before, after] = sse(part('a!b'), finish('stop')).split('!');
    const bytes = Buffer.concat([
      Buffer.from(before ?? ''),
      Buffer.from([0xff, 0xc3]),
      Buffer.from(after ?? ''),
    ]);
    expect(readStream(OPENAI, [bytes])).toMatchObject({ text: 'a\ufffd\ufffdb', finish: 'stop' });
  });

  it('reads the text parts of content that comes in parts (Mistral)', () => {
    const thinking = {
      ...part(''),
      choices: [
        { index: 0, delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] } },
      ],
    };
    const text = {
      ...part(''),
      choices: [{ index: 0, delta: { content: [{ type: 'text', text: 'yes' }] } }],
    };
    expect(readStream(OPENAI, [sse(thinking, text, finish('stop'), DONE)]).text).toBe('yes');
  });

  it('refuses an event beyond the bound, in one chunk or in many, and keeps what came before', () => {
    const huge = sse(part('x'.repeat(5000)));
    for (const chunks of [
      [sse(part('a')), huge],
      [sse(part('a')), ...(huge.match(/.{1,100}/gs) ?? [])],
    ]) {
      expect(readStream(OPENAI, [...chunks, sse(finish('stop'), DONE)], 1000)).toMatchObject({
        text: 'a',
        failure: { reason: 'response_too_large' },
      });
    }
  });
});
