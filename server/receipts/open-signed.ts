import { createPublicKey, verify } from 'node:crypto';
import type { Envelope } from '../../shared/contract/receipt.ts';
import { openEnvelope } from '../../shared/signing/envelope.ts';

/** RFC 8410: the fixed head of an Ed25519 SubjectPublicKeyInfo. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** What a server signed: the name for it in sentences, and its media type. */
export interface SignedKind {
  readonly name: string;
  readonly type: string;
}

/** The document that the envelope holds, when that public key (raw, base64url) signed it; else a sentence that says why not. */
export function openSigned(
  signed: Envelope,
  { name, type }: SignedKind,
  publicKey: string,
): { readonly document: unknown } | string {
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== 32) return 'The public key is not 32 bytes of base64url.';
  const spki = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  const opened = openEnvelope(signed, type, (message, signature) => verify(null, message, spki, signature));
  if (opened.ok) return opened;
  return opened.fault === 'type'
    ? `This is not a ${name}.`
    : `The signature does not match: the ${name} was changed, or another server signed it.`;
}
