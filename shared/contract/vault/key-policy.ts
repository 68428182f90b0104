import * as z from 'zod/mini';

/** How long members are told of a lifting before it counts. */
export const LIFT_WAIT_HOURS = 24;

/**
 * `no-keys-at-rest`, as one party set it. `since`: null where it is not in force. `liftsAt`: from then on it is in force no more; null: nobody
 * asked for that. Times are ISO 8601 in UTC, by the database's clock.
 */
export const policyState = z.object({ since: z.nullable(z.string()), liftsAt: z.nullable(z.string()) });
export type PolicyState = z.infer<typeof policyState>;

/** The answer of `GET /v1/workspaces/:id/key-policy`, for its members. */
export const keyPolicy = z.object({
  ...policyState.shape,
  /** The handles of the owners who set it, and who asked for its end. */
  setBy: z.nullable(z.string()),
  liftedBy: z.nullable(z.string()),
  /** The operator's, for all workspaces. */
  operator: policyState,
  /** No key can be stored, by one of the two. */
  inForce: z.boolean(),
  /** Whether who asks is an owner. */
  canChange: z.boolean(),
  /** Keys whose ciphertext is here, which setting the policy would destroy. */
  storedKeys: z.number(),
  /** Where anyone who has it reads the signed policy of the workspace; null: it had none yet, or who asks is no owner. */
  address: z.nullable(z.string()),
});
export type KeyPolicy = z.infer<typeof keyPolicy>;

/** The answer to setting it: what it destroyed and stopped. */
export const keyPolicySet = z.object({ revokedKeys: z.number(), stoppedRuns: z.number() });
export type KeyPolicySet = z.infer<typeof keyPolicySet>;

/** The media type of the signed policy; a part of what is signed. */
export const POLICY_TYPE = 'application/vnd.oneturn.key-policy+json';

/** What `/.well-known/oneturn-policy.json` says in a DSSE envelope, of the server or of one workspace. */
export const signedPolicy = z.object({
  version: z.literal(1),
  /** The server's public origin; null where its operator set none. */
  server: z.nullable(z.string()),
  /** The workspace's name in addresses; null: this is the server's own. */
  workspace: z.nullable(z.string()),
  issuedAt: z.string(),
  noKeysAtRest: z.boolean(),
  /** No key can be stored before this, whoever wants to: a lifting waits 24 hours. Null: the policy is not in force. */
  holdsUntil: z.nullable(z.string()),
  setBy: z.object({ operator: policyState, workspace: z.nullable(policyState) }),
  /** Counted when it was asked for; null where the policy is not in force. */
  storedKeys: z.nullable(z.number()),
});
export type SignedPolicy = z.infer<typeof signedPolicy>;
