import { useEffect } from 'react';
import { isBusy, type RunState, titleOf } from '../../run/state/run-state.ts';
import type { RunStore } from '../../run/state/run-store.ts';
import { useToast } from '../../ui/toast.tsx';

const LONG_MS = 20_000;
const ASKED_NAME = 'oneturn.notify';

/** What a run does that may outlast its user's patience: a phone stays awake for it, and who wants to hear of its end does. */
export function useLongRun(run: RunState, store: RunStore): void {
  const busy = isBusy(run.status);
  const toast = useToast();
  useEffect(() => (busy ? stayAwake() : undefined), [busy]);
  useEffect(() => {
    if (!busy || !mayAsk()) return;
    const timer = setTimeout(() => {
      if (document.hidden || store.get().review) return;
      remember('asked');
      toast({
        text: 'This run takes a while.',
        act: 'Notify me at its end',
        undo: () => void Notification.requestPermission(),
      });
    }, LONG_MS);
    return () => clearTimeout(timer);
  }, [busy, store, toast]);
}

/** Only who looks elsewhere is told, and only who asked for it. Outlives the page component, as the run does. */
export function notifyAtEnd(store: RunStore): void {
  let wasBusy = isBusy(store.get().status);
  store.subscribe(() => {
    const run = store.get();
    const busy = isBusy(run.status);
    if (wasBusy && !busy && document.hidden && Date.now() - run.startedAt >= LONG_MS) notify(run);
    wasBusy = busy;
  });
}

function notify(run: RunState): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  try {
    const note = new Notification(titleOf(run), {
      body: END_WORDS[run.status] ?? 'The run is over.',
      icon: '/apple-touch-icon.png',
      tag: 'oneturn',
    });
    note.onclick = () => {
      focus();
      note.close();
    };
  } catch {
    // Android's Chrome takes notifications from service workers alone.
  }
}

const END_WORDS: Partial<Record<RunState['status'], string>> = {
  done: 'The drafts are done.',
  failed: 'The run failed. What was written is kept.',
  cut: 'The run broke off. What was written is kept.',
};

/** Asked once: who said nothing is not asked again. */
function mayAsk(): boolean {
  try {
    return (
      'Notification' in globalThis &&
      Notification.permission === 'default' &&
      localStorage.getItem(ASKED_NAME) === null
    );
  } catch {
    return false;
  }
}

function remember(answer: string): void {
  try {
    localStorage.setItem(ASKED_NAME, answer);
  } catch {
    // Storage is off: it is asked with the next long run.
  }
}

/** Where there is no mouse; a browser drops the lock when its tab is hidden, and it is asked for again when the tab is back. */
function stayAwake(): (() => void) | undefined {
  if (!('wakeLock' in navigator) || !matchMedia('(pointer: coarse)').matches) return undefined;
  let over = false;
  let lock: WakeLockSentinel | undefined;
  const take = (): void => {
    if (document.hidden) return;
    navigator.wakeLock.request('screen').then(
      (taken) => {
        lock = taken;
        if (over) void taken.release();
      },
      () => {
        // The battery is low, or the user forbids it: the screen goes dark as it always does.
      },
    );
  };
  take();
  document.addEventListener('visibilitychange', take);
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', take);
    lock?.release().catch(() => {});
  };
}
