import { behind } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { CONTEXT, LIMITED, NO_CREDIT, NO_MODEL, OVERLOADED, REFUSED, REJECTED } from '../wants.ts';

export const OPENROUTER: readonly Row[] = [
  [
    'OpenRouter, moderation of a provider’s',
    'openrouter',
    403,
    {
      error: {
        code: 403,
        message: 'Your chosen model requires moderation and your input was flagged',
        metadata: {
          reasons: ['violence'],
          flagged_input: 'x',
          provider_name: 'OpenAI',
          model_slug: 'openai/gpt-6',
        },
      },
    },
    REFUSED,
  ],
  [
    'OpenRouter, negative balance',
    'openrouter',
    402,
    {
      error: {
        code: 402,
        message: 'Your account or API key has insufficient credits. Add more credits and retry the request.',
      },
    },
    NO_CREDIT,
  ],
  [
    'OpenRouter, context of the provider behind',
    'openrouter',
    400,
    behind(
      400,
      'DeepInfra',
      '{"error":{"message":"Requested input length 200000 exceeds maximum input length 131071"}}',
    ),
    CONTEXT,
  ],
  [
    'OpenRouter, the provider behind is full',
    'openrouter',
    429,
    behind(
      429,
      'Chutes',
      'deepseek/deepseek-r1:free is temporarily rate-limited upstream. Please retry shortly, or add your own key',
    ),
    LIMITED,
  ],
  [
    'OpenRouter, a key of one’s own that the provider behind does not take',
    'openrouter',
    401,
    behind(
      401,
      'Anthropic',
      '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
    ),
    REJECTED,
  ],
  [
    'OpenRouter, guardrails leave no provider',
    'openrouter',
    404,
    {
      error: {
        code: 404,
        message:
          'No endpoints available matching your guardrail restrictions and data policy. Configure: https://openrouter.ai/settings/privacy',
      },
    },
    NO_MODEL,
  ],
  [
    'OpenRouter, the provider behind answers with a page',
    'openrouter',
    502,
    behind(502, 'Novita', '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'),
    OVERLOADED,
  ],
  [
    'OpenRouter, too little for the prompt',
    'openrouter',
    402,
    {
      error: {
        code: 402,
        message:
          'Prompt tokens limit exceeded: 9000 > 3000. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account',
      },
    },
    NO_CREDIT,
  ],
  [
    'OpenRouter, a slug that is none',
    'openrouter',
    400,
    { error: { code: 400, message: 'foo/bar-9 is not a valid model ID' } },
    NO_MODEL,
  ],
  [
    'OpenRouter, nobody takes all parameters',
    'openrouter',
    404,
    {
      error: {
        code: 404,
        message:
          'No endpoints found that can handle the requested parameters. To learn more about provider routing, visit: https://openrouter.ai/docs/provider-routing',
      },
    },
    NO_MODEL,
  ],
];
