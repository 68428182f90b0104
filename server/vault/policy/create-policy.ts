import type { Hono } from 'hono';
import type { WhoVariables } from '../../access/who.ts';
import { storageFields } from '../../storage/storage-error.ts';
import { applyOperatorPolicy } from './operator-policy.ts';
import { createPolicyRoutes, type PolicyParts } from './policy-routes.ts';
import { endPolicies } from './policy-store.ts';

const TIDY_MS = 60_000;

/** The policy no-keys-at-rest, in one server; there with `VAULT=off`, too, so that a workspace can forbid keys before anyone turns it on. */
export interface KeyPolicies {
  readonly routes: Hono<WhoVariables>;
  stop(): Promise<void>;
}

/** `noKeysAtRest` is the operator's setting. Resolves when it is in force. */
export async function createKeyPolicies(
  parts: PolicyParts & { readonly noKeysAtRest: boolean },
): Promise<KeyPolicies> {
  const { log, noKeysAtRest } = parts;
  await applyOperatorPolicy(parts);
  const timer = setInterval(() => {
    // Again and again while the setting is on: a process without it may have asked for the end.
    (noKeysAtRest ? applyOperatorPolicy(parts) : Promise.resolve())
      .then(() => tidyPolicies(parts))
      .catch((error: unknown) => log.warn('the policies could not be looked at', storageFields(error)));
  }, TIDY_MS);
  timer.unref();
  return { routes: createPolicyRoutes(parts), stop: async () => clearInterval(timer) };
}

/** Writes down which policies have ended. They held no more from their time on, whether or not this ran. */
export async function tidyPolicies({ audit }: Pick<PolicyParts, 'audit'>): Promise<void> {
  await audit.transact(async (trx, record) => {
    for (const workspaceId of await endPolicies(trx))
      if (workspaceId !== null)
        await record({ workspaceId, actorId: null, handle: null, action: 'policy.end', outcome: 'ok' });
  });
}
