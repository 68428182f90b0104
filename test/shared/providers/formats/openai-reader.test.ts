import { describe, expect, it } from 'vitest';
import { AZURE } from '../../../../shared/providers/vendors/azure.ts';
import { OPENAI } from '../../../../shared/providers/vendors/openai.ts';
import { DONE, finish, HELLO, part, usage } from './chat-events.ts';
import { readStream, sse } from './read-stream.ts';

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

  it.each(['error', 'constructor', '__proto__'])(
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
