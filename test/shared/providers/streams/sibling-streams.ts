import { converse, exception, frame } from '../formats/event-frames.ts';
import { sse } from '../formats/read-stream.ts';

export type Format = 'openai' | 'anthropic' | 'responses' | 'gemini' | 'converse';

/** What a stream comes to: what is not named here is not looked at. */
export interface Outcome {
  readonly text?: string;
  readonly finish?: 'stop' | 'length' | 'refusal';
  /** `code/reason` */
  readonly fails?: string;
  readonly retry?: number;
  /** Tokens in and out; null: they are estimated. */
  readonly usage?: readonly [input: number, output: number] | null;
  readonly thoughtChars?: number;
  readonly restarts?: number;
}

export type StreamCase = readonly [
  from: string,
  format: Format,
  bytes: string | readonly Buffer[],
  want: Outcome,
  more?: { readonly json?: boolean },
];

const DONE = 'data: [DONE]\n\n';
const BUSY = 'provider_overloaded/';
const LIMITED = 'rate_limited/';
const TRUNCATED = 'provider_failed/truncated';
const chunk = (choice: object, top: object = {}): object => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  model: 'm',
  choices: [{ index: 0, ...choice }],
  ...top,
});
const say = (content: unknown, more: object = {}): object => chunk({ delta: { content }, ...more });
const stop = (top: object = {}): object => chunk({ delta: {}, finish_reason: 'stop' }, top);
const counts = (input: number, output: number): object => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});

