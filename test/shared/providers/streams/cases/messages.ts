import { sse } from '../../formats/read-stream.ts';
import { BUSY, LIMITED, type StreamCase, TRUNCATED } from './stream-case.ts';

const message = (usage: object = {}): object => ({
  type: 'message_start',
  message: { id: 'msg', model: 'm', usage },
});
const text = (words: string): object => ({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text: words },
});
const over = (stop_reason: string | null, usage?: object): object => ({
  type: 'message_delta',
  delta: { stop_reason },
  usage,
});
const CLOSED = { type: 'message_stop' };
export const MESSAGES: readonly StreamCase[] = [
  [
    'thoughts, signatures, citations, what is hidden and what is new',
    'anthropic',
    sse(
      message({ input_tokens: 7, output_tokens: 1 }),
      { type: 'content_block_start', index: 0, content_block: { type: 'redacted_thinking', data: 'x' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'thinking_delta', thinking: 'hm' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'signature_delta', signature: 'x' } },
      { type: 'ping' },
      text('Hi'),
      { type: 'content_block_delta', index: 2, delta: { type: 'citations_delta', citation: {} } },
      { type: 'something_new', data: { text: 'NO' } },
      over('end_turn', { output_tokens: 9 }),
      CLOSED,
    ),
    { text: 'Hi', finish: 'stop', usage: [7, 9], thoughtChars: 2 },
  ],
  [
    'the end in one event, its counts in the next',
    'anthropic',
    sse(
      message({ input_tokens: 7, output_tokens: 1 }),
      text('Hi'),
      over('end_turn'),
      over(null, { output_tokens: 9 }),
      CLOSED,
    ),
    { text: 'Hi', finish: 'stop', usage: [7, 9] },
  ],
  [
    'a refusal with its details',
    'anthropic',
    sse(
      message(),
      text('I'),
      {
        type: 'message_delta',
        delta: { stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'cyber' } },
      },
      CLOSED,
    ),
    { text: 'I', finish: 'refusal' },
  ],
  [
    'a context that ran full',
    'anthropic',
    sse(message(), text('Hi'), over('model_context_window_exceeded'), CLOSED),
    { text: 'Hi', finish: 'length' },
  ],
  [
    'a turn that wants to go on',
    'anthropic',
    sse(message(), text('Hi'), over('pause_turn'), CLOSED),
    { text: 'Hi', fails: TRUNCATED },
  ],
  [
    'overloaded in the middle',
    'anthropic',
    sse(
      message(),
      text('Hi'),
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
    ),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'a gateway’s error without a type',
    'anthropic',
    sse(message(), {
      error: { message: 'litellm.RateLimitError: slow down', type: 'throttling_error', code: '429' },
    }),
    { text: '', fails: LIMITED },
  ],
  [
    'names that stand only in the event lines',
    'anthropic',
    'event: message_start\ndata: {"message":{"id":"msg","model":"m"}}\n\nevent: content_block_delta\ndata: {"delta":{"type":"text_delta","text":"Hi"}}\n\nevent: message_delta\ndata: {"delta":{"stop_reason":"end_turn"}}\n\nevent: message_stop\ndata: {}\n\n',
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'text in the block’s start, as some gateways send it',
    'anthropic',
    sse(
      message(),
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'H' } },
      text('i'),
      over('end_turn'),
      CLOSED,
    ),
    { text: 'Hi', finish: 'stop' },
  ],
];
