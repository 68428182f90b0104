import type { Vendor } from '../../shared/providers/vendor.ts';
import type { Clock } from './clock.ts';

/** A model that is in memory begins within this, mostly. */
const SILENT_MS = 4000;

/**
 * Tells of the silence before the head of a server that has to load its model first, with the seconds that are left to it; 0 when it is
 * over. The returned function ends it.
 */
export function watchLoading(
  { local = false }: Vendor,
  firstByteMs: number,
  after: Clock['after'],
  tell: (seconds: number) => void,
): () => void {
  if (!local || firstByteMs <= SILENT_MS) return () => undefined;
  let told = false;
  const cancel = after(SILENT_MS, () => {
    told = true;
    tell(Math.round((firstByteMs - SILENT_MS) / 1000));
  });
  return () => {
    cancel();
    if (told) tell(0);
    told = false;
  };
}
