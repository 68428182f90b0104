import { sse } from '../../formats/read-stream.ts';
import { chunk, say, stop } from './chat-chunks.ts';
import { DONE, type StreamCase } from './stream-case.ts';

/** Chat completions: text, thoughts and lines. */
export const CHAT_TEXT: readonly StreamCase[] = [
  [
    'a delta that is null at the end',
    'openai',
    sse(say('Hi'), chunk({ delta: null, finish_reason: 'stop' }), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'content that is null between',
    'openai',
    sse(say('H'), say(null), say('i'), stop(), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'content in parts of Responses’ type',
    'openai',
    sse(say([{ type: 'output_text', text: 'Hi' }]), stop(), DONE),
    { text: 'Hi', finish: 'stop', thoughtChars: 0 },
  ],
  [
    'content in a part without a type',
    'openai',
    sse(say([{ text: 'Hi' }]), stop(), DONE),
    { text: 'Hi', finish: 'stop', thoughtChars: 0 },
  ],
  [
    'thinking and text in one delta',
    'openai',
    sse(chunk({ delta: { reasoning: 'hm', content: 'Hi' } }), stop(), DONE),
    { text: 'Hi', finish: 'stop', thoughtChars: 2 },
  ],
  [
    'the same thought in two fields',
    'openai',
    sse(
      chunk({
        delta: { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm' }], content: '' },
      }),
      say('Hi'),
      stop(),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', thoughtChars: 2 },
  ],
  [
    'JSON over several data lines',
    'openai',
    'data: {"choices":\ndata: [{"index":0,"delta":{"content":"Hi"},\ndata: "finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'names, ids and times to retry among the lines, and blanks behind',
    'openai',
    `retry: 3000\nid: 1\nevent: completion.chunk\ndata: ${JSON.stringify(say('Hi'))}   \n\nid: 2\ndata: ${JSON.stringify(stop())}\n\ndata: [DONE] \n\n`,
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an end in quotes',
    'openai',
    sse(say('Hi'), stop(), 'data: "[DONE]"\n\n'),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'pings as events, empty and with an empty object',
    'openai',
    sse(
      'event: ping\ndata: {}\n\n',
      'event: keepalive\ndata:\n\n',
      ': \n\n',
      say('Hi'),
      'data: {}\n\n',
      stop(),
      DONE,
    ),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'the last frame without its blank line',
    'openai',
    `${sse(say('Hi'))}data: ${JSON.stringify(stop())}`,
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'letters of two to four bytes and CRLF',
    'openai',
    sse(say('é€🚀'), say('한'), stop(), DONE).replaceAll('\n', '\r\n'),
    { text: 'é€🚀한', finish: 'stop' },
  ],
];