const CHAT: readonly StreamCase[] = [
  [
    'vLLM: reasoning, no [DONE], usage in a chunk without choices',
    'openai',
    sse(
      chunk({ delta: { role: 'assistant', content: '' } }),
      chunk({ delta: { reasoning_content: 'hm, well' } }),
      say('Hi'),
      stop(),
      { choices: [], usage: counts(9, 5) },
    ),
    { text: 'Hi', finish: 'stop', usage: [9, 5], thoughtChars: 8 },
  ],
  [
    'a finish that comes twice',
    'openai',
    sse(say('Hi'), stop(), stop(), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an empty finish in every chunk',
    'openai',
    sse(say('H', { finish_reason: '' }), say('i', { finish_reason: '' }), stop(), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an empty finish in every chunk, and no other',
    'openai',
    sse(say('H', { finish_reason: '' }), say('i', { finish_reason: '' }), DONE),
    { text: 'Hi', fails: TRUNCATED },
  ],
  [
    'the word null for no finish',
    'openai',
    sse(say('H', { finish_reason: 'null' }), say('i', { finish_reason: 'null' }), stop(), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'a finish and then a chunk whose finish is null',
    'openai',
    sse(
      say('Hi'),
      stop(),
      chunk({ delta: { content: '' }, finish_reason: null }, { usage: counts(3, 2) }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'choices that are null beside the usage',
    'openai',
    sse(say('Hi'), stop(), { choices: null, usage: counts(3, 2) }, DONE),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'an empty usage after the real one',
    'openai',
    sse(say('Hi', {}), stop({ usage: counts(3, 2) }), { choices: [], usage: {} }, DONE),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'a usage so far in every chunk',
    'openai',
    sse(
      chunk({ delta: { content: 'H' } }, { usage: counts(3, 1) }),
      chunk({ delta: { content: 'i' } }, { usage: counts(3, 2) }),
      stop({ usage: counts(3, 4) }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 4] },
  ],
  [
    'usage before the text',
    'openai',
    sse({ choices: [], usage: counts(3, 0) }, say('Hi'), stop(), DONE),
    { text: 'Hi', finish: 'stop', usage: null },
  ],
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
  [
    'OpenAI’s older finish_details',
    'openai',
    sse(say('Hi'), chunk({ delta: {}, finish_details: { type: 'stop', stop: '<|fim_suffix|>' } }), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'Z.ai: sensitive',
    'openai',
    sse(say('Hi'), chunk({ delta: {}, finish_reason: 'sensitive' }), DONE),
    { text: 'Hi', finish: 'refusal' },
  ],
  [
    'Z.ai: network_error',
    'openai',
    sse(say('Hi'), chunk({ delta: {}, finish_reason: 'network_error' }), DONE),
    { text: 'Hi', fails: TRUNCATED },
  ],
  [
    'DashScope: a rate limit without an envelope',
    'openai',
    sse({
      code: 'Throttling.RateQuota',
      message: 'Requests rate limit exceeded, please try again later.',
      request_id: 'x',
    }),
    { text: '', fails: LIMITED },
  ],
  [
    'MiniMax: every chunk is fine, the last one is not paid',
    'openai',
    sse(
      chunk({ delta: { content: 'Hi' } }, { base_resp: { status_code: 0, status_msg: '' } }),
      { id: 'x', choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
      DONE,
    ),
    { text: 'Hi', fails: 'key_rejected/no_credit' },
  ],
  [
    'OpenRouter: an error of the provider behind, in the choice',
    'openai',
    sse(
      say('Hi'),
      chunk(
        { delta: { content: '' }, finish_reason: 'error' },
        {
          error: {
            code: 429,
            message: 'Rate limit exceeded',
            metadata: { error_type: 'rate_limit_exceeded' },
          },
        },
      ),
      DONE,
    ),
    { text: 'Hi', fails: LIMITED },
  ],
  [
    'an error inside the choice alone',
    'openai',
    sse(
      say('Hi'),
      chunk({ delta: {}, finish_reason: 'error', error: { code: 502, message: 'Upstream error' } }),
      DONE,
    ),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'FastAPI: a detail in the middle',
    'openai',
    sse(say('Hi'), { detail: 'Internal Server Error' }),
    { text: 'Hi', fails: 'provider_failed/' },
  ],
  [
    'LiteLLM: an error with its status as text',
    'openai',
    sse(say('Hi'), {
      error: {
        message: 'litellm.InternalServerError: OpenAIException - Connection error.',
        type: 'None',
        param: 'None',
        code: '500',
      },
    }),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'Fireworks, as its pages say: the usage in the chunk that has the finish',
    'openai',
    sse(
      chunk({ delta: { role: 'assistant' } }),
      say('Hi'),
      stop({ usage: counts(3, 2), perf_metrics: { 'fireworks-server-time-to-first-token': 0.1 } }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'Together, as its client’s types say: tokens’ ids, two fields for thoughts, eos, warnings',
    'openai',
    sse(
      chunk({
        delta: { role: 'assistant', content: '', reasoning: 'hm', token_id: 7 },
        seed: 1,
        logprobs: null,
      }),
      chunk({ delta: { role: 'assistant', content: 'Hi', token_id: 8 } }),
      chunk(
        { delta: { role: 'assistant', content: '', token_id: 9 }, finish_reason: 'eos' },
        { usage: counts(3, 2), warnings: [{ message: 'parameter is not supported' }] },
      ),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 2], thoughtChars: 2 },
  ],
  [
    'an error after the finish changes nothing that was said',
    'openai',
    sse(say('Hi'), chunk({ delta: {}, finish_reason: 'length' }), DONE, { error: { message: 'late' } }),
    { text: 'Hi', finish: 'length' },
  ],
  [
    'JSON as an old function call, in pieces',
    'openai',
    sse(
      chunk({ delta: { role: 'assistant', content: null, function_call: { name: 'json', arguments: '' } } }),
      chunk({ delta: { function_call: { arguments: '{"a"' } } }),
      chunk({ delta: { function_call: { arguments: ':1}' } } }),
      chunk({ delta: {}, finish_reason: 'function_call' }),
      DONE,
    ),
    { text: '{"a":1}', finish: 'stop' },
    { json: true },
  ],
];

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

const MESSAGES: readonly StreamCase[] = [
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

const output = (status: string, more: object = {}): object => ({
  type: `response.${status}`,
  response: { id: 'r', object: 'response', status, model: 'm', output: [], ...more },
});
const written = (delta: string): object => ({ type: 'response.output_text.delta', item_id: 'i', delta });
const whole = (words: string): object => ({
  type: 'message',
  content: [{ type: 'output_text', text: words }],
});

const RESPONSES: readonly StreamCase[] = [
  [
    'thoughts in both forms, keepalives and a [DONE]',
    'responses',
    sse(
      { type: 'response.created', response: { id: 'r', model: 'm' } },
      { type: 'keepalive', sequence_number: 1 },
      { type: 'response.reasoning_summary_text.delta', delta: 'hm' },
      { type: 'response.reasoning_text.delta', delta: 'well' },
      written('Hi'),
      output('completed', { usage: { input_tokens: 4, output_tokens: 9 } }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [4, 9], thoughtChars: 6 },
  ],
  [
    'no deltas, all of the text at the end',
    'responses',
    sse(
      { type: 'response.output_text.done', text: 'Hi' },
      output('completed', { output: [{ type: 'reasoning', summary: [] }, whole('Hi')] }),
    ),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an event that says completed of a response that is not',
    'responses',
    sse(written('Hi'), {
      type: 'response.completed',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output: [] },
    }),
    { text: 'Hi', finish: 'length' },
  ],
  [
    'filtered',
    'responses',
    sse(written('Hi'), output('incomplete', { incomplete_details: { reason: 'content_filter' } })),
    { text: 'Hi', finish: 'refusal' },
  ],
  [
    'failed by the server',
    'responses',
    sse(written('Hi'), output('failed', { error: { code: 'server_error', message: 'An error occurred.' } })),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'cancelled elsewhere',
    'responses',
    sse(written('Hi'), output('cancelled')),
    { text: 'Hi', fails: TRUNCATED },
  ],
];

const google = (parts: readonly object[], more: object = {}, top: object = {}): string =>
  `data: ${JSON.stringify({ candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }], modelVersion: 'm', ...top })}\r\n\r\n`;

const GEMINI: readonly StreamCase[] = [
  [
    'thoughts, code and pictures between',
    'gemini',
    google([{ text: 'hm', thought: true }]) +
      google([{ executableCode: { language: 'PYTHON', code: 'NO' } }]) +
      google([{ inlineData: { mimeType: 'image/png', data: 'NO' } }, { text: 'Hi' }]) +
      google(
        [{ text: '', thoughtSignature: 'x' }],
        { finishReason: 'STOP' },
        { usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, thoughtsTokenCount: 5 } },
      ),
    { text: 'Hi', finish: 'stop', usage: [3, 7], thoughtChars: 2 },
  ],
  [
    'an end without content',
    'gemini',
    `${google([{ text: 'Hi' }])}data: {"candidates":[{"finishReason":"MAX_TOKENS","index":0}]}\r\n\r\n`,
    { text: 'Hi', finish: 'length' },
  ],
  [
    'a prompt that is blocked, with its counts',
    'gemini',
    'data: {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":3}}\r\n\r\n',
    { text: '', finish: 'refusal' },
  ],
  [
    'a limit in the middle, with its time to wait',
    'gemini',
    `${google([{ text: 'Hi' }])}data: {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Resource exhausted.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}\r\n\r\n`,
    { text: 'Hi', fails: LIMITED, retry: 35 },
  ],
  [
    'an array over many lines, as without alt=sse',
    'gemini',
    `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'H' }] } }] }, null, 2)}\n,\r\n${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'i' }] }, finishReason: 'STOP' }] }, null, 2)}\n]\n`,
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an array whose last part is an error',
    'gemini',
    `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'H' }] } }] }, null, 2)},\n${JSON.stringify({ error: { code: 503, status: 'UNAVAILABLE', message: 'The model is overloaded.' } }, null, 2)}]`,
    { text: 'H', fails: BUSY },
  ],
];

const delta = (of: object): Buffer => converse('contentBlockDelta', { contentBlockIndex: 0, delta: of });

const CONVERSE: readonly StreamCase[] = [
  [
    'thoughts, whole and hidden',
    'converse',
    [
      converse('messageStart', { role: 'assistant' }),
      delta({ reasoningContent: { text: 'hm' } }),
      delta({ reasoningContent: { signature: 'x' } }),
      delta({ reasoningContent: { redactedContent: 'eA==' } }),
      delta({ text: 'Hi' }),
      converse('messageStop', { stopReason: 'end_turn' }),
      converse('metadata', { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 } }),
    ],
    { text: 'Hi', finish: 'stop', usage: [3, 2], thoughtChars: 2 },
  ],
  [
    'no metadata at the end',
    'converse',
    [delta({ text: 'Hi' }), converse('messageStop', { stopReason: 'stop_sequence' })],
    { text: 'Hi', finish: 'stop', usage: null },
  ],
  [
    'a context that ran full',
    'converse',
    [delta({ text: 'Hi' }), converse('messageStop', { stopReason: 'model_context_window_exceeded' })],
    { text: 'Hi', finish: 'length' },
  ],
  [
    'an exception of the model’s, with its own status',
    'converse',
    [
      delta({ text: 'Hi' }),
      exception('modelStreamErrorException', {
        message: 'The system encountered an error',
        originalStatusCode: 503,
      }),
    ],
    { text: 'Hi', fails: BUSY },
  ],
  [
    'a time-out of the model’s',
    'converse',
    [exception('modelTimeoutException', { message: 'Model has timed out in processing the request.' })],
    { text: '', fails: 'provider_timeout/' },
  ],
  [
    'a quota of the account’s',
    'converse',
    [
      exception('serviceQuotaExceededException', {
        message: 'Your request exceeds the service quota for your account.',
      }),
    ],
    { text: '', fails: LIMITED },
  ],
  [
    'an error of the framing’s',
    'converse',
    [
      delta({ text: 'Hi' }),
      frame(
        { ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'Internal failure' },
        '',
      ),
    ],
    { text: 'Hi', fails: BUSY },
  ],
];

/** Written down before the readers had seen them; what they read wrongly then is what mended them. */
export const SIBLING_STREAMS: readonly StreamCase[] = [
  ...CHAT,
  ...MESSAGES,
  ...RESPONSES,
  ...GEMINI,
  ...CONVERSE,
];
