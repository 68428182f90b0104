import { randomBytes } from 'node:crypto';
import { secretBuffer } from '../../keys/secret-buffer.ts';
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from './aes-gcm.ts';
import { derive, joinFields } from './fields.ts';

/**
 * The secret of a workspace, 32 random bytes from which all of its keys are encrypted, as the database has it: wrapped by a root, as
 * `01 | salt 32 | nonce 12 | ciphertext 32 | tag 16`. Rotating a root wraps these alone anew, and no key.
 */

const FORMAT = 1;
const SECRET_BYTES = 32;
const SALT_BYTES = 32;
const WRAP = 'oneturn vault 1 wrap';

/** Whose secret it is. Each part is bound, so that a row which was moved does not open. */
export interface Wrapping {
  readonly rootId: string;
  readonly workspaceId: string;
  readonly generation: number;
}

/** The keyed MAC of a root: the one thing that is asked of it. The caller wipes what it gets. */
export type Mac = (context: Buffer) => Promise<Buffer>;

/** Fills memory with random bytes. Tests give their own, for the vectors of the format. */
export type Random = (target: Buffer) => void;

/** The one source of randomness outside of tests. */
export const systemRandom: Random = (target) => {
  const bytes = randomBytes(target.length);
  bytes.copy(target);
  bytes.fill(0);
};

/** A new one, for the caller to wipe. */
export function makeWorkspaceSecret(random: Random = systemRandom): Buffer {
  const secret = secretBuffer(SECRET_BYTES);
  random(secret);
  return secret;
}

/** The row's bytes. */
export async function wrapWorkspaceSecret(
  secret: Buffer,
  wrapping: Wrapping,
  mac: Mac,
  random: Random = systemRandom,
): Promise<Buffer> {
  const [salt, nonce] = [Buffer.alloc(SALT_BYTES), Buffer.alloc(NONCE_BYTES)];
  random(salt);
  random(nonce);
  const sealed = await withWrappingSecret(wrapping, salt, mac, (key) =>
    encrypt(secret, { secret: key, nonce, bound: boundTo(wrapping) }),
  );
  return Buffer.concat([Buffer.of(FORMAT), salt, nonce, sealed]);
}

/** For the caller to wipe; undefined when the root is another one or the row is not as it was written. */
export async function unwrapWorkspaceSecret(
  wrapped: Buffer,
  wrapping: Wrapping,
  mac: Mac,
): Promise<Buffer | undefined> {
  const whole = 1 + SALT_BYTES + NONCE_BYTES + SECRET_BYTES + TAG_BYTES;
  if (wrapped.length !== whole || wrapped[0] !== FORMAT) return undefined;
  const salt = wrapped.subarray(1, 1 + SALT_BYTES);
  const nonce = wrapped.subarray(1 + SALT_BYTES, 1 + SALT_BYTES + NONCE_BYTES);
  const sealed = wrapped.subarray(1 + SALT_BYTES + NONCE_BYTES);
  return withWrappingSecret(wrapping, salt, mac, (secret) =>
    decrypt(sealed, { secret, nonce, bound: boundTo(wrapping) }),
  );
}

function boundTo({ rootId, workspaceId, generation }: Wrapping): Buffer {
  return joinFields(WRAP, FORMAT, rootId, workspaceId, generation);
}

async function withWrappingSecret<T>(
  { rootId, workspaceId, generation }: Wrapping,
  salt: Buffer,
  mac: Mac,
  work: (secret: Buffer) => T,
): Promise<T> {
  const code = await mac(joinFields('oneturn vault 1 root', rootId, workspaceId, generation, salt));
  const secret = derive(code, salt, joinFields(WRAP), 32);
  code.fill(0);
  try {
    return work(secret);
  } finally {
    secret.fill(0);
  }
}
