import { queryOptions } from '@tanstack/react-query';
import { ROUTES } from '../../shared/contract/routes.ts';
import {
  type KeyPolicy,
  type KeyPolicySet,
  keyPolicy,
  keyPolicySet,
} from '../../shared/contract/vault/key-policy.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { call, callJson, retryTransient } from '../http/call.ts';

/** As members of the workspace see it. */
export const keyPolicyQuery = (workspace: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'key-policy', workspace],
    queryFn: ({ signal }): Promise<KeyPolicy> =>
      callJson(keyPolicy, ROUTES.keyPolicy(encodeURIComponent(workspace)), { signal }),
    retry: retryTransient,
  });

/** Destroys what is stored; how much that was. */
export function setKeyPolicy(workspace: string): Promise<KeyPolicySet> {
  return callJson(keyPolicySet, ROUTES.keyPolicy(encodeURIComponent(workspace)), { method: 'PUT' });
}

/** Announces its end, which comes a day later. */
export async function liftKeyPolicy(workspace: string): Promise<void> {
  await call(ROUTES.keyPolicyLift(encodeURIComponent(workspace)), { method: 'POST' });
}

/** Takes the announced end back. */
export async function keepKeyPolicy(workspace: string): Promise<void> {
  await call(ROUTES.keyPolicyLift(encodeURIComponent(workspace)), { method: 'DELETE' });
}
