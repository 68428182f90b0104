import { describe, expect, it } from 'vitest';
import { StreamReader } from '../../../../shared/providers/formats/stream-reader.ts';
import { ANTHROPIC } from '../../../../shared/providers/vendors/anthropic.ts';
import { OPENAI } from '../../../../shared/providers/vendors/openai.ts';
import { readJson } from './read-json.ts';
import { readStream, sse } from './read-stream.ts';

const DONE = 'data: [DONE]\n\n';

const choice = (more: object, top: object = {}) => ({
  id: 'c1',
  model: 'm',
  choices: [{ index: 0, ...more }],
  ...top,
});

const part = (content: unknown) => choice({ delta: { content }, finish_reason: null });

const STOP = choice({ delta: {}, finish_reason: 'stop' });

const USAGE = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };

const start = (usage?: object) => ({ type: 'message_start', message: { id: 'msg', model: 'm', usage } });

const delta = (text: string) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text } });

const end = (usage?: object) => ({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage });

describe('errors inside a stream', () => {
  it.each([
    [
      'llama.cpp’s context',
      { error: { code: 400, message: 'the request exceeds the available context size' } },
      'context_length',
    ],
    ['an array (Gemini)', [{ error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }], undefined],
    [
      'an array of a later error',
      [part('x'), { error: { code: 'context_length_exceeded' } }],
      'context_length',
    ],
    ['a bare message', { message: 'too many tokens', code: 'context_length_exceeded' }, 'context_length'],
  ])('%s are named', (_, error, reason) => {
    const reading = readStream(OPENAI, [`data: ${JSON.stringify(error)}\n\n${DONE}`]);
    expect(reading.failure?.reason).toBe(reason);
    if (reason === undefined) expect(reading.failure?.code).toBe('rate_limited');
  });

  it('that are words and no JSON are errors, not a stream that cannot be read', () => {
    const reading = readStream(OPENAI, [sse(part('Hi')), 'event: error\ndata: upstream reset\n\n']);
    expect(reading).toMatchObject({ text: 'Hi', failure: { code: 'provider_failed' } });
    expect(reading.failure?.reason).toBeUndefined();
  });
});

