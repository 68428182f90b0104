import { anthropic, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { LIMITED, NO_CREDIT } from '../wants.ts';

export const MONEY: readonly Row[] = [
  [
    'Anthropic',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
    NO_CREDIT,
  ],
  [
    'Anthropic, a limit of one’s own',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'You have reached your specified workspace API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    NO_CREDIT,
  ],
  [
    'OpenAI, a project’s budget',
    'openai',
    429,
    openAi('You have reached your project monthly budget. Please increase it in your project settings.', {
      code: 'billing_hard_limit_reached',
      type: 'requests',
    }),
    NO_CREDIT,
  ],
  [
    'Azure, a subscription',
    'azure',
    403,
    {
      error: {
        code: 'SubscriptionDisabled',
        message: 'The subscription is disabled because the spending limit was reached.',
      },
    },
    NO_CREDIT,
  ],
  [
    'Mistral, no plan',
    'mistral',
    402,
    {
      object: 'error',
      message: 'Inactive subscription or usage limit reached',
      type: 'payment_required',
      code: '3000',
    },
    NO_CREDIT,
  ],
  [
    'xAI',
    'xai',
    403,
    {
      code: 'Some resource has been exhausted',
      error:
        "Your newly created teams doesn't have any credits yet. You can purchase those on https://console.x.ai/team/x.",
    },
    NO_CREDIT,
  ],
  [
    'xAI, used up',
    'xai',
    429,
    {
      code: 'Some resource has been exhausted',
      error: 'Your team x has either used all available credits or reached its monthly spending limit.',
    },
    NO_CREDIT,
  ],
  [
    'Together',
    'together',
    402,
    openAi(
      'Credit limit exceeded, please navigate to https://api.together.ai/settings/billing to upgrade your plan',
      { type: 'credit_limit' },
    ),
    NO_CREDIT,
  ],
  [
    'OpenRouter, an upstream without money',
    'openrouter',
    402,
    {
      error: {
        message: 'Provider returned error',
        code: 402,
        metadata: {
          raw: '{"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}',
          provider_name: 'DeepSeek',
        },
      },
    },
    NO_CREDIT,
  ],
  [
    'LiteLLM, a budget',
    undefined,
    400,
    openAi('Budget has been exceeded! Current cost: 10.2, Max budget: 10.0', {
      type: 'budget_exceeded',
      code: '400',
    }),
    NO_CREDIT,
  ],
  [
    'Cloudflare, its free neurons',
    undefined,
    429,
    {
      errors: [
        {
          message:
            'AiError: you have used up your daily free allocation of 10,000 neurons, please upgrade to Cloudflare’s Workers Paid plan if you would like to continue usage.',
          code: 4006,
        },
      ],
      success: false,
    },
    LIMITED,
  ],
];
