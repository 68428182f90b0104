import type { Failure } from '../../shared/contract/failure.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { judgeKey } from '../../shared/sealing/key-shape.ts';
import { readSeal, SEAL_PREFIX, type SealContext, sealBinding, suite, TIME_BYTES } from '../../shared/sealing/seal-format.ts';
import { ProviderKey } from './provider-key.ts';
import type { SealingKeys } from './sealing-keys.ts';

/** A seal is opened only this long after it was made, by the server's clock, which the page follows. */
const MAX_SEAL_AGE_MS = 60_000;

export type Received =
  | { readonly ok: true; readonly key: ProviderKey; readonly sealed: boolean }
  | { readonly ok: false; readonly failure: Failure };

export interface ReceiveOptions {
  readonly sealing: SealingKeys;
  readonly requireSealed: boolean;
  /** Epoch ms. */
  readonly wallClock: () => number;
}

const STALE: Failure = {
  code: 'key_malformed',
  reason: 'seal_stale',
  message:
    'Your key was sealed for a moment that has passed, or for another request. Nothing was sent to the provider. Paste the key again.',
};

/** The key's way in: the header, opened and checked as bytes. Whoever gets the key wipes it; on failure it is wiped here. */
export async function receiveKey(
  header: string | undefined,
  vendor: Vendor,
  context: Omit<SealContext, 'server'>,
  options: ReceiveOptions,
): Promise<Received> {
  if (vendor.key === 'none' || (!header && vendor.key === 'optional')) {
    const failure: Failure = {
      code: 'invalid_request',
      field: 'provider',
      message: `${vendor.name} takes no key. Name the provider that your key is for.`,
    };
    return header ? { ok: false, failure } : { ok: true, key: new ProviderKey(new Uint8Array()), sealed: true };
  }
  if (!header) {
    return {
      ok: false,
      failure: { code: 'key_missing', message: `${vendor.name} needs a key. Paste yours, or send it in the header x-provider-key.` },
    };
  }
  const sealed = header.startsWith(SEAL_PREFIX);
  if (!sealed && options.requireSealed) {
    return {
      ok: false,
      failure: {
        code: 'key_malformed',
        message: 'This server takes sealed keys only. Use its page, or npm run compose, which seal the key.',
      },
    };
  }

  const bytes = sealed ? await open(header, context, options) : Buffer.from(header, 'latin1');
  if (!bytes) return { ok: false, failure: STALE };
  try {
    const failure = judgeKey((at) => bytes[at] ?? 0, bytes.length, vendor);
    return failure ? { ok: false, failure } : { ok: true, key: new ProviderKey(bytes), sealed };
  } finally {
    bytes.fill(0);
  }
}

async function open(
  header: string,
  context: Omit<SealContext, 'server'>,
  { sealing, wallClock }: ReceiveOptions,
): Promise<Uint8Array | undefined> {
  const seal = readSeal(header);
  const pair = seal && (await sealing.pairOf(seal.keyId));
  if (!pair) return undefined;
  let plain: Uint8Array;
  try {
    plain = await suite.Open(pair, seal.encapsulatedSecret, seal.ciphertext, sealBinding({ ...context, server: sealing.server }));
  } catch {
    return undefined; // a wrong tag: another body, provider, run or server
  }
  const sealedAt = plain.length > TIME_BYTES ? Number(new DataView(plain.buffer, plain.byteOffset).getBigUint64(0)) : 0;
  if (Math.abs(wallClock() - sealedAt) <= MAX_SEAL_AGE_MS) return plain.subarray(TIME_BYTES);
  plain.fill(0);
  return undefined;
}
