import { queryOptions } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { ROUTES } from '../../shared/contract/routes.ts';
import {
  type KeyRules,
  keyRules,
  type makeDefaultKey,
  revokedKey,
  type SetKeyRules,
  type StoredKeyPage,
  type StoredKeyTest,
  storedKeyPage,
  storedKeyTest,
} from '../../shared/contract/vault/stored-key.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { call, callJson, retryTransient } from '../http/call.ts';

const POLL_MS = 3000;

/** What is known of stored keys; no key is in it, and no part of one but four characters. */
export const storedKeysQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'stored-keys'],
  queryFn: ({ signal }): Promise<StoredKeyPage> => callJson(storedKeyPage, ROUTES.storedKeys, { signal }),
  retry: retryTransient,
  // a removed key goes with its last run
  refetchInterval: ({ state }) => (state.data?.keys.some(({ openRuns }) => openRuns > 0) ? POLL_MS : false),
});

export async function makeDefault(
  id: string,
  oldKey: z.infer<typeof makeDefaultKey>['oldKey'],
): Promise<void> {
  await call(ROUTES.storedKeyDefault(id), { method: 'POST', body: { oldKey } });
}

export function setRules(rules: SetKeyRules): Promise<KeyRules> {
  return callJson(keyRules, ROUTES.storedKeyRules, { method: 'PUT', body: rules });
}

export async function removeKey(id: string): Promise<void> {
  await call(ROUTES.storedKey(id), { method: 'DELETE' });
}

/** How many runs it stopped. */
export async function revokeKey(id: string): Promise<number> {
  return (await callJson(revokedKey, ROUTES.storedKeyRevoke(id), { method: 'POST' })).stoppedRuns;
}

export function testKey(id: string): Promise<StoredKeyTest> {
  return callJson(storedKeyTest, ROUTES.storedKeyTest(id), { method: 'POST' });
}
