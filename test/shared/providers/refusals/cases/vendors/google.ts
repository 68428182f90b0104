import { google } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import {
  BAD_REQUEST,
  LIMITED,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  TIMEOUT,
} from '../wants.ts';

export const GOOGLE: readonly Row[] = [
  [
    'Vertex, no such project permission',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      "Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/projects/p/locations/us-central1/publishers/google/models/gemini-3-pro' (or it may not exist).",
      [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'IAM_PERMISSION_DENIED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Vertex, a publisher’s model that is not there',
    'google',
    404,
    google(
      404,
      'NOT_FOUND',
      'Publisher Model `projects/p/locations/us-central1/publishers/google/models/gemini-9` was not found or your project does not have access to it. Please ensure you are using a valid model version.',
    ),
    NO_MODEL,
  ],
  [
    'Gemini, a model for something else',
    'google',
    404,
    google(
      404,
      'NOT_FOUND',
      'models/gemini-embedding-2 is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.',
    ),
    NO_MODEL,
  ],
  [
    'Gemini, too much thinking asked for',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'The thinking budget 50000 is invalid. Please choose a value between 512 and 24576.',
    ),
    BAD_REQUEST,
  ],
  [
    'Gemini, more output than there is',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'Unable to submit request because it has a maxOutputTokens value of 99999 but the supported range is from 1 (inclusive) to 65537 (exclusive). Update the value and try again.',
    ),
    OUTPUT,
  ],
  [
    'Gemini, a day’s requests of the free plan',
    'google',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      'You exceeded your current quota, please check your plan and billing details.',
      [
        {
          '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
          violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', quotaValue: '20' }],
        },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '41s' },
      ],
    ),
    LIMITED,
  ],
  [
    'Gemini, prepaid credits',
    'google',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      'Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.',
    ),
    NO_CREDIT,
  ],
  [
    'Gemini, the API is off in that project',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'Generative Language API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis then retry.',
      [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Gemini, an internal error',
    'google',
    500,
    google(
      500,
      'INTERNAL',
      'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
    ),
    OVERLOADED,
  ],
  [
    'Gemini, a deadline',
    'google',
    504,
    google(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
    TIMEOUT,
  ],
  [
    'Gemini, a schema with too many states',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'The specified schema produces a constraint that has too many states for serving.',
    ),
    BAD_REQUEST,
  ],
  [
    'Vertex, no quota for the model',
    'google',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      'Quota exceeded for aiplatform.googleapis.com/generate_content_requests_per_minute_per_project_per_base_model with base model: gemini-3-pro. Please submit a quota increase request.',
    ),
    LIMITED,
  ],
];
