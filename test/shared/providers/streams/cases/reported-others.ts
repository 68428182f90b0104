import { converse, exception } from '../../formats/event-frames.ts';
import { sse } from '../../formats/read-stream.ts';
import { BUSY, LIMITED, type StreamCase } from './stream-case.ts';

const CONTEXT = 'too_large/context_length';
const start = (usage: object): object => ({
  type: 'message_start',
  message: { id: 'msg', model: 'm', usage },
});
const words = (text: string): object => ({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text },
});
const end = (stop_reason: string, usage: object = { output_tokens: 2 }): object => ({
  type: 'message_delta',
  delta: { stop_reason },
  usage,
});
const CLOSED = { type: 'message_stop' };
const error = (type: string, message: string): object => ({ type: 'error', error: { type, message } });
const written = (delta: string): object => ({
  type: 'response.output_text.delta',
  item_id: 'i',
  delta,
  logprobs: [],
  obfuscation: 'x9',
});
const response = (status: string, more: object = {}): object => ({
  type: `response.${status}`,
  response: { id: 'r', status, model: 'm', output: [], ...more },
});
const google = (of: object): string => `data: ${JSON.stringify(of)}\r\n\r\n`;
const part = (text: string, more: object = {}): object => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...more }],
});
const piece = (text: string): Buffer =>
  converse('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });

/** The other formats, as users of other products found them on the wire. */
export const REPORTED_OTHERS: readonly StreamCase[] = [
  [
    'the prompt’s count comes at the end',
    'anthropic',
    sse(
      start({ input_tokens: 0, output_tokens: 0 }),
      words('Hi'),
      end('end_turn', { input_tokens: 9, output_tokens: 5 }),
      CLOSED,
    ),
    { text: 'Hi', finish: 'stop', usage: [9, 5] },
  ],
  [
    'an error of its own',
    'anthropic',
    sse(start({}), words('Hi'), error('api_error', 'Internal server error')),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'a limit',
    'anthropic',
    sse(start({}), error('rate_limit_error', 'This request would exceed your rate limit.')),
    { text: '', fails: LIMITED },
  ],
  [
    'a prompt that is too long',
    'anthropic',
    sse(error('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum')),
    { text: '', fails: CONTEXT },
  ],
  [
    'an output that is full',
    'anthropic',
    sse(start({}), words('Hi'), end('max_tokens'), CLOSED),
    { text: 'Hi', finish: 'length' },
  ],
  [
    'a search of the server’s between',
    'anthropic',
    sse(
      start({ input_tokens: 3, output_tokens: 1 }),
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'server_tool_use', id: 't', name: 'web_search', input: {} },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"q":1}' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'web_search_tool_result', content: [] },
      },
      { type: 'content_block_start', index: 2, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 2, delta: { type: 'text_delta', text: 'Hi' } },
      end('end_turn'),
      CLOSED,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'the name behind the data',
    'anthropic',
    [start({}), words('Hi'), end('end_turn'), CLOSED]
      // as: each has its type
      .map((one) => `data: ${JSON.stringify(one)}\nevent: ${(one as { readonly type: string }).type}\n\n`)
      .join(''),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'a limit, as an event',
    'responses',
    sse({
      type: 'error',
      code: 'rate_limit_exceeded',
      message: 'Rate limit reached for m. Please try again in 1.2s.',
      param: null,
    }),
    { text: '', fails: LIMITED, retry: 2 },
  ],
  [
    'a prompt that is too long',
    'responses',
    sse({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code: 'context_length_exceeded',
        message:
          'Your input exceeds the context window of this model. Please adjust your input and try again.',
      },
    }),
    { text: '', fails: CONTEXT },
  ],
  [
    'too much to do',
    'responses',
    sse(
      response('failed', {
        error: { code: 'server_is_overloaded', message: 'Our servers are currently overloaded.' },
      }),
    ),
    { text: '', fails: BUSY },
  ],
  [
    'a refusal',
    'responses',
    sse(
      { type: 'response.refusal.delta', item_id: 'i', delta: 'I cannot' },
      { type: 'response.refusal.done', item_id: 'i', refusal: 'I cannot' },
      response('completed', {
        output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'I cannot' }] }],
      }),
    ),
    { finish: 'refusal' },
  ],
  [
    'an output that is full, and padding in each piece',
    'responses',
    sse(
      written('H'),
      written('i'),
      response('incomplete', { incomplete_details: { reason: 'max_output_tokens' } }),
    ),
    { text: 'Hi', finish: 'length' },
  ],
  [
    'a recitation',
    'gemini',
    google(part('Hi')) + google({ candidates: [{ finishReason: 'RECITATION', index: 0 }] }),
    { text: 'Hi', finish: 'refusal' },
  ],
  [
    'a person’s data',
    'gemini',
    google({ candidates: [{ finishReason: 'SPII', index: 0 }] }),
    { text: '', finish: 'refusal' },
  ],
  [
    'counts alone at first, and more of them in every chunk',
    'gemini',
    google({ usageMetadata: { promptTokenCount: 3, trafficType: 'ON_DEMAND' }, modelVersion: 'm' }) +
      google({ candidates: [], usageMetadata: { promptTokenCount: 3, totalTokenCount: 3 } }) +
      google({ ...part('H'), usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1 } }) +
      google({
        ...part('i', { finishReason: 'STOP' }),
        usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2 },
      }),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'high demand, in the middle',
    'gemini',
    google(part('Hi')) +
      google({
        error: {
          code: 503,
          status: 'UNAVAILABLE',
          message: 'This model is currently experiencing high demand.',
        },
      }),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'a guardrail',
    'converse',
    [piece('Hi'), converse('messageStop', { stopReason: 'guardrail_intervened' })],
    { text: 'Hi', finish: 'refusal' },
  ],
  [
    'filtered',
    'converse',
    [piece('Hi'), converse('messageStop', { stopReason: 'content_filtered' })],
    { text: 'Hi', finish: 'refusal' },
  ],
  [
    'an output that is full',
    'converse',
    [piece('Hi'), converse('messageStop', { stopReason: 'max_tokens' })],
    { text: 'Hi', finish: 'length' },
  ],
  [
    'a limit',
    'converse',
    [
      piece('Hi'),
      exception('throttlingException', { message: 'Too many tokens, please wait before trying again.' }),
    ],
    { text: 'Hi', fails: LIMITED },
  ],
  [
    'a prompt that is too long',
    'converse',
    [
      exception('validationException', {
        message: 'The model returned the following errors: Input is too long for requested model.',
      }),
    ],
    { text: '', fails: CONTEXT },
  ],
  [
    'trouble of the service',
    'converse',
    [exception('serviceUnavailableException', { message: 'Service is unavailable.' })],
    { text: '', fails: BUSY },
  ],
];
