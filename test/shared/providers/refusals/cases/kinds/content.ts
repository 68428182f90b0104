import { openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { REFUSED } from '../wants.ts';

export const CONTENT: readonly Row[] = [
  [
    'Azure',
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
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    },
    REFUSED,
  ],
  ['DeepSeek', 'deepseek', 400, openAi('Content Exists Risk'), REFUSED],
  [
    'OpenAI',
    'openai',
    400,
    openAi(
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
      { code: 'invalid_prompt' },
    ),
    REFUSED,
  ],
  [
    'xAI',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error:
        'Content violates usage guidelines. Team: x, API key ID: y, Model: grok-4.6, Failed check: SAFETY_CHECK_TYPE_BIO',
    },
    REFUSED,
  ],
  [
    'Cloudflare AI Gateway',
    undefined,
    424,
    { success: false, error: [{ code: 2016, message: 'Prompt blocked due to security configurations' }] },
    REFUSED,
  ],
  [
    'Bedrock',
    'bedrock',
    400,
    { message: 'The provided request was blocked by our content filtering policy.' },
    REFUSED,
    { 'x-amzn-errortype': 'ValidationException' },
  ],
];
