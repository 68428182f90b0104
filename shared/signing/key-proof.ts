import { fromBase64, toBase64 } from './base64.ts';
import { preAuthEncoding } from './envelope.ts';
import type { SignMessage } from './model-signature.ts';
import { isSignedBy, type PublicSigningKey } from './signing-key.ts';

/**
 * Who registers a signing key shows that they hold its private half: they sign a sentence that names the key and their account. Without it
 * anyone could register another's public key, and what that other has signed elsewhere would count as theirs here. The type keeps the
 * proof from ever being a signature of a skill.
 */
const PROOF_TYPE = 'application/vnd.oneturn.signing-key-proof';

/** In base64, r and s of 32 bytes each. */
export async function proveKey(
  handle: string,
  key: { readonly id: string; readonly sign: SignMessage },
): Promise<string> {
  return toBase64(await key.sign(statement(handle, key.id)));
}

/** Whether `proof` is the signature of that sentence by that key. False for text that is no base64 or no signature. */
export async function isProven(proof: string, handle: string, key: PublicSigningKey): Promise<boolean> {
  const signature = fromBase64(proof);
  return signature !== undefined && isSignedBy(key, signature, statement(handle, key.id));
}

function statement(handle: string, keyId: string): Uint8Array<ArrayBuffer> {
  const text = `The signing key ${keyId} is the account ${handle}'s.\n`;
  return preAuthEncoding(PROOF_TYPE, new TextEncoder().encode(text));
}
