import { readSeal, suite, TIME_BYTES } from '../../shared/sealing/seal-format.ts';
import type { SealingKeys } from '../sealing/sealing-keys.ts';

/** A seal is opened only this long after it was made, by the server's clock, which the page follows. */
const MAX_SEAL_AGE_MS = 60_000;

/** What opens seals, and by which time. */
export interface SealOpener {
  readonly sealing: SealingKeys;
  /** Epoch ms. */
  readonly wallClock: () => number;
}

/** The key in a sealed header, for the caller to wipe; undefined when it was sealed for something else, or too long ago. */
export async function openSeal(
  header: string,
  binding: { readonly info: Uint8Array; readonly aad: Uint8Array },
  { sealing, wallClock }: SealOpener,
): Promise<Uint8Array | undefined> {
  const seal = readSeal(header);
  const pair = seal && (await sealing.pairOf(seal.keyId));
  if (!pair) return undefined;
  // A wrong authentication tag means that the body, provider, run, server or purpose is another one.
  const plain = await suite
    .Open(pair, seal.encapsulatedSecret, seal.ciphertext, binding)
    .catch(() => undefined);
  if (!plain) return undefined;
  const sealedAt =
    plain.length > TIME_BYTES ? Number(new DataView(plain.buffer, plain.byteOffset).getBigUint64(0)) : 0;
  const isFresh = Math.abs(wallClock() - sealedAt) <= MAX_SEAL_AGE_MS && sealedAt >= sealing.born;
  if (isFresh) return plain.subarray(TIME_BYTES);
  plain.fill(0);
  return undefined;
}
