import { describe, expect, it } from 'vitest';
import { createReader } from '../../../../shared/providers/formats/answer-reader.ts';
import { ANTHROPIC } from '../../../../shared/providers/vendors/anthropic.ts';
import { readStream } from './read-stream.ts';

const event = (data: { type: string } & Record<string, unknown>): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const START = event({
  type: 'message_start',
  message: {
    id: 'msg_1',
    model: 'claude-opus-5-5',
    usage: { input_tokens: 43, cache_creation_input_tokens: 5, cache_read_input_tokens: 2, output_tokens: 1 },
  },
});
const OPEN = event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
const text = (piece: string): string =>
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } });
const delta = (stop_reason: string, usage: object = { output_tokens: 12 }): string =>
  event({ type: 'message_delta', delta: { stop_reason }, usage });
const STOP = event({ type: 'message_stop' });

describe('Anthropic Messages', () => {
  it('has the text, the finish, the model and the id, and adds the cached tokens to the input', () => {
    expect(
      readStream(ANTHROPIC, [START + OPEN + text('Hel') + text('lo') + delta('end_turn') + STOP]),
    ).toMatchObject({
      text: 'Hello',
      shown: 'Hello',
      finish: 'stop',
      usage: { inputTokens: 50, outputTokens: 12, cachedTokens: 2, cacheWriteTokens: 5 },
      model: 'claude-opus-5-5',
      requestId: 'msg_1',
    });
  });

  it('takes the later event’s counts where it restates them, null counting as not restated', () => {
    const restated = delta('end_turn', {
      input_tokens: 61,
      cache_creation_input_tokens: null,
      cache_read_input_tokens: 0,
      output_tokens: 9,
    });
    expect(readStream(ANTHROPIC, [START + OPEN + text('x') + restated + STOP]).usage).toMatchObject({
      inputTokens: 66,
      outputTokens: 9,
    });
  });

  it('takes no answer for whole without message_stop', () => {
    expect(readStream(ANTHROPIC, [START + OPEN + text('Hello') + delta('end_turn')]).failure?.reason).toBe(
      'truncated',
    );
  });

  it.each([
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'refusal'],
    ['stop_sequence', 'stop'],
  ])('reads the stop reason %s as %s', (theirs, ours) => {
    expect(readStream(ANTHROPIC, [START + OPEN + text('x') + delta(theirs) + STOP]).finish).toBe(ours);
  });

  it.each(['pause_turn', 'something_new', 'toString'])(
    'takes the stop reason %s for no whole answer',
    (theirs) => {
      expect(readStream(ANTHROPIC, [START + OPEN + text('x') + delta(theirs) + STOP]).failure?.code).toBe(
        'provider_failed',
      );
    },
  );

  it('ignores pings, unknown events, unknown deltas, thinking and a second message_start', () => {
    const noise = [
      event({ type: 'ping' }),
      event({ type: 'brand_new', text: 'evil' }),
      event({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } }),
      event({ type: 'content_block_delta', index: 0, delta: { type: 'other_delta', text: 'evil' } }),
      event({
        type: 'message_start',
        message: { id: 'msg_2', model: 'other', usage: { input_tokens: 9999 } },
      }),
    ].join('');
    expect(
      readStream(ANTHROPIC, [START + OPEN + noise + text('Hello') + noise + delta('end_turn') + STOP]),
    ).toMatchObject({
      text: 'Hello',
      finish: 'stop',
      model: 'claude-opus-5-5',
      usage: { inputTokens: 50 },
    });
  });

  it('goes by the type in the JSON when the event’s name is missing or comes after the data', () => {
    const stream = START + OPEN + text('Hello') + delta('end_turn') + STOP;
    expect(readStream(ANTHROPIC, [stream.replaceAll(/^event: .*\n/gm, '')]).finish).toBe('stop');
    expect(readStream(ANTHROPIC, [stream.replaceAll(/^(event: .*\n)(data: .*\n)/gm, '$2$1')]).text).toBe(
      'Hello',
    );
  });

  it.each([
    ['overloaded_error', 'provider_overloaded'],
    ['rate_limit_error', 'rate_limited'],
    ['api_error', 'provider_overloaded'],
    ['authentication_error', 'key_rejected'],
    ['invalid_request_error', 'provider_failed'],
    ['never_seen', 'provider_failed'],
  ])('keeps the text before an error of the type %s', (type, code) => {
    const error = event({ type: 'error', error: { type, message: 'secret words' }, request_id: 'req_1' });
    const reading = readStream(ANTHROPIC, [
      START + OPEN + text('Hel') + error + text('lo') + delta('end_turn') + STOP,
    ]);
    expect(reading.text).toBe('Hel');
    expect(reading.failure?.code).toBe(code);
    expect(reading.failure?.message).not.toContain('secret words');
  });

  it.each([
    ['negative', { output_tokens: -5 }],
    ['a fraction', { output_tokens: 1.5 }],
    ['1e308', { output_tokens: 1e308 }],
    ['a string', { output_tokens: '12' }],
  ])('takes a count that is %s for unknown usage', (_, usage) => {
    expect(
      readStream(ANTHROPIC, [START + OPEN + text('x') + delta('end_turn', usage) + STOP]).usage,
    ).toBeUndefined();
  });

  it('tells the input of an answer that was cut off, whose output is not known', () => {
    expect(readStream(ANTHROPIC, [START + OPEN + text('Hello')])).toMatchObject({
      usage: undefined,
      inputTokens: 50,
    });
  });

  it('counts what shows progress, and neither pings nor unknown events', () => {
    const reader = createReader(ANTHROPIC);
    reader.feed({ event: 'ping', data: '{"type":"ping"}' });
    reader.feed({ event: 'new', data: '{"type":"new"}' });
    reader.feed({ data: '' });
    expect(reader.beats).toBe(0);
    reader.feed({ data: '{"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"hm"}}' });
    expect(reader.beats).toBe(1);
  });
});
