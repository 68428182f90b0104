import { describe, expect, it } from 'vitest';
import { readJson, vendorOf } from './read-json.ts';
import { readStream, sse } from './read-stream.ts';

const GEMINI = vendorOf('gemini');

describe('Gemini’s own format', () => {
  const chunk = (parts: readonly object[], finishReason?: string, more: object = {}) => ({
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...(finishReason && { finishReason }) }],
    usageMetadata: {
      promptTokenCount: 30,
      candidatesTokenCount: 4,
      thoughtsTokenCount: 8,
      totalTokenCount: 42,
    },
    modelVersion: 'gemini-3-pro',
    responseId: 'r1',
    ...more,
  });
  const crlf = (...chunks: readonly object[]) => sse(...chunks).replaceAll('\n', '\r\n');

  it('has the text without the thoughts, which are paid as output', () => {
    const stream = crlf(
      chunk([{ text: 'hm', thought: true }]),
      chunk([{ text: 'Hel' }, { text: 'lo' }]),
      chunk([{ text: '', thoughtSignature: 'abc' }], 'STOP'),
    );
    expect(readStream(GEMINI, [stream])).toMatchObject({
      text: 'Hello',
      shown: 'Hello',
      finish: 'stop',
      usage: { inputTokens: 30, outputTokens: 12 },
      model: 'gemini-3-pro',
      requestId: 'r1',
    });
  });

  it.each([
    ['MAX_TOKENS', { finish: 'length' }],
    ['SAFETY', { finish: 'refusal' }],
    ['RECITATION', { finish: 'refusal' }],
    ['MALFORMED_FUNCTION_CALL', { failure: { reason: 'bad_output' } }],
    ['OTHER', { failure: { reason: 'truncated' } }],
    ['FINISH_REASON_UNSPECIFIED', { failure: { reason: 'truncated' } }],
  ])('ends by %s', (reason, outcome) => {
    expect(readStream(GEMINI, [crlf(chunk([{ text: 'x' }], reason))])).toMatchObject(outcome);
  });

  it('blocks a prompt without any candidate', () => {
    const blocked = {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 9 },
    };
    expect(readStream(GEMINI, [crlf(blocked)])).toMatchObject({ finish: 'refusal', text: '' });
  });

  it.each([
    ['a chunk', crlf({ error: { code: 503, status: 'UNAVAILABLE', message: 'x' } }), 'provider_overloaded'],
    ['bare JSON', '{\n "error": {\n "code": 429,\n "status": "RESOURCE_EXHAUSTED"\n }\n}\n', 'rate_limited'],
    ['an array', '[{\n "error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}\n}\n]', 'rate_limited'],
  ])('has errors as %s', (_, error, code) => {
    expect(readStream(GEMINI, [crlf(chunk([{ text: 'Hel' }])), error])).toMatchObject({
      text: 'Hel',
      failure: { code },
    });
  });

  it('comes whole, and as the array that it is without alt=sse', () => {
    const whole = chunk([{ text: 'Hello' }], 'STOP');
    const array = [chunk([{ text: 'Hel' }]), chunk([{ text: 'lo' }], 'STOP')];
    for (const body of [whole, array])
      expect(readStream(GEMINI, [JSON.stringify(body, null, 2)])).toMatchObject({
        text: 'Hello',
        finish: 'stop',
      });
  });

  it('has the JSON as a function call where JSON was asked for, and leaves other candidates out', () => {
    const call = chunk([{ functionCall: { name: 'json', args: { a: 1 } } }], 'STOP');
    expect(readJson(GEMINI, crlf(call))).toMatchObject({ text: '{"a":1}', finish: 'stop' });
    expect(readStream(GEMINI, [crlf(call)]).text).toBe('');
    const other = {
      candidates: [{ index: 1, content: { parts: [{ text: 'NO' }] }, finishReason: 'MAX_TOKENS' }],
    };
    expect(readStream(GEMINI, [crlf(chunk([{ text: 'yes' }], 'STOP'), other)])).toMatchObject({
      text: 'yes',
      finish: 'stop',
    });
  });
});
