import { sse } from '../../formats/read-stream.ts';
import { chunk, counts, say, stop } from './chat-chunks.ts';
import { BUSY, DONE, LIMITED, type StreamCase, TRUNCATED } from './stream-case.ts';

/** Chat completions: what one vendor does, and errors inside a stream. */
export const CHAT_VENDORS: readonly StreamCase[] = [
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
