import type { Failure } from '../../shared/contract/failure.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { KEY_FAULTS } from '../../shared/sealing/key-faults.ts';
import { judgeKey } from '../../shared/sealing/key-shape.ts';
import {
  readSeal,
  SEAL_PREFIX,
  type SealContext,
  sealBinding,
  suite,
  TIME_BYTES,
} from '../../shared/sealing/seal-format.ts';
import { ProviderKey } from '../keys/provider-key.ts';
import { secretBuffer } from '../keys/secret-buffer.ts';
import type { SealingKeys } from './sealing-keys.ts';

/** A seal is opened only this long after it was made, by the server's clock, which the page follows. */
const MAX_SEAL_AGE_MS = 60_000;

export type Received =
  | { readonly ok: true; readonly key: ProviderKey }
  | { readonly ok: false; readonly failure: Failure };

export interface ReceiveOptions {
  readonly sealing: SealingKeys;
  readonly requireSealed: boolean;
  /** Epoch ms. */
  readonly wallClock: () => number;
}

type Context = Omit<SealContext, 'server'>;

/** How the key comes in: the header is opened and checked as bytes. The receiver of the key wipes it; on failure it is wiped here. */
export async function receiveKey(
  header: string | undefined,
  vendor: Vendor,
  context: Context,
  options: ReceiveOptions,
): Promise<Received> {
  const refused = (failure: Failure): Received => ({ ok: false, failure });
  if (!header && vendor.key !== 'required') return { ok: true, key: new ProviderKey(secretBuffer(0)) };
  if (!header) return refused(KEY_FAULTS.missing(vendor.name));
  if (vendor.key === 'none') return refused(KEY_FAULTS.takesNone(vendor.name));
  const sealed = header.startsWith(SEAL_PREFIX);
  if (!sealed && options.requireSealed) return refused(KEY_FAULTS.sealOnly);

  const bytes = sealed ? await open(header, context, options) : fromText(header);
  if (!bytes) return refused(KEY_FAULTS.stale);
  try {
    const failure = judgeKey((at) => bytes[at] ?? 0, bytes.length, vendor);
    return failure ? refused(failure) : { ok: true, key: new ProviderKey(bytes) };
  } finally {
    bytes.fill(0);
  }
}

function fromText(header: string): Uint8Array {
  const bytes = secretBuffer(header.length);
  bytes.write(header, 'latin1');
  return bytes;
}

async function open(
  header: string,
  context: Context,
  { sealing, wallClock }: ReceiveOptions,
): Promise<Uint8Array | undefined> {
  const seal = readSeal(header);
  const pair = seal && (await sealing.pairOf(seal.keyId));
  if (!pair) return undefined;
  const { info, aad } = sealBinding({ ...context, server: sealing.server });
  // A wrong authentication tag means that the body, provider, run or server is another one.
  const plain = await suite
    .Open(pair, seal.encapsulatedSecret, seal.ciphertext, { info, aad })
    .catch(() => undefined);
  if (!plain) return undefined;
  const sealedAt =
    plain.length > TIME_BYTES ? Number(new DataView(plain.buffer, plain.byteOffset).getBigUint64(0)) : 0;
  const isFresh = Math.abs(wallClock() - sealedAt) <= MAX_SEAL_AGE_MS && sealedAt >= sealing.born;
  if (isFresh) return plain.subarray(TIME_BYTES);
  plain.fill(0);
  return undefined;
}
