import { sse } from '../../formats/read-stream.ts';
import { chunk, counts, say, stop } from './chat-chunks.ts';
import { BUSY, DONE, type StreamCase, TRUNCATED } from './stream-case.ts';

const CONTEXT = 'too_large/context_length';

/** Chat completions as users of other products found them on the wire. */
export const REPORTED_CHAT: readonly StreamCase[] = [
  [
    'a mark of byte order first',
    'openai',
    `\ufeff${sse(say('Hi'), stop(), DONE)}`,
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'carriage returns alone, and no blank behind the colon',
    'openai',
    sse(say('Hi'), stop(), DONE).replaceAll('data: ', 'data:').replaceAll('\n', '\r'),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'a relay of a relay: the field’s name twice',
    'openai',
    sse(say('Hi'), stop(), DONE).replaceAll('data: ', 'data: data: '),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'Groq: the usage in a field of its own',
    'openai',
    sse(
      chunk({ delta: { role: 'assistant' } }, { x_groq: { id: 'r' } }),
      say('Hi'),
      stop({ x_groq: { id: 'r', usage: counts(9, 5) } }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [9, 5] },
  ],
  [
    'Azure: verdicts of its filter before, between and behind',
    'openai',
    sse(
      { choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] },
      say('Hi', { content_filter_results: { hate: { filtered: false, severity: 'safe' } } }),
      {
        choices: [
          {
            index: 0,
            finish_reason: null,
            content_filter_offsets: { check_offset: 5 },
            content_filter_results: {},
          },
        ],
      },
      stop(),
      DONE,
    ),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'Azure: filtered in the middle',
    'openai',
    sse(
      say('Hi'),
      chunk({
        delta: {},
        finish_reason: 'content_filter',
        content_filter_results: { violence: { filtered: true } },
      }),
      DONE,
    ),
    { text: 'Hi', finish: 'refusal' },
  ],
  [
    'OpenRouter: comments, then the end of the provider behind it',
    'openai',
    `: OPENROUTER PROCESSING\n\n${sse(say('Hi'), {
      id: 'g',
      error: { code: 502, message: 'Provider disconnected unexpectedly' },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    })}`,
    { text: 'Hi', fails: BUSY },
  ],
  [
    'Perplexity: all that came so far beside each piece',
    'openai',
    sse(
      chunk(
        { delta: { content: 'H' }, message: { role: 'assistant', content: 'H' } },
        { citations: ['https://a.example'] },
      ),
      chunk(
        { delta: { content: 'i' }, message: { role: 'assistant', content: 'Hi' } },
        { search_results: [{ title: 'x' }] },
      ),
      chunk(
        { delta: { content: '' }, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' },
        { usage: counts(3, 2) },
      ),
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'Cerebras: times in the last chunk',
    'openai',
    sse(say('Hi'), stop({ usage: counts(3, 2), time_info: { queue_time: 0.1, completion_time: 0.2 } }), DONE),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'DeepSeek: no room left for it',
    'openai',
    `: keep-alive\n\n${sse(say('Hi'), chunk({ delta: {}, finish_reason: 'insufficient_system_resource' }), DONE)}`,
    { text: 'Hi', fails: BUSY },
  ],
  [
    'Mistral: text and references in parts',
    'openai',
    sse(
      say([
        { type: 'text', text: 'Hi' },
        { type: 'reference', reference_ids: [1] },
      ]),
      stop(),
      DONE,
    ),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'LM Studio: a model that crashed',
    'openai',
    `${sse(say('Hi'))}event: error\ndata: {"error":{"message":"The model has crashed without additional information. (Exit code: 6)"}}\n\n`,
    { text: 'Hi', fails: BUSY },
  ],
  [
    'llama.cpp: its own counts',
    'openai',
    sse(say('Hi'), stop({ timings: { prompt_n: 3, predicted_n: 2, predicted_ms: 9.5 } }), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'TGI: the token at the end',
    'openai',
    sse(say('Hi'), chunk({ delta: { content: '' }, finish_reason: 'eos_token' }), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'TGI: a sequence to stop at',
    'openai',
    sse(say('Hi'), chunk({ delta: { content: '' }, finish_reason: 'stop_sequence' }), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'TGI: no memory',
    'openai',
    sse(say('Hi'), {
      error: 'Request failed during generation: Server error: CUDA out of memory.',
      error_type: 'generation',
    }),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'vLLM: an error that is an object',
    'openai',
    sse(
      {
        object: 'error',
        message: "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.",
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
      DONE,
    ),
    { text: '', fails: CONTEXT },
  ],
  [
    'SGLang: put off the queue',
    'openai',
    sse(
      {
        error: {
          object: 'error',
          message: 'The request is aborted: waiting queue is full',
          type: 'abort',
          code: 503,
        },
      },
      DONE,
    ),
    { text: '', fails: BUSY },
  ],
  [
    'no usage, told in every chunk',
    'openai',
    sse(
      chunk({ delta: { content: 'Hi' } }, { usage: null }),
      stop({ usage: null }),
      { choices: [], usage: counts(3, 2) },
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'a refusal in a field of its own',
    'openai',
    sse(
      chunk({ delta: { role: 'assistant', content: null, refusal: '' } }),
      chunk({ delta: { refusal: 'I cannot help with that.' } }),
      stop(),
      DONE,
    ),
    { finish: 'refusal' },
  ],
  [
    'xAI: thinking that is counted beside the answer',
    'openai',
    sse(
      say('Hi'),
      stop(),
      {
        choices: [],
        usage: {
          prompt_tokens: 3,
          completion_tokens: 5,
          total_tokens: 108,
          completion_tokens_details: { reasoning_tokens: 100 },
        },
      },
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 105] },
  ],
  [
    'a proxy’s page behind the first words',
    'openai',
    `${sse(say('Hi'))}<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>\n`,
    { text: 'Hi', fails: TRUNCATED },
  ],
  [
    'a call of a tool that nobody offered, behind the text',
    'openai',
    sse(
      say('Hi'),
      chunk({ delta: { tool_calls: [{ index: 0, id: 't', function: { name: 'x', arguments: '{}' } }] } }),
      chunk({ delta: {}, finish_reason: 'tool_calls' }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop' },
  ],
];
