import { googleArray, openAi } from '../bodies.ts';
import type { RefusalCase } from '../refusal-case.ts';

export const ACCESS: readonly RefusalCase[] = [
  {
    from: 'OpenAI, scopes at 401',
    provider: 'openai',
    status: 401,
    body: openAi(
      'You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct role in your organization.',
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, a country',
    provider: 'openai',
    status: 403,
    body: openAi('Country, region, or territory not supported', {
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, an address',
    provider: 'openai',
    status: 401,
    body: openAi('Your IP is not authorized to access this resource: 203.0.113.7.', {
      code: 'ip_not_authorized',
    }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, a project',
    provider: 'openai',
    status: 403,
    body: openAi('Project `proj_1` does not have access to model `gpt-6-sol`', { code: 'model_not_found' }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, verification for summaries',
    provider: 'openai',
    status: 400,
    body: openAi('Your organization must be verified to generate reasoning summaries.', {
      param: 'reasoning.summary',
      code: 'unsupported_value',
    }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Google, an API that is off',
    provider: 'google',
    status: 403,
    body: googleArray(
      403,
      'PERMISSION_DENIED',
      'Generative Language API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/',
      [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Google, a referer',
    provider: 'google',
    status: 403,
    body: googleArray(403, 'PERMISSION_DENIED', 'Requests from referer <empty> are blocked.', [
      { reason: 'API_KEY_HTTP_REFERRER_BLOCKED' },
    ]),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Google, a country',
    provider: 'google',
    status: 400,
    body: googleArray(400, 'FAILED_PRECONDITION', 'Gemini API is not available in your country.'),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Bedrock, model access',
    provider: 'bedrock',
    status: 403,
    headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    body: { message: "You don't have access to the model with the specified model ID." },
    want: 'key_rejected/no_access',
  },
  {
    from: 'Groq, terms',
    provider: 'groq',
    status: 400,
    body: openAi(
      'The model `x` requires terms acceptance. Please have the org admin accept the terms at https://console.groq.com/playground?model=x',
      { code: 'model_terms_required' },
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Groq, a project',
    provider: 'groq',
    status: 403,
    body: openAi(
      'The model `x` is blocked at the project level. Please have a project admin enable this model.',
      { type: 'permissions_error', code: 'model_permission_blocked_project' },
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Azure, a firewall',
    provider: 'azure',
    status: 403,
    body: {
      error: { code: '403', message: 'Public access is disabled. Please configure private endpoint.' },
    },
    want: 'key_rejected/no_access',
  },
  {
    from: 'Azure, a role at 401',
    provider: 'azure',
    status: 401,
    body: {
      error: {
        code: 'PermissionDenied',
        message:
          'The principal `x` lacks the required data action `Microsoft.CognitiveServices/x` to perform `POST` operation.',
      },
    },
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenRouter, own key',
    provider: 'openrouter',
    status: 403,
    body: {
      error: {
        message:
          'openai/o3 requires you to add your own API key in https://openrouter.ai/settings/integrations',
        code: 403,
      },
    },
    want: 'key_rejected/no_access',
  },
  {
    from: 'a plan',
    status: 400,
    body: openAi('This model is only available on the Pro plan.'),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Cohere, a trial',
    provider: 'cohere',
    status: 403,
    body: { id: '1', message: 'This model is not available for trial keys.' },
    want: 'key_rejected/no_access',
  },
];
