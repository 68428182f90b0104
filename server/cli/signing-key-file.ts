import { createPublicKey } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { SignMessage } from '../../shared/signing/model-signature.ts';
import {
  ECDSA_P256,
  ECDSA_SHA256,
  type PublicSigningKey,
  readSigningKey,
} from '../../shared/signing/signing-key.ts';

export interface FileSigner extends PublicSigningKey {
  readonly sign: SignMessage;
}

const PEM = /^-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----\s*$/;

/**
 * Reads an author's private signing key, PKCS #8 in a file that only its owner may read, and makes one where there is none. Returns a
 * sentence when that is not possible.
 */
export async function openSigningKey(path: string): Promise<FileSigner | string> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined)
    writeFileSync(path, await newPem(), { mode: 0o600, flag: 'wx' });
  if ((statSync(path).mode & 0o077) !== 0)
    return `Others may read the signing key ${path}. Run chmod 600 on it, or make a new one if they may have.`;
  const pem = readFileSync(path, 'utf8');
  const [, body] = PEM.exec(pem) ?? [];
  const wrong = `${path} holds no private signing key of the curve P-256 as PKCS #8.`;
  if (body === undefined) return wrong;
  try {
    const privateKey = await crypto.subtle.importKey(
      'pkcs8',
      Buffer.from(body, 'base64'),
      ECDSA_P256,
      false,
      ['sign'],
    );
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
    const key = await readSigningKey(new Uint8Array(spki));
    if (key === undefined) return wrong;
    const sign: SignMessage = async (message) =>
      new Uint8Array(await crypto.subtle.sign(ECDSA_SHA256, privateKey, message));
    return { ...key, sign };
  } catch {
    return wrong;
  }
}

async function newPem(): Promise<string> {
  const { privateKey } = await crypto.subtle.generateKey(ECDSA_P256, true, ['sign', 'verify']);
  const lines = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey))
    .toString('base64')
    .match(/.{1,64}/g);
  return `-----BEGIN PRIVATE KEY-----\n${lines?.join('\n')}\n-----END PRIVATE KEY-----\n`;
}
