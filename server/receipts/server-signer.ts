import { createHash, createPublicKey, sign } from 'node:crypto';
import type { Envelope } from '../../shared/contract/receipt.ts';
import { signEnvelope } from '../../shared/signing/envelope.ts';
import { signingKey } from '../storage/signing-key.ts';

/** The server's Ed25519 signing key for receipts and other documents. Its public half is in `GET /v1/config`. */
export interface ServerSigner {
  /** Raw Ed25519 public key, base64url, and its id: the first 16 characters of its SHA-256, base64url. */
  readonly publicKey: { readonly id: string; readonly publicKey: string };
  /** Signs any document; `payloadType` is its media type. */
  sign(payloadType: string, document: object): Envelope;
}

/** Signs in this server's name, with a signing key made once and kept in the data folder, so that old receipts stay verifiable. */
export function createServerSigner(dataDir: string): ServerSigner {
  const privateKey = signingKey(dataDir, 'receipt-key.pem');
  const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
  const id = createHash('sha256').update(raw).digest('base64url').slice(0, 16);
  return {
    publicKey: { id, publicKey: raw.toString('base64url') },
    sign: (payloadType, document) =>
      signEnvelope(payloadType, document, { keyId: id, sign: (message) => sign(null, message, privateKey) }),
  };
}
