import { createHmac, timingSafeEqual } from 'node:crypto';
import { derive, joinFields } from './fields.ts';
import type { KeyBinding } from './sealed-key.ts';

/**
 * What never changes in a stored key's row and is not bound to its ciphertext, so that it can be shown without opening the key: a MAC by the
 * workspace's secret covers it, with all that the ciphertext is bound to. A key with another age or name than it was added with does not open.
 */
export interface KeyFacts extends KeyBinding {
  readonly name: string;
  readonly last4: string | null;
  readonly ownerHandle: string;
  readonly model: string;
  readonly addedAt: Date;
}

const NO_SALT = joinFields();

/** By the workspace's secret. */
export function signFacts(facts: KeyFacts, secret: Buffer): Buffer {
  const { workspaceId, generation, keyId, version, provider, site, scope, scopeId, owner } = facts;
  const { name, last4, ownerHandle, model, addedAt } = facts;
  const info = joinFields('oneturn vault 1 facts', workspaceId, generation);
  const macSecret = derive(secret, NO_SALT, info, 32);
  const signed = joinFields(
    ...['oneturn vault 1 key facts', 1, workspaceId, generation, keyId, version, provider, site, scope],
    ...[scopeId, owner, name, last4 === null ? 'none' : 'some', last4 ?? '', ownerHandle, model],
    addedAt.toISOString(),
  );
  try {
    return createHmac('sha256', macSecret).update(signed).digest();
  } finally {
    macSecret.fill(0);
  }
}

/** In a time that tells nothing of the right one. */
export function areFacts(mac: Buffer | null, facts: KeyFacts, secret: Buffer): boolean {
  const right = signFacts(facts, secret);
  return mac !== null && mac.length === right.length && timingSafeEqual(mac, right);
}
