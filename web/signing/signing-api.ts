import { queryOptions } from '@tanstack/react-query';
import {
  type RegisterSigningKey,
  type SigningKeyInfo,
  signingKeyInfo,
  signingKeyList,
} from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { toBase64 } from '../../shared/signing/base64.ts';
import { proveKey } from '../../shared/signing/key-proof.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { callJson, retryTransient } from '../http/call.ts';
import { type BrowserKey, browserKeysOf, makeBrowserKey } from './browser-keys.ts';

/** The signing keys of the account, revoked ones included. */
export const signingKeysQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'signing-keys'] as const,
  queryFn: async ({ signal }): Promise<readonly SigningKeyInfo[]> =>
    (await callJson(signingKeyList, ROUTES.signingKeys, { signal })).keys,
  retry: retryTransient,
});

/** Those whose private halves this browser holds. */
export const browserKeysQuery = (handle: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'browser-keys', handle] as const,
    queryFn: () => browserKeysOf(handle),
    retry: false,
  });

/** Registers a public signing key with the proof that its private half is at hand. Rejects with the server's refusal. */
export function registerKey(body: RegisterSigningKey): Promise<SigningKeyInfo> {
  return callJson(signingKeyInfo, ROUTES.signingKeys, { method: 'POST', body });
}

/**
 * Nothing new counts as signed by the key afterwards. `since`, ISO 8601, revokes from an earlier time on, as when the key was stolen then.
 */
export function revokeKey(keyId: string, since: string | undefined): Promise<SigningKeyInfo> {
  const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
  return callJson(signingKeyInfo, `${ROUTES.signingKey(keyId)}${query}`, { method: 'DELETE' });
}

/** Makes a signing key in this browser and registers it; one that was made and not registered, for the server was away, is used first. */
export async function makeAndRegister(
  handle: string,
  name: string,
  registered: readonly SigningKeyInfo[],
): Promise<SigningKeyInfo> {
  const known = new Set(registered.map(({ keyId }) => keyId));
  const left = (await browserKeysOf(handle)).find(({ id }) => !known.has(id));
  const key: BrowserKey = left ?? (await makeBrowserKey(handle));
  const proof = await proveKey(handle, key);
  return registerKey({ name, publicKey: toBase64(key.spki), proof });
}
