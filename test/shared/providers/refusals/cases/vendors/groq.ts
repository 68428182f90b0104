import type { Row } from '../refusal-case.ts';
import { BAD_OUTPUT, LIMITED, OVERLOADED, REJECTED, TOO_LARGE } from '../wants.ts';

export const GROQ: readonly Row[] = [
  [
    'Groq, a body above its size',
    'groq',
    413,
    {
      error: {
        message: 'Request Entity Too Large',
        type: 'invalid_request_error',
        code: 'request_too_large',
      },
    },
    TOO_LARGE,
  ],
  [
    'Groq, JSON that the model could not make',
    'groq',
    400,
    {
      error: {
        message:
          "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
        type: 'invalid_request_error',
        code: 'json_validate_failed',
        failed_generation: '{"kind": "bun',
      },
    },
    BAD_OUTPUT,
  ],
  [
    'Groq, a flex queue that is full',
    'groq',
    498,
    {
      error: {
        message: 'Flex tier capacity exceeded. Please try again later.',
        type: 'internal_server_error',
        code: 'capacity_exceeded',
      },
    },
    OVERLOADED,
  ],
  [
    'Groq, a day’s tokens',
    'groq',
    429,
    {
      error: {
        message:
          'Rate limit reached for model `x` in organization `org` service tier `on_demand` on tokens per day (TPD): Limit 100000, Used 99800, Requested 2000. Please try again in 25m55.2s.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    LIMITED,
  ],
  [
    'Groq, an organisation that is restricted',
    'groq',
    400,
    {
      error: {
        message:
          'Organization has been restricted. Please reach out to support if you believe this was in error.',
        type: 'invalid_request_error',
        code: 'organization_restricted',
      },
    },
    REJECTED,
  ],
];
