import { HTTP_FAULTS, type HttpFault } from './faults.ts';
import { KEY_MARK } from './key-echo.ts';
import type { Dialect } from './routes.ts';

/** A refusal in the dialect's own envelope. */
export function refusal(
  dialect: Dialect,
  status: number,
  type: string,
  message: string,
  param: string | null = null,
  code: string | null = null,
): HttpFault {
  const body =
    dialect === 'anthropic'
      ? { type: 'error', error: { type, message }, request_id: null }
      : dialect === 'openrouter' || dialect === 'google'
        ? {
            error: { code: status, message, ...(dialect === 'google' ? { status: 'INVALID_ARGUMENT' } : {}) },
          }
        : dialect === 'cohere'
          ? { id: 'sandbox', message }
          : { error: { message, type, param, code } };
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function invalidRequest(
  dialect: Dialect,
  message: string,
  param: string | null,
  code: string | null,
): HttpFault {
  return refusal(dialect, 400, 'invalid_request_error', message, param, code);
}

export function notFound(dialect: Dialect, method: string, path: string): HttpFault {
  return refusal(
    dialect,
    404,
    dialect === 'anthropic' ? 'not_found_error' : 'invalid_request_error',
    `Invalid URL (${method} ${path})`,
  );
}

/** What a wrong key is told. */
export const REJECTED: Readonly<Record<Dialect, HttpFault>> = {
  anthropic: HTTP_FAULTS['anthropic-401'],
  openai: HTTP_FAULTS['openai-401'],
  openrouter: HTTP_FAULTS['openrouter-401'],
  groq: HTTP_FAULTS['groq-401'],
  azure: HTTP_FAULTS['azure-401'],
  google: HTTP_FAULTS['google-400-key'],
  cohere: HTTP_FAULTS['cohere-401'],
};

/** A refusal that gives the key back, where the script wants it. */
export function rejectedWithKey(
  dialect: Dialect,
  place: 'error' | 'header' | 'request-id' | 'location',
  origin: string,
): HttpFault {
  if (place === 'location')
    return { status: 307, headers: { location: `${origin}/elsewhere?key=${KEY_MARK}` }, body: '' };
  const text =
    place === 'error'
      ? `Incorrect API key provided: ${KEY_MARK}. You can find your API key at your provider.`
      : 'Incorrect API key provided.';
  const fault = refusal(
    dialect,
    401,
    dialect === 'anthropic' ? 'authentication_error' : 'invalid_request_error',
    text,
    null,
    'invalid_api_key',
  );
  if (place === 'error') return fault;
  const name = place === 'header' ? 'x-debug' : dialect === 'anthropic' ? 'request-id' : 'x-request-id';
  return { ...fault, headers: { ...fault.headers, [name]: KEY_MARK } };
}
