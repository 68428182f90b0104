import { timingSafeEqual } from 'node:crypto';
import { ProviderKey } from '../../keys/provider-key.ts';
import { secretBuffer } from '../../keys/secret-buffer.ts';
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from './aes-gcm.ts';
import { derive, joinFields } from './fields.ts';
import { type Random, systemRandom } from './workspace-secret.ts';

/**
 * A stored key as its row has it: `01 | salt 32 | commitment 32 | nonce 12 | ciphertext | tag 16`, under a data key of its own that is
 * derived from the workspace's secret, a fresh salt and everything that the row says of the key.
 */

const FORMAT = 1;
const SALT_BYTES = 32;
const COMMITMENT_BYTES = 32;
const HEAD_BYTES = 1 + SALT_BYTES + COMMITMENT_BYTES + NONCE_BYTES;

/** What a stored key is bound to: a row in which any of it was changed does not open. `owner` gives each user keys of their own. */
export interface KeyBinding {
  readonly workspaceId: string;
  readonly generation: number;
  readonly keyId: string;
  readonly version: number;
  readonly provider: string;
  readonly site: string;
  readonly scope: string;
  readonly scopeId: string;
  readonly owner: string;
}

/**
 * `other_secret`: the commitment differs, so that the row was sealed under another secret or binding; `changed`: its own ciphertext was
 * changed; `no_format`: it is none of ours.
 */
export type OpenedKey =
  | { readonly ok: true; readonly key: ProviderKey }
  | { readonly ok: false; readonly fault: 'other_secret' | 'changed' | 'no_format' };

/** The row's bytes. */
export function sealKey(
  key: ProviderKey,
  secret: Buffer,
  binding: KeyBinding,
  random: Random = systemRandom,
): Buffer {
  const [salt, nonce] = [Buffer.alloc(SALT_BYTES), Buffer.alloc(NONCE_BYTES)];
  random(salt);
  random(nonce);
  const bound = boundTo(binding);
  const derived = derive(secret, salt, bound, 64);
  const plain = secretBuffer(key.byteLength);
  try {
    key.copyInto(plain, 0);
    const sealed = encrypt(plain, { secret: derived.subarray(0, 32), nonce, bound });
    return Buffer.concat([Buffer.of(FORMAT), salt, derived.subarray(32), nonce, sealed]);
  } finally {
    plain.fill(0);
    derived.fill(0);
  }
}

/** The caller wipes the key. */
export function openKey(sealed: Buffer, secret: Buffer, binding: KeyBinding): OpenedKey {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORMAT)
    return { ok: false, fault: 'no_format' };
  const salt = sealed.subarray(1, 1 + SALT_BYTES);
  const commitment = sealed.subarray(1 + SALT_BYTES, 1 + SALT_BYTES + COMMITMENT_BYTES);
  const nonce = sealed.subarray(HEAD_BYTES - NONCE_BYTES, HEAD_BYTES);
  const bound = boundTo(binding);
  const derived = derive(secret, salt, bound, 64);
  try {
    if (!timingSafeEqual(derived.subarray(32), commitment)) return { ok: false, fault: 'other_secret' };
    const plain = decrypt(sealed.subarray(HEAD_BYTES), { secret: derived.subarray(0, 32), nonce, bound });
    if (plain === undefined) return { ok: false, fault: 'changed' };
    const key = new ProviderKey(plain);
    plain.fill(0);
    return { ok: true, key };
  } finally {
    derived.fill(0);
  }
}

function boundTo(binding: KeyBinding): Buffer {
  const { workspaceId, generation, keyId, version, provider, site, scope, scopeId, owner } = binding;
  return joinFields(
    ...['oneturn vault 1 item', FORMAT, workspaceId, generation, keyId, version],
    ...[provider, site, scope, scopeId, owner],
  );
}
