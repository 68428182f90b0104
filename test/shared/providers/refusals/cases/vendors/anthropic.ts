import { anthropic } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { BAD_REQUEST, LIMITED, NO_ACCESS, NO_CREDIT, NO_MODEL, REJECTED } from '../wants.ts';

export const ANTHROPIC: readonly Row[] = [
  [
    'Anthropic, thinking needs room',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking',
    ),
    BAD_REQUEST,
  ],
  [
    'Anthropic, a schema with a keyword',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      "output_config.format.schema: For 'integer' type, property 'minimum' is not supported",
    ),
    BAD_REQUEST,
  ],
  [
    'Anthropic, tokens a minute',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 30,000 input tokens per minute (org: x, model: claude-sonnet-5). For details, refer to: https://docs.claude.com/en/api/rate-limits.',
    ),
    LIMITED,
  ],
  [
    'Anthropic, a model that has gone',
    'anthropic',
    404,
    anthropic('not_found_error', 'model: claude-3-opus-20240229'),
    NO_MODEL,
  ],
  [
    'Anthropic, a longer context needs a higher tier',
    'anthropic',
    400,
    anthropic('invalid_request_error', 'The long context beta is not yet available for this subscription.'),
    NO_ACCESS,
  ],
  [
    'Anthropic, a key of OAuth where that is not taken',
    'anthropic',
    401,
    anthropic('authentication_error', 'OAuth authentication is currently not supported.'),
    REJECTED,
  ],
  [
    'Anthropic, a first-time key that needs a card',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'Your organization has disabled API usage until billing information has been added.',
    ),
    NO_CREDIT,
  ],
  [
    'Anthropic, acceleration',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed your organization’s maximum usage increase rate for input tokens per minute.',
    ),
    LIMITED,
  ],
  [
    'Anthropic, a header of a beta that is over',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'Unexpected value(s) `output-128k-2025-02-19` for the `anthropic-beta` header.',
    ),
    BAD_REQUEST,
  ],
];
