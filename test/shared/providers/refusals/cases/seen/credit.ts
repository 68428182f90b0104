import { anthropicAnswer, googleArray, openAi } from '../bodies.ts';
import type { RefusalCase } from '../refusal-case.ts';

export const CREDIT: readonly RefusalCase[] = [
  {
    from: 'OpenAI',
    provider: 'openai',
    status: 429,
    body: openAi('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'OpenAI’s words without its code',
    status: 429,
    body: openAi('You exceeded your current quota, please check your plan and billing details.', {
      type: 'error',
    }),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Perplexity at 401',
    status: 401,
    body: openAi('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 401,
    }),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Anthropic, usage limits',
    provider: 'anthropic',
    status: 400,
    body: anthropicAnswer(
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'xAI at 429',
    status: 429,
    body: {
      code: 'Some resource has been exhausted',
      error:
        'Your team 1b2c has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits.',
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Moonshot',
    status: 429,
    body: {
      error: {
        message:
          'Your account org-1 <ak-f8tyo15zao8111h11q4i> is suspended due to insufficient balance, please recharge your account or check your plan and billing details',
        type: 'exceeded_current_quota_error',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Fireworks at 412',
    status: 412,
    body: {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        message:
          'Account acme is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'SiliconFlow',
    status: 403,
    body: { code: 30001, message: 'Sorry, your account balance is insufficient', data: null },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Zhipu',
    status: 429,
    body: { error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'DashScope',
    status: 400,
    body: {
      error: {
        code: 'Arrearage',
        message: 'Access denied, please make sure your account is in good standing.',
        type: 'Arrearage',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Hugging Face',
    status: 402,
    body: {
      error:
        'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.',
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'LiteLLM’s budget at 400',
    status: 400,
    body: {
      error: {
        message: 'Budget has been exceeded! Current cost: 10.2, Max budget: 10.0',
        type: 'budget_exceeded',
        param: null,
        code: '400',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Novita',
    status: 403,
    body: { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Google, billing',
    provider: 'google',
    status: 403,
    body: googleArray(
      403,
      'PERMISSION_DENIED',
      'This API method requires billing to be enabled. Please enable billing on project #1 by visiting https://console.developers.google.com/billing.',
    ),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'MiniMax with a 200',
    status: 200,
    body: { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'OpenRouter, wrapped',
    provider: 'openrouter',
    status: 429,
    body: {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          provider_name: 'Moonshot',
          raw: '{"error":{"message":"Your account is suspended due to insufficient balance","type":"exceeded_current_quota_error"}}',
        },
      },
    },
    want: 'key_rejected/no_credit',
  },
  { from: 'a plain 402', status: 402, body: '', want: 'key_rejected/no_credit' },
];
