import type { Wording } from '../refusal-case.ts';
import {
  ADDRESS,
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  LOADING,
  MINUTE,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  REFUSED,
  TIMEOUT,
} from '../wants.ts';

/** Whole bodies: of the model, lengths, limits, content, fields and trouble of theirs. */
export const REQUEST_BODIES: readonly Wording[] = [
  [404, { error: { message: 'Model gpt-9 is not found' } }, NO_MODEL],
  [400, { error: { message: "unknown model 'foo'" } }, NO_MODEL],
  [400, { error: { message: 'Model "foo" is not supported' } }, NO_MODEL],
  [404, { error: { code: 404, message: 'No endpoints found for foo/bar.' } }, NO_MODEL, 'openrouter'],
  [404, { message: 'The model you requested is no longer available' }, NO_MODEL],
  [400, { message: 'The model foo was retired on 2026-01-01' }, NO_MODEL],
  [400, { message: 'This model version has reached the end of its life.' }, NO_MODEL, 'bedrock'],
  [404, { error: { code: 'unknown_model', message: 'Unknown model: foo' } }, NO_MODEL],
  [400, { error: { message: 'The model foo is only available through the Responses API' } }, NO_MODEL],
  [400, { error: { message: 'foo is not supported with the chat completions endpoint' } }, NO_MODEL],
  [404, { error: { message: 'model not loaded' } }, NO_MODEL],
  [400, { error: { message: 'Model does not support chat completions' } }, NO_MODEL],
  [
    400,
    {
      error: {
        code: 'OperationNotSupported',
        message: 'The completion operation does not work with the specified model, gpt-6.',
      },
    },
    NO_MODEL,
    'azure',
  ],
  [400, { error: { message: 'prompt is too long: 250000 tokens > 200000 maximum' } }, CONTEXT, 'anthropic'],
  [
    400,
    { error: { message: 'The total length of input and output exceeds the context window of the model' } },
    CONTEXT,
  ],
  [400, { error: { message: 'Context window exceeded' } }, CONTEXT],
  [400, { error: { message: 'context_length_exceeded' } }, CONTEXT],
  [400, { error: { message: 'Requested tokens (9000) exceed context window of 8192' } }, CONTEXT],
  [
    400,
    {
      error: { message: "The input (9000 tokens) is longer than the model's context length (8192 tokens)." },
    },
    CONTEXT,
  ],
  [
    400,
    {
      error: {
        message:
          'trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
      },
    },
    CONTEXT,
  ],
  [400, { error: { message: 'Input exceeds maximum allowed tokens' } }, CONTEXT],
  [422, { error: { message: 'inputs must have less than 4096 tokens. Given: 9000' } }, CONTEXT],
  [400, { error: { message: 'maximum output tokens exceeded: requested 12000, allowed 4096' } }, OUTPUT],
  [
    400,
    { error: { message: 'Value 12000 for max_tokens is too high, maximum is 4096', param: 'max_tokens' } },
    OUTPUT,
  ],
  [400, { error: { message: 'max_tokens (12000) exceeds the maximum allowed (4096)' } }, OUTPUT],
  [
    422,
    {
      detail: [
        {
          type: 'less_than_equal',
          loc: ['body', 'max_tokens'],
          msg: 'Input should be less than or equal to 4096',
          input: 12000,
          ctx: { le: 4096 },
        },
      ],
    },
    OUTPUT,
  ],
  [
    400,
    {
      error: {
        message: 'integer above maximum value, expected a value <= 4096, but got 12000 instead.',
        param: 'max_tokens',
        code: 'integer_above_max_value',
      },
    },
    OUTPUT,
  ],
  [
    400,
    {
      error: {
        message:
          "Invalid 'max_tokens': integer above maximum value. Expected a value <= 4096, but got 12000 instead.",
        param: 'max_tokens',
        code: 'integer_above_max_value',
      },
    },
    OUTPUT,
  ],
  [400, { error: { message: 'max_tokens should be in range [1, 4096]' } }, OUTPUT],
  [400, { error: { message: 'The maximum value for max_tokens is 4096' } }, OUTPUT],
  [429, { error: { message: 'Request rate limit exceeded, retry after 3 seconds' } }, LIMITED],
  [429, { detail: 'Rate limit exceeded: 5 per 1 minute' }, LIMITED],
  [429, { error: { message: 'Tokens per day limit reached' } }, LIMITED],
  [429, { error: { message: 'You have reached your daily quota' } }, LIMITED],
  [
    429,
    {
      error: {
        code: 'RateLimitReached',
        message:
          'Rate limit of 15 per 60s exceeded for UserByModelByMinute. Please wait 12 seconds before retrying.',
      },
    },
    LIMITED,
  ],
  [
    400,
    { message: 'Too many requests, please wait before trying again.' },
    LIMITED,
    'bedrock',
    { 'x-amzn-errortype': 'ThrottlingException' },
  ],
  [429, '', LIMITED],
  [
    413,
    {
      error: {
        message: 'Request too large for model x on tokens per minute (TPM): Limit 6000, Requested 7000',
        code: 'rate_limit_exceeded',
      },
    },
    MINUTE,
    'groq',
  ],
  [
    429,
    { error: { message: 'The request is too large for the tokens per minute limit of your plan' } },
    MINUTE,
  ],
  [503, { error: { message: 'Model is still loading' } }, LOADING],
  [503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }, LOADING],
  [500, { error: 'model is loading, please wait' }, LOADING],
  [400, { error: { message: 'Content violates our policies' } }, REFUSED],
  [400, { error: { message: 'Input text contains prohibited content' } }, REFUSED],
  [400, { error: { code: 'content_filter', message: 'filtered' } }, REFUSED],
  [400, { error: { message: 'Your message was blocked by our content filters' } }, REFUSED],
  [400, { error: { message: 'Blocked: PROHIBITED_CONTENT' } }, REFUSED],
  [
    400,
    { error: { message: 'Unrecognized request argument supplied: stream_options' } },
    BAD_REQUEST,
    'openai',
  ],
  [400, { error: { message: 'max_completion_tokens is not supported, use max_tokens' } }, BAD_REQUEST],
  [
    422,
    { detail: [{ loc: ['body', 'response_format'], msg: 'value is not a valid enumeration member' }] },
    BAD_REQUEST,
  ],
  [
    400,
    {
      error: {
        message:
          "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      },
    },
    BAD_REQUEST,
    'openai',
  ],
  [
    400,
    { error: { message: 'Unsupported value: messages[0].role does not support system with this model.' } },
    BAD_REQUEST,
    'openai',
  ],
  [529, { error: { message: 'Overloaded' } }, OVERLOADED],
  [503, { error: { message: 'The server is currently overloaded with other requests' } }, OVERLOADED],
  [520, '<html>Cloudflare</html>', OVERLOADED],
  [504, '<html>Gateway Time-out</html>', TIMEOUT],
  [404, { error: 'Not Found', path: '/chat/completions', status: 404, timestamp: 'x' }, ADDRESS],
  [404, { error: { message: 'Not Found', type: 'invalid_request_error' } }, ADDRESS],
  [404, { message: 'Not Found' }, ADDRESS],
  [404, '<html><center><h1>404 Not Found</h1></center><hr>nginx</html>', ADDRESS],
  [
    404,
    {
      error: {
        message: 'Unknown request URL: POST /chat/completions. Please check the URL for typos',
        code: 'unknown_url',
      },
    },
    ADDRESS,
  ],
  [405, 'Method Not Allowed', ADDRESS],
];
