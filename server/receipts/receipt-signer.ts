import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Envelope, RECEIPT_TYPE, type Receipt } from '../../shared/contract/receipt.ts';
import { preAuthEncoding } from '../../shared/signing/dsse.ts';
import { ensureDataDir } from '../storage/data-dir.ts';

export interface ReceiptSigner {
  /** Raw Ed25519 public key, base64url, and its id: the first 16 characters of its SHA-256, base64url. */
  readonly publicKey: { readonly id: string; readonly publicKey: string };
  sign(receipt: Receipt): Envelope;
}

/** Signs receipts with this server's own key, made once and kept in the data folder, so that old receipts stay verifiable. */
export function createReceiptSigner(dataDir: string): ReceiptSigner {
  const file = join(dataDir, 'receipt-key.pem');
  const privateKey = createPrivateKey(readOrMake(dataDir, file));
  const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
  const id = createHash('sha256').update(raw).digest('base64url').slice(0, 16);
  return {
    publicKey: { id, publicKey: raw.toString('base64url') },
    sign(receipt) {
      const payload = Buffer.from(JSON.stringify(receipt));
      const signature = sign(null, preAuthEncoding(RECEIPT_TYPE, payload), privateKey);
      return {
        payloadType: RECEIPT_TYPE,
        payload: payload.toString('base64'),
        signatures: [{ keyid: id, sig: signature.toString('base64') }],
      };
    },
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
