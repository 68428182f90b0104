import type { Failure } from '../../shared/contract/failure.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { KEY_FAULTS } from '../../shared/sealing/key-faults.ts';
import { judgeKey } from '../../shared/sealing/key-shape.ts';
import { SEAL_PREFIX, type SealContext, sealBinding } from '../../shared/sealing/seal-format.ts';
import { openSeal, type SealOpener } from '../keys/open-seal.ts';
import { ProviderKey } from '../keys/provider-key.ts';
import { secretBuffer } from '../keys/secret-buffer.ts';

export type Received =
  | { readonly ok: true; readonly key: ProviderKey }
  | { readonly ok: false; readonly failure: Failure };

export interface ReceiveOptions extends SealOpener {
  readonly requireSealed: boolean;
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

  const binding = sealBinding({ ...context, server: options.sealing.server });
  const bytes = sealed ? await openSeal(header, binding, options) : fromText(header);
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
