import { refusal } from '../../server/sandbox/refusals.ts';
import type { Dialect } from '../../server/sandbox/routes.ts';
import type { HttpFault } from './faults/bodies.ts';
import { HTTP_FAULTS } from './faults.ts';
import { KEY_MARK } from './key-echo.ts';

/** What a wrong key is told. */
export const REJECTED: Readonly<Record<Dialect, HttpFault>> = {
  anthropic: HTTP_FAULTS['anthropic-401'],
  openai: HTTP_FAULTS['openai-401'],
  openrouter: HTTP_FAULTS['openrouter-401'],
  groq: HTTP_FAULTS['groq-401'],
  azure: HTTP_FAULTS['azure-401'],
  google: HTTP_FAULTS['google-400-key'],
  cohere: HTTP_FAULTS['cohere-401'],
  'cohere-chat': HTTP_FAULTS['cohere-401'],
  responses: HTTP_FAULTS['openai-401'],
  gemini: HTTP_FAULTS['google-401'],
  converse: HTTP_FAULTS['bedrock-403'],
};

/** A refusal that gives the key back, where the script wants it. */
export function rejectedWithKey(
  dialect: Dialect,
  place: 'error' | 'header' | 'request-id' | 'location',
  origin: string,
): HttpFault {
  if (place === 'location')
    return { status: 307, headers: { location: `${origin}/elsewhere?key=${KEY_MARK}` }, body: '' };
  const fault = refusal(dialect, {
    status: 401,
    type: dialect === 'anthropic' ? 'authentication_error' : 'invalid_request_error',
    message:
      place === 'error'
        ? `Incorrect API key provided: ${KEY_MARK}. You can find your API key at your provider.`
        : 'Incorrect API key provided.',
    code: 'invalid_api_key',
  });
  if (place === 'error') return fault;
  const name = place === 'header' ? 'x-debug' : dialect === 'anthropic' ? 'request-id' : 'x-request-id';
  return { ...fault, headers: { ...fault.headers, [name]: KEY_MARK } };
}
