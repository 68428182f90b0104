import { describe, expect, it } from 'vitest';
import { StreamReader } from '../../../../shared/providers/formats/stream-reader.ts';
import { readJson, vendorOf } from './read-json.ts';
import { readStream, sse } from './read-stream.ts';

const RESPONSES = vendorOf('responses');

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
    expect(readJson(RESPONSES, stream)).toMatchObject({ text: '{"a":1}', finish: 'stop' });
    expect(readJson(RESPONSES, JSON.stringify(ended('completed', { output }).response)).text).toBe('{"a":1}');
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
