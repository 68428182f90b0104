import { describe, expect, it } from 'vitest';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import { StreamReader } from '../../../shared/providers/formats/stream-reader.ts';
import type { Wire } from '../../../shared/providers/vendor.ts';
import { converse, exception } from './event-frames.ts';
import { readStream, sse } from './read-stream.ts';

const vendorOf = (format: Wire['format']) =>
  endpointToVendor({ id: 'op', name: 'Op', format, baseUrl: 'https://h.invalid' });
const [RESPONSES, GEMINI, CONVERSE] = [vendorOf('responses'), vendorOf('gemini'), vendorOf('converse')];

/** As `readStream`, for a call that asked for JSON. */
function readJson(format: Wire['format'], stream: string | Buffer) {
  const reader = new StreamReader(vendorOf(format), 100_000, () => undefined, { json: true });
  reader.push(Buffer.from(stream));
  return reader.end();
}

describe('Responses', () => {
  const created = { type: 'response.created', response: { id: 'resp_1', model: 'gpt-5-pro' } };
  const delta = (text: string) => ({ type: 'response.output_text.delta', delta: text });
  const usage = {
    input_tokens: 20,
    input_tokens_details: { cached_tokens: 5 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 27,
  };
  const ended = (status: string, more: object = {}) => ({
    type: `response.${status}`,
    response: { id: 'resp_1', object: 'response', model: 'gpt-5-pro', status, output: [], usage, ...more },
  });

  it('have the text, the finish, the usage, the model and the id', () => {
    expect(
      readStream(RESPONSES, [sse(created, delta('Hel'), delta('lo'), ended('completed'))]),
    ).toMatchObject({
      text: 'Hello',
      shown: 'Hello',
      finish: 'stop',
      usage: { inputTokens: 20, outputTokens: 7, cachedTokens: 5 },
      model: 'gpt-5-pro',
      requestId: 'resp_1',
    });
  });

  it.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'refusal'],
  ])('that are incomplete say why: %s', (reason, finish) => {
    const last = ended('incomplete', { incomplete_details: { reason } });
    expect(readStream(RESPONSES, [sse(created, delta('x'), last)]).finish).toBe(finish);
  });

  it('that are refused are refusals', () => {
    const refused = { type: 'response.refusal.delta', delta: 'I cannot' };
    expect(readStream(RESPONSES, [sse(created, refused, ended('completed'))])).toMatchObject({
      text: '',
      finish: 'refusal',
    });
  });

  it.each([
    ['nested', { type: 'error', error: { type: 'tokens', code: 'rate_limit_exceeded', message: 'x' } }],
    ['flat', { type: 'error', code: 'rate_limit_exceeded', message: 'x', param: null }],
    ['response.failed', ended('failed', { error: { code: 'rate_limit_exceeded', message: 'x' } })],
  ])('that fail keep their text: %s', (_, error) => {
    const failed = ended('failed', { error: { code: 'server_error', message: 'x' } });
    expect(readStream(RESPONSES, [sse(created, delta('Hel'), error, failed)])).toMatchObject({
      text: 'Hel',
      failure: { code: 'rate_limited' },
    });
  });

  it('that break off are truncated', () => {
    const done = { type: 'response.output_text.done', text: 'Hello' };
    expect(readStream(RESPONSES, [sse(created, delta('Hello'), done)]).failure?.reason).toBe('truncated');
  });

  it('that came whole, or only at the end, are read', () => {
    const output = [
      { type: 'reasoning', summary: [] },
      {
        type: 'message',
        content: [
          { type: 'output_text', text: 'Hel' },
          { type: 'output_text', text: 'lo' },
        ],
      },
    ];
    const { response } = ended('completed', { output });
    for (const stream of [JSON.stringify(response, null, 2), sse(created, ended('completed', { output }))])
      expect(readStream(RESPONSES, [stream])).toMatchObject({
        text: 'Hello',
        shown: 'Hello',
        finish: 'stop',
        usage: { inputTokens: 20 },
      });
    // What came in deltas is not said again.
    expect(readStream(RESPONSES, [sse(created, delta('Hello'), ended('completed', { output }))]).text).toBe(
      'Hello',
    );
  });

  it('have the JSON as a function call where JSON was asked for', () => {
    const args = (text: string, item_id = 'fc_1') => ({
      type: 'response.function_call_arguments.delta',
      item_id,
      delta: text,
    });
    const output = [{ type: 'function_call', id: 'fc_1', arguments: '{"a":1}' }];
    const stream = sse(
      created,
      args('{"a"'),
      args('{"b":2}', 'fc_2'),
      args(':1}'),
      ended('completed', { output }),
    );
    expect(readJson('responses', stream)).toMatchObject({ text: '{"a":1}', finish: 'stop' });
    expect(readJson('responses', JSON.stringify(ended('completed', { output }).response)).text).toBe(
      '{"a":1}',
    );
    expect(readStream(RESPONSES, [stream]).text).toBe('');
  });

  it('think, which is progress, and are told to go on, which is none', () => {
    const reader = new StreamReader(RESPONSES, 100_000, () => undefined);
    reader.push(Buffer.from(sse(created)));
    const { beats } = reader;
    reader.push(
      Buffer.from(sse({ type: 'response.in_progress' }, { type: 'keepalive', sequence_number: 3 })),
    );
    expect(reader.beats).toBe(beats);
    reader.push(Buffer.from(sse({ type: 'response.reasoning_summary_text.delta', delta: 'hm' })));
    reader.push(Buffer.from(sse({ type: 'response.reasoning_text.delta', delta: 'hm' })));
    expect(reader.beats).toBe(beats + 2);
  });
});

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
    expect(readJson('gemini', crlf(call))).toMatchObject({ text: '{"a":1}', finish: 'stop' });
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

