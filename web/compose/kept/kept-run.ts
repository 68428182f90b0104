import type { RunState } from '../../run/state/run-state.ts';

/**
 * The run in this tab's sessionStorage, so that a reload loses nothing that was written. It has the goal and the answers; the key
 * was never in the state that is kept here.
 */
export const RUN_STORAGE = 'oneturn.run';
/** Browsers give a site about five million characters; the rest of the page needs few. */
const MAX_CHARS = 4_000_000;

type Tab = Pick<Storage, 'setItem' | 'removeItem'>;

/** False when more room would help, or storage is off. */
export function keepRun(storage: Tab, state: RunState, texts: ReadonlyMap<string, string>): boolean {
  try {
    if (state.status === 'idle') {
      storage.removeItem(RUN_STORAGE);
      return true;
    }
    const kept = withTexts(state, texts);
    const whole = JSON.stringify(kept);
    // Half-written texts are dropped first: what is done matters more.
    const text = whole.length <= MAX_CHARS ? whole : JSON.stringify(withTexts(state, new Map()));
    // Too long for any storage: nothing is kept, since an older state would come back as if it were this one.
    if (text.length <= MAX_CHARS) storage.setItem(RUN_STORAGE, text);
    else storage.removeItem(RUN_STORAGE);
    return true;
  } catch {
    return false;
  }
}

/** Texts that are being written, as if the run had stopped here. */
function withTexts(state: RunState, texts: ReadonlyMap<string, string>): RunState {
  const drafts = Object.entries(state.drafts).map(([item, draft]) =>
    draft.writing === undefined
      ? [item, draft]
      : [item, { ...draft, writing: undefined, partial: texts.get(item) }],
  );
  return { ...state, drafts: Object.fromEntries(drafts) };
}
