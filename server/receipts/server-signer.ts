import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Envelope } from '../../shared/contract/receipt.ts';
import { signEnvelope } from '../../shared/signing/envelope.ts';
import { ensureDataDir } from '../storage/data-dir.ts';

export interface ServerSigner {
  /** Raw Ed25519 public key, base64url, and its id: the first 16 characters of its SHA-256, base64url. */
  readonly publicKey: { readonly id: string; readonly publicKey: string };
  /** Signs any document; `payloadType` is its media type. */
  sign(payloadType: string, document: object): Envelope;
}

/** Signs in this server's name, with a signing key made once and kept in the data folder, so that old receipts stay verifiable. */
export function createServerSigner(dataDir: string): ServerSigner {
  const file = join(dataDir, 'receipt-key.pem');
  const privateKey = createPrivateKey(readOrMake(dataDir, file));
  const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
  const id = createHash('sha256').update(raw).digest('base64url').slice(0, 16);
  return {
    publicKey: { id, publicKey: raw.toString('base64url') },
    sign: (payloadType, document) =>
      signEnvelope(payloadType, document, { keyId: id, sign: (message) => sign(null, message, privateKey) }),
  };
}

function readOrMake(dataDir: string, file: string): string {
  ensureDataDir(dataDir);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  try {
    // Exclusive: of two processes that start together on one folder, one makes the key and both use it.
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch {
    return readFileSync(file, 'utf8');
  }
}
