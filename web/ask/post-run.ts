import { ROUTES } from '../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';

/** All that leaves the page for a run. `body` is sent exactly as it was sealed to. */
export interface SealedRequest {
  readonly body: string;
  readonly runId: string;
  /** The sealed key; absent where the provider takes none. The key itself never comes here. */
  readonly header?: string | undefined;
}

/**
 * Sends the one request of a run. Not the function that reads the answer, and not async: the frame of a function that awaits
 * the stream would keep its parameters alive for as long as the run lasts.
 */
export function postRun(request: SealedRequest, signal: AbortSignal): Promise<Response> {
  return post(ROUTES.byo, request, signal);
}

/** "Check my key": the same request to the other path. */
export function postCheck(request: SealedRequest, signal: AbortSignal): Promise<Response> {
  return post(ROUTES.byoCheck, request, signal);
}

/** A key that is sealed to be stored; the answer comes when it has been checked. */
export function postStoredKey(request: SealedRequest, signal: AbortSignal): Promise<Response> {
  return post(ROUTES.storedKeys, request, signal);
}

function post(path: string, { body, runId, header }: SealedRequest, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json', [RUN_ID_HEADER]: runId };
  if (header !== undefined) headers[KEY_HEADER] = header;
  // Never keepalive: Chrome would let the request outlive the page.
  return fetch(path, {
    method: 'POST',
    headers,
    body,
    signal,
    cache: 'no-store',
    credentials: 'same-origin',
    redirect: 'error',
  });
}
