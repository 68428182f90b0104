import type { KeyCheck } from '../../shared/contract/key-check.ts';
import { KEY_CHECK_MS } from '../../shared/contract/run-limits.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { openUpstream } from '../keys/key-upstream.ts';
import type { ProviderKey } from '../keys/provider-key.ts';
import { checkKey } from '../providers/check-key.ts';
import type { VaultRouteParts } from './vault-parts.ts';

/** One call, to see whether the provider takes the key. */
export interface Probe {
  readonly key: ProviderKey;
  readonly vendor: Vendor;
  readonly origin: string;
  readonly model: string;
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal;
}

/** The same check as that of a pasted key. Wipes nothing. */
export async function callProvider(
  { key, vendor, origin, model, signal }: Probe,
  parts: VaultRouteParts,
): Promise<KeyCheck> {
  const opened = openUpstream(key, vendor, origin, parts);
  try {
    return await checkKey(opened.upstream, model, {
      signal,
      limits: parts.limits,
      now: parts.now,
      endsAt: parts.now() + KEY_CHECK_MS,
    });
  } finally {
    opened.close();
  }
}
