const data = (body: unknown): string => `data: ${JSON.stringify(body)}\n\n`;

/** What a provider writes when it fails after its 200, in each dialect. */
export const STREAM_ERRORS = {
  /** OpenAI, Groq: a named event. */
  'openai-event': `event: error\n${data({ error: { message: 'The server had an error processing your request.', type: 'server_error', param: null, code: null } })}`,
  'openai-data': data({
    error: {
      message: 'The server had an error processing your request.',
      type: 'server_error',
      param: null,
      code: 'server_error',
    },
  }),
  'openai-rate-limit': data({
    error: { message: 'Rate limit reached.', type: 'requests', param: null, code: 'rate_limit_exceeded' },
  }),
  anthropic: `event: error\n${data({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_011CSandbox0000000000000' })}`,
  'anthropic-api': `event: error\n${data({ type: 'error', error: { type: 'api_error', message: 'Internal server error' } })}`,
  openrouter: data({
    id: 'gen-sandbox',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'sandbox-1',
    provider: 'Sandbox',
    error: {
      code: 502,
      message: 'Provider disconnected unexpectedly',
      metadata: { error_type: 'provider_unavailable', provider_code: 'server_error' },
    },
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error', native_finish_reason: 'error' }],
  }),
  groq: `event: error\n${data({ error: { message: 'Failed to call a function.', type: 'invalid_request_error', code: 'tool_use_failed', failed_generation: '<script>alert(1)</script>', status_code: 400 } })}`,
  'groq-x': data({
    id: 'chatcmpl-x',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: {}, finish_reason: null }],
    x_groq: { id: 'req_sandbox', error: 'over capacity' },
  }),
  /** Google: the bare object, without `data:`. */
  google: `${JSON.stringify({ error: { code: 503, message: 'The model is overloaded. Please try again later.', status: 'UNAVAILABLE' } })}\n\n`,
  /** Cohere's v2: the reason to finish is the error. */
  cohere: data({ id: 'x', type: 'message-end', delta: { finish_reason: 'ERROR', error: 'internal error' } }),
  azure: data({
    error: {
      code: 'content_filter',
      message: 'The response was filtered.',
      innererror: { code: 'ResponsibleAIPolicyViolation' },
    },
  }),
  malformed: 'data: {"choices":[{"delta":{"content":"cut\n\n',
  null: 'data: null\n\n',
} as const satisfies Readonly<Record<string, string>>;
