import { anthropic, google, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { NO_ACCESS, NO_MODEL } from '../wants.ts';

export const ACCESS: readonly Row[] = [
  [
    'OpenAI, a model that the project lacks',
    'openai',
    403,
    openAi('Project `proj_x` does not have access to model `gpt-6-sol`', { code: 'model_not_found' }),
    NO_ACCESS,
  ],
  [
    'Anthropic, a model that the organisation lacks',
    'anthropic',
    403,
    anthropic(
      'permission_error',
      'Your organization does not have access to claude-opus-5-5. Please contact sales.',
    ),
    NO_ACCESS,
  ],
  [
    'Google, an API that is off',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'Generative Language API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/x then retry.',
      [{ reason: 'SERVICE_DISABLED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Google, a key with an application restriction',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'The request was blocked because the IP address restriction of the API key does not include the client.',
      [{ reason: 'API_KEY_IP_ADDRESS_BLOCKED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Bedrock, a model that was not asked for',
    'bedrock',
    403,
    { message: "You don't have access to the model with the specified model ID." },
    NO_ACCESS,
    { 'x-amzn-errortype': 'AccessDeniedException' },
  ],
  [
    'Bedrock, a policy',
    'bedrock',
    403,
    {
      message:
        'User: arn:aws:iam::123:user/BedrockAPIKey-x is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/x because no identity-based policy allows the action',
    },
    NO_ACCESS,
    { 'x-amzn-errortype': 'AccessDeniedException' },
  ],
  [
    'Groq, a model that wants terms',
    'groq',
    400,
    openAi(
      'The model `x` requires terms acceptance. Please have the org admin accept the terms at https://console.groq.com/playground?model=x',
      { code: 'model_terms_required' },
    ),
    NO_ACCESS,
  ],
  [
    'Azure, public access switched off',
    'azure',
    403,
    { error: { code: '403', message: 'Public access is disabled. Please configure private endpoint.' } },
    NO_ACCESS,
  ],
  [
    'Cohere, a trial key',
    'cohere',
    403,
    {
      message:
        'Trial keys may not use this model. Upgrade to a production key at https://dashboard.cohere.com/api-keys',
    },
    NO_ACCESS,
  ],
  [
    'OpenRouter, one’s own privacy settings',
    'openrouter',
    404,
    {
      error: {
        message:
          'No endpoints found matching your data policy. Configure: https://openrouter.ai/settings/privacy',
        code: 404,
      },
    },
    NO_MODEL,
  ],
  [
    'LiteLLM, a team’s models',
    undefined,
    401,
    openAi(
      "team not allowed to access model. This team can only access models=['gpt-4o']. Tried to access gpt-6-sol",
      { type: 'team_model_access_denied', code: '401' },
    ),
    NO_ACCESS,
  ],
  [
    'LiteLLM, a key’s models',
    undefined,
    401,
    openAi("key not allowed to access model. This key can only access models=['gpt-4o']. Tried to access x", {
      type: 'key_model_access_denied',
      code: '401',
    }),
    NO_ACCESS,
  ],
];
