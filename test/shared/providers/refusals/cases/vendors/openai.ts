import { openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import {
  BAD_REQUEST,
  LIMITED,
  MINUTE,
  NO_ACCESS,
  NO_MODEL,
  OVERLOADED,
  REFUSED,
  REJECTED,
} from '../wants.ts';

export const OPENAI: readonly Row[] = [
  [
    'OpenAI, a prompt against its policy',
    'openai',
    400,
    openAi(
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
      {
        code: 'invalid_prompt',
      },
    ),
    REFUSED,
  ],
  [
    'OpenAI, the region of its key',
    'openai',
    401,
    openAi('You must use the regional hostname eu.api.openai.com to access this project.', {
      code: 'incorrect_hostname',
    }),
    NO_ACCESS,
  ],
  [
    'OpenAI, the model is for Responses',
    'openai',
    404,
    openAi('This model is only supported in v1/responses and not in v1/chat/completions.', {
      param: 'model',
    }),
    NO_MODEL,
  ],
  [
    'OpenAI, an effort that the model lacks',
    'openai',
    400,
    openAi(
      "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
      { param: 'reasoning_effort', code: 'unsupported_value' },
    ),
    BAD_REQUEST,
  ],
  [
    'OpenAI, one request above the minute',
    'openai',
    429,
    {
      error: {
        message:
          'Request too large for gpt-6 in organization org-x on tokens per min (TPM): Limit 30000, Requested 41000. The input or output tokens must be reduced in order to run successfully.',
        type: 'tokens',
        param: null,
        code: 'rate_limit_exceeded',
      },
    },
    MINUTE,
  ],
  [
    'OpenAI, a service account without the scope',
    'openai',
    403,
    openAi(
      'You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct role in your organization.',
      { code: 'missing_scope' },
    ),
    NO_ACCESS,
  ],
  [
    'OpenAI, flex is out of capacity',
    'openai',
    429,
    {
      error: {
        message: 'We do not have enough resources to process your request with the flex tier right now.',
        type: 'resource_unavailable',
        param: null,
        code: 'resource_unavailable',
      },
    },
    OVERLOADED,
  ],
  [
    'OpenAI, slow down',
    'openai',
    503,
    openAi('Slow Down', { type: 'slow_down', code: 'slow_down' }),
    LIMITED,
  ],
  [
    'OpenAI, a message without content',
    'openai',
    400,
    openAi("Invalid value for 'content': expected a string, got null.", { param: 'messages.[1].content' }),
    BAD_REQUEST,
  ],
  [
    'OpenAI, a schema that is too deep',
    'openai',
    400,
    openAi(
      "Invalid schema for response_format 'plan': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'note'.",
      { param: 'response_format' },
    ),
    BAD_REQUEST,
  ],
  [
    'OpenAI, a session token in place of a key',
    'openai',
    401,
    openAi('Your authentication token is not from a valid issuer.', { code: 'invalid_issuer' }),
    REJECTED,
  ],
];
