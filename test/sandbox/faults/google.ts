import { google, type HttpFault, json } from './bodies.ts';

const RETRY_INFO = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' }];

export const GOOGLE_FAULTS = {
  'google-400-key': google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
    },
  ]),
  'google-401': google(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
  'google-403': google(403, 'PERMISSION_DENIED', 'Permission denied on resource project.'),
  'google-404': google(
    404,
    'NOT_FOUND',
    'models/gemini-3.6-flahs is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods.',
  ),
  'google-429': google(
    429,
    'RESOURCE_EXHAUSTED',
    'You exceeded your current quota, please check your plan and billing details.',
    RETRY_INFO,
  ),
  // The OpenAI-compatible endpoint is known to wrap the error in an array.
  'google-429-array': json(429, [
    {
      error: {
        code: 429,
        message: 'Resource has been exhausted (e.g. check quota).',
        status: 'RESOURCE_EXHAUSTED',
        details: RETRY_INFO,
      },
    },
  ]),
  'google-503': google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
} as const satisfies Readonly<Record<string, HttpFault>>;
