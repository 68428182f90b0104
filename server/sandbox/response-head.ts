import { randomBytes } from 'node:crypto';
import type { Dialect } from './routes.ts';

export interface RequestHead {
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string>>;
}

const unique = (): string => randomBytes(12).toString('hex');

/** The ids that a vendor gives a request, in its own headers. */
export function requestHead(dialect: Dialect): RequestHead {
  const requestId = dialect === 'anthropic' ? `req_011${unique().slice(0, 21)}` : `req_${unique()}`;
  if (dialect === 'anthropic')
    return {
      requestId,
      headers: {
        'request-id': requestId,
        'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
      },
    };
  if (dialect === 'azure')
    return { requestId, headers: { 'apim-request-id': requestId, 'x-ms-region': 'Sandbox' } };
  if (dialect === 'openrouter') return { requestId, headers: { 'x-generation-id': `gen-${requestId}` } };
  if (dialect === 'converse') return { requestId, headers: { 'x-amzn-requestid': requestId } };
  if (dialect === 'gemini') return { requestId, headers: {} };
  if (dialect === 'cohere' || dialect === 'cohere-chat')
    return { requestId, headers: { 'x-debug-trace-id': requestId } };
  return {
    requestId,
    headers: { 'x-request-id': requestId, 'openai-version': '2020-10-01', 'openai-processing-ms': '1' },
  };
}
