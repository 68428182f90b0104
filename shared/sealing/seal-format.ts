import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import { hexOf, sha256 } from '../hashes/sha256.ts';
import { fromBase64url, toBase64url } from './base64url.ts';

/**
 * The seal of a key, RFC 9180 base mode: `sealed.<key id>.<enc>.<ct>`. The plaintext is eight bytes of time (epoch ms, big
 * endian) and then the key; `info` names the server, the AAD names provider, site, run and the body's SHA-256. So a captured
 * seal opens at no other server, for no other body, run or provider, and not later than the server's limit on its age.
 */
export const suite: CipherSuite = new CipherSuite(
  KEM_DHKEM_P256_HKDF_SHA256,
  KDF_HKDF_SHA256,
  AEAD_AES_128_GCM,
);

export const TIME_BYTES = 8;
export const SEAL_PREFIX = 'sealed.';

/** What both sides must agree on for a seal to open. The server takes each part from the request that it got, never from the seal. */
export interface SealContext {
  readonly server: string;
  readonly provider: string;
  readonly site: string;
  readonly runId: string;
  /** Lower-case hex SHA-256 of the request's body as sent. */
  readonly bodyDigest: string;
}

/** The three parts of a seal's header, decoded. `keyId` names the server's sealing key; the other two are HPKE's `enc` and `ct`. */
export interface Seal {
  readonly keyId: string;
  readonly encapsulatedSecret: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

const text = new TextEncoder();

/** What a key is sealed for: one run, or to be stored. A seal for the one does not open as one for the other. */
export type SealPurpose = 'seal' | 'vault seal';

/** The context as HPKE takes it: `info` for the set-up and `aad` for the encryption (RFC 9180, sections 5.1 and 5.2). */
export function sealBinding(
  context: SealContext,
  purpose: SealPurpose = 'seal',
): { readonly info: Uint8Array; readonly aad: Uint8Array } {
  return {
    info: text.encode(`oneturn ${purpose} 1\n${context.server}`),
    aad: text.encode([context.provider, context.site, context.runId, context.bodyDigest].join('\n')),
  };
}

/** The header's value, `sealed.<key id>.<enc>.<ct>`, with the last two in base64url. */
export function writeSeal(seal: {
  keyId: string;
  encapsulatedSecret: Uint8Array;
  ciphertext: Uint8Array;
}): string {
  return `${SEAL_PREFIX}${seal.keyId}.${toBase64url(seal.encapsulatedSecret)}.${toBase64url(seal.ciphertext)}`;
}

/** Undefined when the header is not a seal of this format. Bounds: a P-256 point, and a key of at most 4,096 bytes. */
export function readSeal(header: string): Seal | undefined {
  const parts =
    header.length <= 6000 ? /^sealed\.([\w-]{1,32})\.([\w-]{87})\.([\w-]{1,5600})$/.exec(header) : null;
  if (!parts?.[1] || !parts[2] || !parts[3]) return undefined;
  const encapsulatedSecret = fromBase64url(parts[2]);
  const ciphertext = fromBase64url(parts[3]);
  return encapsulatedSecret && ciphertext ? { keyId: parts[1], encapsulatedSecret, ciphertext } : undefined;
}

/** SHA-256 in lower-case hex of the request's body, exactly as it goes over the wire. */
export async function bodyDigest(body: Uint8Array<ArrayBuffer>): Promise<string> {
  return hexOf(await sha256(body));
}
