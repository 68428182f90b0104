import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import type { SealPurpose } from '../../../shared/sealing/seal-format.ts';
import type { describeKey, Turned } from '../../../shared/sealing/turn-key.ts';
import { loadChunk } from '../../chunks/load-chunk.ts';
import type { KnownConfig } from '../../config/server-config.ts';

/** Whether the field is empty, fine or odd, with a sentence. It quotes nothing of the key. */
export type KeyHint = ReturnType<typeof describeKey>;

/** What the seal is bound to; see `SealContext`. */
export interface SealTarget {
  readonly known: KnownConfig;
  readonly provider: string;
  readonly site: string | undefined;
  readonly runId: string;
  readonly body: string;
  /** A run, unless it is said. */
  readonly purpose?: SealPurpose;
}

/** Browsers give a page that came by plain http no WebCrypto, but on localhost: a key could not be sealed. */
export function canSeal(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

export const CANNOT_SEAL =
  'No key can be sealed over plain http. Open it by https, or on localhost. The sandbox needs none.';

/** Sealing is a chunk of its own: fetched when the key field first gets the focus, not with the page. */
function load() {
  return loadChunk(() => import('../../../shared/sealing/turn-key.ts'));
}

/** Fetches the code that seals, so that pressing the button does not wait for it. */
export function preloadSealing(): void {
  // A failed preload is no failure: the run asks again, and says so then.
  load().catch(() => {});
}

/** Seals what `take` gives for this very request. Only the seal comes out; see shared/sealing/turn-key.ts. */
export async function sealKey(take: () => string, { known, ...context }: SealTarget): Promise<Turned> {
  const { turnKey } = await load();
  return turnKey(take, { ...context, config: known.config, serverNow: Date.now() + known.offsetMs });
}

/** What the field holds, in words; says nothing of the key itself. */
export async function hintOnKey(peek: () => string, provider: ProviderInfo): Promise<KeyHint> {
  const { describeKey } = await load();
  return describeKey(peek, provider);
}
