import { queryOptions } from '@tanstack/react-query';
import {
  type HostedRequest,
  type HostedSummary,
  hostedPage,
  hostedRun,
  hostedSummary,
  isOver,
} from '../../shared/contract/hosted.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { call, callJson, retryTransient } from '../http/call.ts';

/** How often states that no stream tells are asked for. */
const POLL_MS = 3000;

/** One page of the account's hosted runs, newest first; asked again while one of them goes on. */
export const runsQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'runs'] as const,
  queryFn: ({ signal }) => callJson(hostedPage, ROUTES.hosted, { signal }),
  retry: retryTransient,
  refetchInterval: ({ state }) => (state.data?.runs.some((run) => !isOver(run.state)) ? POLL_MS : false),
});

/** The record of one hosted run: state, times, cost. Its events are a stream of their own. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'run', id] as const,
    queryFn: ({ signal }) => callJson(hostedRun, ROUTES.hostedRun(id), { signal }),
    retry: retryTransient,
    refetchInterval: ({ state }) => (state.data && !isOver(state.data.state) ? POLL_MS : false),
  });

/** The same request sent twice under one `startId` starts one run. */
export function startHosted(body: HostedRequest, startId: string): Promise<HostedSummary> {
  return callJson(hostedSummary, ROUTES.hosted, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': startId },
  });
}

/** Ends a hosted run; one that has ended already stays as it is. Rejects with `CallFailed`. */
export async function cancelHosted(id: string): Promise<void> {
  await call(ROUTES.hostedRun(id), { method: 'DELETE' });
}
