import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import {
  type CreatedToken,
  type CreateToken,
  createdToken,
  type SessionInfo,
  sessionInfo,
  type TokenInfo,
  tokenInfo,
} from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { fetchMe } from '../account/account-api.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { call, callJson, retryTransient } from '../http/call.ts';

export const meQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'me'],
  queryFn: ({ signal }) => fetchMe(signal),
  retry: retryTransient,
});

export const sessionsQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'sessions'],
  queryFn: async ({ signal }): Promise<readonly SessionInfo[]> =>
    (await callJson(z.object({ sessions: z.array(sessionInfo) }), ROUTES.sessions, { signal })).sessions,
  retry: retryTransient,
});

export const tokensQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'tokens'],
  queryFn: async ({ signal }): Promise<readonly TokenInfo[]> =>
    (await callJson(z.object({ tokens: z.array(tokenInfo) }), ROUTES.tokens, { signal })).tokens,
  retry: retryTransient,
});

export async function endSession(id: string): Promise<void> {
  await call(ROUTES.session(id), { method: 'DELETE' });
}

/** The one answer that has the token itself: never kept in a query. */
export function createToken(body: CreateToken): Promise<CreatedToken> {
  return callJson(createdToken, ROUTES.tokens, { method: 'POST', body });
}

export async function revokeToken(id: string): Promise<void> {
  await call(ROUTES.token(id), { method: 'DELETE' });
}

export async function changePassword(
  currentPassword: string,
  newPassword: string,
  revokeOtherSessions: boolean,
): Promise<void> {
  await call(`${ROUTES.auth}/change-password`, {
    method: 'POST',
    body: { currentPassword, newPassword, revokeOtherSessions },
  });
}

export async function deleteAccount(password: string): Promise<void> {
  await call(`${ROUTES.auth}/delete-user`, { method: 'POST', body: password === '' ? {} : { password } });
}
