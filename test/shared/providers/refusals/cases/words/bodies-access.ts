import type { Wording } from '../refusal-case.ts';
import { NO_ACCESS, NO_CREDIT, REJECTED } from '../wants.ts';

/** Whole bodies: of the key, money and access. */
export const ACCESS_BODIES: readonly Wording[] = [
  [
    400,
    {
      error: { message: 'API key expired. Please renew the API key.', status: 'INVALID_ARGUMENT', code: 400 },
    },
    REJECTED,
    'google',
  ],
  [
    403,
    [
      {
        error: {
          code: 403,
          message: 'Your API key was reported as compromised. Generate a new one.',
          status: 'PERMISSION_DENIED',
        },
      },
    ],
    REJECTED,
    'google',
  ],
  [400, { error: 'API_KEY_INVALID' }, REJECTED],
  [401, { error: { message: 'Your account has been suspended for violating terms of service' } }, REJECTED],
  [403, { detail: 'Invalid or expired API key' }, REJECTED],
  [403, { errors: [{ message: 'The token you provided is invalid or has expired' }] }, REJECTED],
  [400, { error: { message: 'Authorization header is missing' } }, REJECTED],
  [403, { message: 'The API key you are using has been deactivated by the administrator' }, REJECTED],
  [400, { error: { type: 'authentication_error', message: 'x' } }, REJECTED],
  [403, { error: { message: 'API key does not exist' } }, REJECTED],
  [403, 'Invalid API Key', REJECTED],
  [404, { error: { message: 'API key not found' } }, REJECTED],
  [
    403,
    { type: 'error', error: { type: 'permission_error', message: 'Your organization has been banned.' } },
    REJECTED,
    'anthropic',
  ],
  [429, { error: { message: 'You have exceeded your monthly spending cap', type: 'billing' } }, NO_CREDIT],
  [400, { error: { message: 'Your account is out of funds' } }, NO_CREDIT],
  [403, { error: { message: 'Insufficient account balance' } }, NO_CREDIT],
  [403, { error: { message: 'Payment required: your subscription is past due' } }, NO_CREDIT],
  [402, { detail: 'Payment Required' }, NO_CREDIT],
  [429, { error: { message: 'You have no remaining credits for this billing period' } }, NO_CREDIT],
  [401, { error: { message: 'Insufficient quota' } }, NO_CREDIT],
  [403, { error: { message: 'Free credits exhausted, please upgrade' } }, NO_CREDIT],
  [400, { error: { code: 'insufficient_user_quota', message: 'user quota is not enough' } }, NO_CREDIT],
  [403, { error: { code: 'insufficient_user_quota', message: '用户额度不足' } }, NO_CREDIT],
  [
    429,
    {
      type: 'error',
      error: { type: 'rate_limit_error', message: 'You have reached your workspace spend limit.' },
    },
    NO_CREDIT,
    'anthropic',
  ],
  [
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message:
          'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
      },
    },
    NO_CREDIT,
    'anthropic',
  ],
  [403, { error: { message: 'The region you are calling from is not supported' } }, NO_ACCESS],
  [403, { error: { message: 'Requests from this country are blocked' } }, NO_ACCESS],
  [400, { error: { message: 'User location is not supported for this operation' } }, NO_ACCESS],
  [403, { error: { message: 'You do not have permission to access this model' } }, NO_ACCESS],
  [400, { error: { message: 'You do not have access to this model' } }, NO_ACCESS],
  [404, { error: { message: 'You do not have access to model gpt-6. Ask your admin.' } }, NO_ACCESS],
  [403, { error: { code: '403', message: 'Access denied due to network ACL rules' } }, NO_ACCESS, 'azure'],
  [
    403,
    {
      message:
        'User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel on resource: y with an explicit deny',
    },
    NO_ACCESS,
    'bedrock',
  ],
  [403, { message: 'Your account is not authorized to invoke this API operation.' }, NO_ACCESS, 'bedrock'],
  [
    400,
    { message: 'Access to this model requires that you submit the use case form.' },
    NO_ACCESS,
    'bedrock',
  ],
  [403, { error: { message: 'This model requires a paid plan' } }, NO_ACCESS],
  [
    400,
    {
      error: {
        message: 'Your organization is not verified. Verify it to stream this model',
        param: 'stream',
      },
    },
    NO_ACCESS,
    'openai',
  ],
];
