import { describe, expect, it } from 'vitest';
import { converse, exception } from './event-frames.ts';
import { readJson, vendorOf } from './read-json.ts';
import { readStream } from './read-stream.ts';

const CONVERSE = vendorOf('converse');

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
    expect(readJson(CONVERSE, stream)).toMatchObject({ text: '{"a":1}', finish: 'stop' });
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
