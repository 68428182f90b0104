import { describe, expect, it } from 'vitest';
import { ANTHROPIC } from '../../../../shared/providers/vendors/anthropic.ts';
import { OPENAI } from '../../../../shared/providers/vendors/openai.ts';
import { readJson } from './read-json.ts';
import { readStream, sse } from './read-stream.ts';

const choice = (more: object, top: object = {}) => ({
  id: 'c1',
  model: 'm',
  choices: [{ index: 0, ...more }],
  ...top,
});

const USAGE = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };

const WHOLE_CHAT = {
  id: 'c1',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Héllo: "yes"' }, finish_reason: 'stop' }],
  usage: USAGE,
};

const WHOLE_MESSAGE = {
  id: 'msg',
  type: 'message',
  model: 'm',
  content: [
    { type: 'thinking', thinking: 'hm' },
    { type: 'text', text: 'Héllo: ' },
    { type: 'text', text: '"yes"' },
  ],
  stop_reason: 'end_turn',
  usage: { input_tokens: 9, output_tokens: 4 },
};

describe('an answer that came whole', () => {
  it.each([
    ['chat completions', OPENAI, WHOLE_CHAT],
    ['Messages', ANTHROPIC, WHOLE_MESSAGE],
  ])('is read like a stream: %s', (_, vendor, body) => {
    for (const text of [
      JSON.stringify(body),
      JSON.stringify(body, null, 2),
      `\n${JSON.stringify([body], null, '\t')}\n`,
      sse(body),
    ]) {
      for (const size of [1, 7, text.length]) {
        const bytes = Buffer.from(text);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (__, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        expect(readStream(vendor, chunks)).toMatchObject({
          text: 'Héllo: "yes"',
          shown: 'Héllo: "yes"',
          finish: 'stop',
          usage: { inputTokens: 9, outputTokens: 4 },
          model: 'm',
        });
      }
    }
  });

  it('is not whole when it is cut', () => {
    const text = JSON.stringify(WHOLE_CHAT);
    for (let cut = 0; cut < text.length; cut += 3)
      expect(readStream(OPENAI, [text.slice(0, cut)]).failure).toBeDefined();
  });

  it('has the JSON as a tool call', () => {
    const tool = { function: { name: 'json', arguments: '{"a":1}' } };
    const chat = choice({ message: { content: null, tool_calls: [tool] }, finish_reason: 'tool_calls' });
    expect(readJson(OPENAI, JSON.stringify(chat))).toMatchObject({ text: '{"a":1}', finish: 'stop' });
    const message = {
      ...WHOLE_MESSAGE,
      content: [{ type: 'tool_use', input: { a: 1 } }],
      stop_reason: 'tool_use',
    };
    expect(readJson(ANTHROPIC, JSON.stringify(message))).toMatchObject({ text: '{"a":1}', finish: 'stop' });
  });

  it('is bounded', () => {
    const huge = JSON.stringify(
      choice({ message: { content: 'x'.repeat(5000) }, finish_reason: 'stop' }),
      null,
      1,
    );
    expect(readStream(OPENAI, [huge], 1000).failure).toBeDefined();
  });
});
