import { hexOf, sha256 } from '../hashes/sha256.ts';
import { toBase64 } from './base64.ts';

/** A public signing key, ECDSA P-256. Not to be confused with a provider's key: this one is public. */
export interface PublicSigningKey {
  /** SHA-256 in hex of its PEM text; OpenSSF Model Signing calls it the hint. */
  readonly id: string;
  readonly pem: string;
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array<ArrayBuffer>;
}

/** The algorithm of signing keys, as WebCrypto names it for import and generation. */
export const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** The algorithm of signatures, as WebCrypto names it for signing and verifying. */
export const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

const SPKI_BYTES = 91;

/** Undefined: it is no public key on the curve P-256. */
export async function readSigningKey(spki: Uint8Array<ArrayBuffer>): Promise<PublicSigningKey | undefined> {
  if (spki.length !== SPKI_BYTES) return undefined;
  try {
    await crypto.subtle.importKey('spki', spki, ECDSA_P256, true, ['verify']);
  } catch {
    return undefined;
  }
  const pem = toPem(spki);
  return { id: hexOf(await sha256(new TextEncoder().encode(pem))), pem, spki };
}

/** Whether that key made the signature of these bytes: r and s, 32 bytes each. False for what is no signature. */
export async function isSignedBy(
  { spki }: Pick<PublicSigningKey, 'spki'>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = await crypto.subtle.importKey('spki', spki, ECDSA_P256, false, ['verify']);
  return crypto.subtle.verify(ECDSA_SHA256, key, signature, message);
}

/** As OpenSSL and Node write it: 64 columns and a last line feed. */
function toPem(spki: Uint8Array): string {
  const lines = toBase64(spki).match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}
