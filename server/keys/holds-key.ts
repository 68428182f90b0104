import type { ProviderKey } from './provider-key.ts';
import { Eraser } from './redact-bytes.ts';

/** No vendor's key is shorter; the words that local servers take as one are, and models are called by them. */
const LEAST_KEY_BYTES = 20;

/** Whether a text has the key in it, in any spelling: for what was typed into another field than the key's. */
export function holdsKey(key: ProviderKey, text: string): boolean {
  if (key.wiped || key.byteLength < LEAST_KEY_BYTES) return false;
  const bytes = Buffer.from(text);
  try {
    return new Eraser(key).isIn(bytes);
  } finally {
    bytes.fill(0);
  }
}
