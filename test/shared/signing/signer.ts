import { webcrypto } from 'node:crypto';
import type { RegisterSigningKey } from '../../../shared/contract/registry.ts';
import { toBase64 } from '../../../shared/signing/base64.ts';
import { proveKey } from '../../../shared/signing/key-proof.ts';
import type { FileToSign, SignMessage } from '../../../shared/signing/model-signature.ts';
import {
  ECDSA_P256,
  ECDSA_SHA256,
  type PublicSigningKey,
  readSigningKey,
} from '../../../shared/signing/signing-key.ts';

export interface TestSigner extends PublicSigningKey {
  readonly sign: SignMessage;
}

/** A signing key as a browser makes it: its private half cannot be read. */
export async function makeSigner(): Promise<TestSigner> {
  const pair = await webcrypto.subtle.generateKey(ECDSA_P256, false, ['sign', 'verify']);
  const key = await readSigningKey(new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey)));
  if (key === undefined) throw new Error('this is a P-256 key');
  return {
    ...key,
    sign: async (message) =>
      new Uint8Array(await webcrypto.subtle.sign(ECDSA_SHA256, pair.privateKey, message)),
  };
}

/** What `POST /v1/signing-keys` takes from its holder. */
export async function registrationOf(
  handle: string,
  signer: TestSigner,
  name = 'laptop',
): Promise<RegisterSigningKey> {
  return { name, publicKey: toBase64(signer.spki), proof: await proveKey(handle, signer) };
}

export function textFile(path: string, text: string): FileToSign {
  return { path, bytes: new TextEncoder().encode(text) };
}
