import { anthropic, aws, google, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { BAD_REQUEST, LIMITED, NO_ACCESS, NO_CREDIT, OVERLOADED, REFUSED, REJECTED } from '../wants.ts';

/** Of the largest vendors, in the words that their users reported. */
export const CLOUD_REPORTS: readonly Row[] = [
  [
    'Anthropic, from where it is not sold',
    'anthropic',
    403,
    anthropic('forbidden', 'Request not allowed'),
    NO_ACCESS,
  ],
  [
    'Anthropic, an app’s sign-in',
    'anthropic',
    401,
    anthropic('authentication_error', 'OAuth authentication is currently not supported.'),
    REJECTED,
  ],
  [
    'Anthropic, a long prompt',
    'anthropic',
    400,
    anthropic('invalid_request_error', 'The long context beta is not yet available for this subscription.'),
    NO_ACCESS,
  ],
  [
    'Anthropic, an answer',
    'anthropic',
    400,
    anthropic('invalid_request_error', 'Output blocked by content filtering policy'),
    REFUSED,
  ],
  [
    'Anthropic, a field of old',
    'anthropic',
    400,
    anthropic('invalid_request_error', '`temperature` is deprecated for this model.'),
    BAD_REQUEST,
  ],
  [
    'OpenAI, summaries',
    'openai',
    400,
    openAi('Your organization must be verified to generate reasoning summaries.', {
      code: 'unsupported_value',
    }),
    NO_ACCESS,
  ],
  [
    'OpenAI, a goal',
    'openai',
    400,
    openAi(
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
      { code: 'invalid_prompt' },
    ),
    REFUSED,
  ],
  [
    'OpenAI, its cheap tier',
    'openai',
    429,
    openAi('Flex is not available: resource unavailable. Retry later or use the default tier.', {
      type: 'resource_unavailable',
      code: 'resource_unavailable',
    }),
    OVERLOADED,
  ],
  [
    'OpenAI, a session’s token',
    'openai',
    401,
    openAi('Your authentication token has been invalidated. Please try signing in again.', {
      code: 'token_invalidated',
    }),
    REJECTED,
  ],
  [
    'Google, a project that is none',
    'google',
    403,
    google(403, 'PERMISSION_DENIED', 'Permission denied on resource project bright-coda-466015.', [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'CONSUMER_INVALID' },
    ]),
    NO_ACCESS,
  ],
  [
    'Google, a project',
    'google',
    403,
    google(403, 'PERMISSION_DENIED', 'Your project has been denied access. Please contact support.'),
    NO_ACCESS,
  ],
  [
    'Google, a key for other APIs',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'Requests to this API generativelanguage.googleapis.com method google.ai.generativelanguage.v1beta.GenerativeService.StreamGenerateContent are blocked.',
      [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_SERVICE_BLOCKED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Vertex, what all share',
    undefined,
    429,
    google(429, 'RESOURCE_EXHAUSTED', 'Resource exhausted. Please try again later. See error-code-429.'),
    LIMITED,
  ],
  [
    'Bedrock, a card that does not work',
    'bedrock',
    403,
    {
      message:
        'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided. Your AWS Marketplace subscription for this model cannot be completed at this time.',
    },
    NO_CREDIT,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, what is bought in its marketplace',
    'bedrock',
    403,
    {
      message:
        'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
    },
    NO_ACCESS,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a new account',
    'bedrock',
    400,
    { message: 'Operation not allowed' },
    NO_ACCESS,
    aws('ValidationException'),
  ],
  [
    'Bedrock, an organisation’s policy',
    'bedrock',
    403,
    {
      message:
        'User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:::foundation-model/z with an explicit deny in a service control policy',
    },
    NO_ACCESS,
    aws('AccessDeniedException'),
  ],
  [
    'Azure, its own network',
    'azure',
    403,
    { error: { code: '403', message: 'Traffic is not from an approved private endpoint.' } },
    NO_ACCESS,
  ],
  [
    'Azure’s gateway, no key',
    undefined,
    401,
    {
      statusCode: 401,
      message:
        'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    },
    REJECTED,
  ],
  [
    'Azure’s gateway, a day’s calls',
    undefined,
    403,
    { statusCode: 403, message: 'Out of call volume quota. Quota will be replenished in 12:03:44.' },
    LIMITED,
  ],
  [
    'Azure’s gateway, tokens',
    undefined,
    429,
    { statusCode: 429, message: 'Token limit is exceeded. Try again in 32 seconds.' },
    LIMITED,
  ],
];
