import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod/mini';
import { type Envelope, RECEIPT_TYPE, type Receipt, receipt } from '../../shared/contract/receipt.ts';
import { openEnvelope } from '../../shared/signing/envelope.ts';

/** RFC 8410: the fixed head of an Ed25519 SubjectPublicKeyInfo. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** The receipt that the envelope holds, when that public key (raw, base64url) signed it; else a sentence that says why not. */
export function verifyReceipt(signed: Envelope, publicKey: string): Receipt | string {
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== 32) return 'The public key is not 32 bytes of base64url.';
  const spki = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  const opened = openEnvelope(signed, RECEIPT_TYPE, (message, signature) =>
    verify(null, message, spki, signature),
  );
  if (!opened.ok)
    return opened.fault === 'type'
      ? 'This is not a receipt of a run.'
      : 'The signature does not match: the receipt was changed, or another server signed it.';
  const parsed = z.safeParse(receipt, opened.document);
  return parsed.success
    ? parsed.data
    : 'The signature is good, but the receipt is of a version that this tool does not know.';
}
