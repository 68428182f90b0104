import type { Row } from '../refusal-case.ts';
import { BAD_REQUEST, LIMITED, NO_ACCESS, NO_MODEL, OVERLOADED, REFUSED, REJECTED } from '../wants.ts';

export const AZURE: readonly Row[] = [
  [
    'Azure, the prompt is filtered, with its categories',
    'azure',
    400,
    {
      error: {
        message:
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { jailbreak: { filtered: true, detected: true } },
        },
      },
    },
    REFUSED,
  ],
  [
    'Azure, a deployment that was just made',
    'azure',
    404,
    {
      error: {
        code: 'DeploymentNotFound',
        message:
          'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
      },
    },
    NO_MODEL,
  ],
  [
    'Azure, tokens a minute',
    'azure',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 38 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.',
      },
    },
    LIMITED,
  ],
  [
    'Azure, a managed identity without the role',
    'azure',
    401,
    {
      error: {
        code: 'PermissionDenied',
        message:
          'The principal `x` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/{deployment-id}/chat/completions` operation.',
      },
    },
    NO_ACCESS,
  ],
  [
    'Azure, an old version of the API',
    'azure',
    400,
    {
      error: {
        code: 'BadRequest',
        message:
          'response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later',
      },
    },
    BAD_REQUEST,
  ],
  [
    'Azure, a quota of zero for the deployment',
    'azure',
    429,
    {
      error: {
        code: 'NoCapacity',
        message:
          'The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load.',
      },
    },
    OVERLOADED,
  ],
  [
    'Azure, a key of another resource',
    'azure',
    401,
    {
      error: {
        code: '401',
        message:
          'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
      },
    },
    REJECTED,
  ],
];