describe('chat completions', () => {
  it('have a message in place of a delta, in pieces, as a whole, or as all that came so far', () => {
    const message = (content: string) => choice({ message: { role: 'assistant', content } });
    expect(readStream(OPENAI, [sse(message('Hello'), STOP, DONE)])).toMatchObject({
      text: 'Hello',
      finish: 'stop',
    });
    expect(readStream(OPENAI, [sse(message('Hel'), message('lo'), STOP, DONE)]).text).toBe('Hello');
    expect(readStream(OPENAI, [sse(message('Hel'), message('Hello'), STOP, DONE)]).text).toBe('Hello');
    const both = choice({ delta: { content: 'lo' }, message: { content: 'Hello' } });
    expect(readStream(OPENAI, [sse(part('Hel'), both, STOP, DONE)]).text).toBe('Hello');
  });

  it('have usage inside the choice', () => {
    const last = choice({ delta: {}, finish_reason: 'stop', usage: USAGE });
    expect(readStream(OPENAI, [sse(part('Hi'), last, DONE)]).usage).toMatchObject({
      inputTokens: 9,
      outputTokens: 4,
    });
  });

  it.each([
    ['zeros', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
    ['no output for a text', { prompt_tokens: 9, completion_tokens: 0, total_tokens: 9 }],
    ['no input', { prompt_tokens: 0, completion_tokens: 4, total_tokens: 4 }],
  ])('have counts of a server that does not count (%s), which are not believed', (_, usage) => {
    const reading = readStream(OPENAI, [sse(part('Hi'), STOP, { choices: [], usage }, DONE)]);
    expect(reading).toMatchObject({ finish: 'stop', usage: undefined });
  });

  it('have other answers than the first, which are left out', () => {
    const other = { choices: [{ index: 1, delta: { content: 'NO' }, finish_reason: 'length' }] };
    const mixed = {
      choices: [
        { index: 1, delta: { content: 'NO' } },
        { index: 0, delta: { content: 'lo' } },
      ],
    };
    const stream = sse(part('Hel'), other, mixed, STOP, other, DONE);
    expect(readStream(OPENAI, [stream])).toMatchObject({ text: 'Hello', finish: 'stop' });
  });

  it('have the JSON as a tool call, whole or in pieces, where JSON was asked for', () => {
    const call = (args: unknown, index = 0) =>
      choice({ delta: { content: null, tool_calls: [{ index, function: { arguments: args } }] } });
    const called = choice({ delta: {}, finish_reason: 'tool_calls' });
    const pieces = sse(call('{"a"'), call('{"b":2}', 1), call(':1}'), called, DONE);
    expect(readJson(OPENAI, pieces)).toMatchObject({ text: '{"a":1}', finish: 'stop' });
    expect(readJson(OPENAI, sse(call({ a: 1 }), called, DONE)).text).toBe('{"a":1}');
    // What was said is the answer, and of Markdown no tool call is one.
    expect(readJson(OPENAI, sse(part('{"c":3}'), call('{"a":1}'), called, DONE)).text).toBe('{"c":3}');
    expect(readStream(OPENAI, [pieces]).text).toBe('');
  });

  it.each([
    ['content parts', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }],
    ['reasoning', { reasoning: 'hm' }],
    ['reasoning_content', { reasoning_content: 'hm' }],
    ['reasoning_details', { reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }],
  ])('think, which is progress and no text (%s)', (_, thought) => {
    const reader = new StreamReader(OPENAI, 100_000, () => undefined);
    reader.push(Buffer.from(sse(part(''))));
    for (let i = 0; i < 3; i++) {
      const { beats } = reader;
      reader.push(Buffer.from(sse(choice({ delta: thought }))));
      expect(reader.beats).toBeGreaterThan(beats);
    }
    reader.push(Buffer.from(sse(part('yes'), STOP, DONE)));
    expect(reader.end()).toMatchObject({ text: 'yes', finish: 'stop' });
  });

  it('make no progress by empty chunks without a model', () => {
    const reader = new StreamReader(OPENAI, 100_000, () => undefined);
    const empty = { choices: [{ index: 0, delta: { content: '' } }] };
    reader.push(Buffer.from(sse(empty)));
    const { beats } = reader;
    reader.push(Buffer.from(sse(empty, empty, {}, { choices: [] })));
    expect(reader.beats).toBe(beats);
  });
});

describe('Messages', () => {
  it('without counts of their own have no usage, but the input that was told', () => {
    expect(
      readStream(ANTHROPIC, [
        sse(start({ input_tokens: 50, output_tokens: 0 }), delta('Hi'), end(), { type: 'message_stop' }),
      ]),
    ).toMatchObject({ finish: 'stop', usage: undefined, inputTokens: 50 });
    const zeros = sse(start({ input_tokens: 0, output_tokens: 0 }), delta('Hi'), end({ output_tokens: 0 }), {
      type: 'message_stop',
    });
    expect(readStream(ANTHROPIC, [zeros])).toMatchObject({ usage: undefined, inputTokens: undefined });
  });

  it('that begin anew are not joined to what was broken off', () => {
    const again = sse(start(), delta('{"a":'), start(), delta('{"a":1}'), end(), { type: 'message_stop' });
    expect(readStream(ANTHROPIC, [again])).toMatchObject({ text: '{"a":1}', finish: 'stop' });
  });

  it('end with [DONE] in place of message_stop', () => {
    expect(readStream(ANTHROPIC, [sse(start(), delta('Hi'), end(), DONE)])).toMatchObject({
      text: 'Hi',
      finish: 'stop',
    });
    expect(readStream(ANTHROPIC, [sse(start(), delta('Hi'), DONE)]).failure?.reason).toBe('truncated');
  });

  it('have the JSON as a tool’s input where JSON was asked for', () => {
    const open = {
      type: 'content_block_start',
      content_block: { type: 'tool_use', name: 'json', input: {} },
    };
    const input = (partial_json: string) => ({
      type: 'content_block_delta',
      delta: { type: 'input_json_delta', partial_json },
    });
    const stop = { type: 'message_delta', delta: { stop_reason: 'tool_use' } };
    const stream = sse(start(), open, input('{"a"'), input(':1}'), stop, { type: 'message_stop' });
    expect(readJson(ANTHROPIC, stream)).toMatchObject({ text: '{"a":1}', finish: 'stop' });
    expect(readStream(ANTHROPIC, [stream]).text).toBe('');
  });
});
