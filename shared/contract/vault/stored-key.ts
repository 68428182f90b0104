import * as z from 'zod/mini';
import { keyCheck } from '../key-check.ts';
import { runRequest } from '../run-request.ts';

const { provider, model, site } = runRequest.shape;

export const MAX_KEY_NAME_CHARS = 80;
export const MAX_KEY_AGE_DAYS = 3650;
export const MAX_OVERLAP_HOURS = 168;

/**
 * The life of a stored key in order. `previous`: another one is the default now, and this can be made it again until `previousUntil`;
 * `retiring`: deleted, and its last runs finish; `destroyed`: its ciphertext is gone.
 */
export const STORED_KEY_STATES = ['active', 'previous', 'retiring', 'destroyed'] as const;

/** A stored key as its workspace's members see it. The key itself is never shown again. Times are ISO 8601 in UTC. */
export const storedKey = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  /** The provider's site, such as an Azure resource; empty where it has none. */
  site: z.string(),
  /** Null for short keys, of which four characters would tell much. */
  lastFour: z.nullable(z.string()),
  scope: z.enum(['workspace']),
  state: z.enum(STORED_KEY_STATES),
  isDefault: z.boolean(),
  model: z.string(),
  addedBy: z.string(),
  addedAt: z.string(),
  previousUntil: z.nullable(z.string()),
  /** By the age policy; null: there is none. */
  expiresAt: z.nullable(z.string()),
  lastUsedAt: z.nullable(z.string()),
  lastOutcome: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  /** `deleted`, `revoked`, `replaced`, `paused`, or `policy`: no key may be at rest any more. */
  endedWhy: z.nullable(z.string()),
  openRuns: z.number(),
  /** What runs on it cost in the last 30 days, by the prices here; `unpriced` of the runs had a part without one. */
  spent: z.object({ usd: z.number(), runs: z.number(), unpriced: z.number() }),
});
export type StoredKey = z.infer<typeof storedKey>;

/** What a workspace decided for its keys. */
export const keyRules = z.object({
  /** From then on no run begins on a key; null: it may grow as old as the server allows. */
  maxAgeDays: z.nullable(z.number()),
  /** How long the old default goes on beside a new one; 0: it ends at once. */
  overlapHours: z.number(),
  /** The server's own bound on age, which counts where it is lower; null: it has none. */
  serverMaxAgeDays: z.nullable(z.number()),
});
export type KeyRules = z.infer<typeof keyRules>;

/** The body of `PUT /v1/keys/rules`. */
export const setKeyRules = z.strictObject({
  /** The workspace that the page showed. */
  workspace: z.string().check(z.maxLength(64)),
  maxAgeDays: z.nullable(z.int().check(z.gte(1), z.lte(MAX_KEY_AGE_DAYS))),
  overlapHours: z.int().check(z.gte(0), z.lte(MAX_OVERLAP_HOURS)),
});
export type SetKeyRules = z.infer<typeof setKeyRules>;

/** `canManage`: whether who asks may add, change and remove keys here. */
export const storedKeyPage = z.object({
  workspace: z.object({ id: z.string(), name: z.string() }),
  canManage: z.boolean(),
  rules: keyRules,
  keys: z.array(storedKey),
});
export type StoredKeyPage = z.infer<typeof storedKeyPage>;

/** The body of `POST /v1/keys`. The key is in the header, sealed to be stored; it is checked by one call to `model`. */
export const addStoredKey = z.strictObject({
  /** The workspace that the page showed: one that was changed in another tab gets no key. */
  workspace: z.string().check(z.maxLength(64)),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_KEY_NAME_CHARS)),
  provider,
  model,
  site,
});
export type AddStoredKey = z.infer<typeof addStoredKey>;

/** The body of `POST /v1/keys/:id/default`: whether the old default goes on for as long as the workspace's rules say. */
export const makeDefaultKey = z.strictObject({ oldKey: z.enum(['end now', 'keep']) });

/** The answer to a revocation. */
export const revokedKey = z.object({ stoppedRuns: z.number() });

/** What a test call of a stored key showed. */
export const storedKeyTest = z.extend(keyCheck, {
  keyId: z.string(),
  /** Scheme, host and port that were asked. */
  origin: z.string(),
  model: z.string(),
});
export type StoredKeyTest = z.infer<typeof storedKeyTest>;