describe('Converse', () => {
  const START = converse('messageStart', { role: 'assistant', p: 'abc' });
  const text = (piece: string) =>
    converse('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } });
  const stop = (stopReason: string) => converse('messageStop', { stopReason });
  const META = converse('metadata', {
    usage: { inputTokens: 20, outputTokens: 5, cacheReadInputTokens: 100, totalTokens: 125 },
    metrics: { latencyMs: 1 },
  });

  it('has the text, the finish and the usage, cached tokens added to the input', () => {
    expect(readStream(CONVERSE, [START, text('Hel'), text('lo'), stop('end_turn'), META])).toMatchObject({
      text: 'Hello',
      shown: 'Hello',
      finish: 'stop',
      usage: { inputTokens: 120, outputTokens: 5, cachedTokens: 100 },
    });
  });

  it.each([
    ['max_tokens', { finish: 'length' }],
    ['guardrail_intervened', { finish: 'refusal' }],
    ['content_filtered', { finish: 'refusal' }],
    ['malformed_model_output', { failure: { reason: 'bad_output' } }],
  ])('ends by %s', (reason, outcome) => {
    expect(readStream(CONVERSE, [START, text('x'), stop(reason), META])).toMatchObject(outcome);
  });

  it.each([
    ['throttlingException', 'rate_limited'],
    ['serviceUnavailableException', 'provider_overloaded'],
    ['internalServerException', 'provider_overloaded'],
    ['validationException', 'provider_failed'],
    ['somethingNewException', 'provider_failed'],
  ])('keeps the text before the exception %s', (type, code) => {
    expect(
      readStream(CONVERSE, [START, text('Hel'), exception(type, { message: 'x' }), text('lo')]),
    ).toMatchObject({
      text: 'Hel',
      failure: { code },
    });
  });

  it('leaves alone what is new', () => {
    const unknown = converse('brandNewEvent', { message: 'hello' });
    const known = [START, unknown, text('x'), converse('contentBlockStop', {}), stop('end_turn'), META];
    expect(readStream(CONVERSE, known)).toMatchObject({ text: 'x', finish: 'stop' });
  });

  it('comes whole as JSON, and has errors as JSON', () => {
    const whole = {
      output: { message: { role: 'assistant', content: [{ reasoningContent: {} }, { text: 'Hello' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 20, outputTokens: 5, totalTokens: 25 },
    };
    expect(readStream(CONVERSE, [JSON.stringify(whole)])).toMatchObject({
      text: 'Hello',
      finish: 'stop',
      usage: { inputTokens: 20, outputTokens: 5 },
    });
    expect(
      readStream(CONVERSE, ['{"message":"too many tokens","code":"ThrottlingException"}']).failure?.code,
    ).toBe('rate_limited');
  });

  it('has the JSON as a tool’s input where JSON was asked for', () => {
    const open = converse('contentBlockStart', {
      contentBlockIndex: 0,
      start: { toolUse: { name: 'json' } },
    });
    const input = (piece: string, contentBlockIndex = 0) =>
      converse('contentBlockDelta', { contentBlockIndex, delta: { toolUse: { input: piece } } });
    const stream = Buffer.concat([
      START,
      open,
      input('{"a"'),
      input('{}', 1),
      input(':1}'),
      stop('tool_use'),
      META,
    ]);
    expect(readJson('converse', stream)).toMatchObject({ text: '{"a":1}', finish: 'stop' });
    expect(readStream(CONVERSE, [stream]).text).toBe('');
  });

  it('is bounded, and no frame is taken for one', () => {
    expect(readStream(CONVERSE, [START, text('x'.repeat(5000))], 1000).failure?.reason).toBe(
      'response_too_large',
    );
    expect(readStream(CONVERSE, [Buffer.alloc(64)]).failure?.reason).toBe('not_a_stream');
    expect(readStream(CONVERSE, ['<html>']).failure?.reason).toBe('not_a_stream');
  });
});
