/** A member that lived shorter than this, counted from when it listened, died at once. */
const AT_ONCE_MS = 2000;
/** So many deaths at once in a row are no accident: starting again would go on for ever. */
const TRIES = 3;
const PAUSE_MS = 500;

/** What becomes of a member that died: started again after a pause, or the end of the whole server. */
export type Verdict = { readonly again: true; readonly afterMs: number } | { readonly again: false };

/** Judges deaths in the order in which they come. `livedMs` is 0 for a member that never listened. */
export function createCrashRule(): (livedMs: number) => Verdict {
  let inARow = 0;
  return (livedMs) => {
    inARow = livedMs < AT_ONCE_MS ? inARow + 1 : 0;
    if (inARow >= TRIES) return { again: false };
    return { again: true, afterMs: inARow * PAUSE_MS };
  };
}
