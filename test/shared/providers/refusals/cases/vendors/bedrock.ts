import { aws } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { LIMITED, LOADING, NO_ACCESS, NO_MODEL, OUTPUT, OVERLOADED, REJECTED, TIMEOUT } from '../wants.ts';

export const BEDROCK: readonly Row[] = [
  [
    'Bedrock, too many requests',
    'bedrock',
    429,
    { message: 'Too many requests, please wait before trying again.' },
    LIMITED,
    aws('ThrottlingException'),
  ],
  [
    'Bedrock, too many tokens',
    'bedrock',
    429,
    { message: 'Too many tokens, please wait before trying again.' },
    LIMITED,
    aws('ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/'),
  ],
  [
    'Bedrock, no access to the model',
    'bedrock',
    403,
    { message: "You don't have access to the model with the specified model ID." },
    NO_ACCESS,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a marketplace subscription that is being set up',
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
    'Bedrock, a key that has run out',
    'bedrock',
    403,
    { Message: 'Bearer Token has expired' },
    REJECTED,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a legacy model nobody asked for lately',
    'bedrock',
    404,
    {
      message:
        'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please upgrade to an active model on Amazon Bedrock',
    },
    NO_MODEL,
    aws('ResourceNotFoundException'),
  ],
  [
    'Bedrock, more output than the model has',
    'bedrock',
    400,
    {
      message:
        'The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
    },
    OUTPUT,
    aws('ValidationException'),
  ],
  [
    'Bedrock, the model is slow',
    'bedrock',
    408,
    { message: 'The model request timed out, try your request again.' },
    TIMEOUT,
    aws('ModelTimeoutException'),
  ],
  [
    'Bedrock, the service is short of machines',
    'bedrock',
    503,
    { message: 'Bedrock is unable to process your request.' },
    OVERLOADED,
    aws('ServiceUnavailableException'),
  ],
  [
    'Bedrock, a role without the action',
    'bedrock',
    403,
    {
      Message:
        'User: arn:aws:sts::1:assumed-role/x/y is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/x because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action',
    },
    NO_ACCESS,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a signature of yesterday',
    'bedrock',
    403,
    {
      message:
        'Signature expired: 20261127T090000Z is now earlier than 20261128T085500Z (20261128T090000Z - 5 min.)',
    },
    REJECTED,
    aws('InvalidSignatureException'),
  ],
  [
    'Bedrock, the model is being made ready',
    'bedrock',
    429,
    { message: 'Model is getting ready for inference. Wait and try your model invocation request again.' },
    LOADING,
    aws('ModelNotReadyException'),
  ],
];
