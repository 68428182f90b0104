import { type HttpFault, json } from './bodies.ts';

export const AZURE_AND_BEDROCK_FAULTS = {
  'azure-400-filter': json(400, {
    error: {
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { violence: { filtered: true, severity: 'high' } },
      },
    },
  }),
  'azure-401': json(401, {
    error: {
      code: '401',
      message:
        'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
    },
  }),
  'azure-404': json(404, {
    error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
  }),
  'azure-429': json(
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation have exceeded call rate limit. Please retry after 8 seconds.',
      },
    },
    { 'retry-after': '8', 'retry-after-ms': '8000' },
  ),
  'bedrock-400': json(
    400,
    { message: 'The provided model identifier is invalid.' },
    { 'x-amzn-errortype': 'ValidationException' },
  ),
  'bedrock-403': json(
    403,
    { message: 'The security token included in the request is invalid.' },
    { 'x-amzn-errortype': 'UnrecognizedClientException' },
  ),
  'bedrock-429': json(
    429,
    { message: 'Too many requests, please wait before trying again.' },
    { 'x-amzn-errortype': 'ThrottlingException' },
  ),
} as const satisfies Readonly<Record<string, HttpFault>>;
