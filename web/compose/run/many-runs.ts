import { useEffect, useState } from 'react';
import { isBusy } from '../../run/state/run-state.ts';
import type { RunStore } from '../../run/state/run-store.ts';

const LOCK_NAME = 'oneturn.run';
/** Browsers open six connections to a server that speaks HTTP/1.1, and a run keeps one. */
const CONNECTIONS = 6;
/** The server sends the head of its answer after a second at the latest. */
const LATE_MS = 3000;

/** While its run goes on this tab holds a share of a lock, so that every tab of the browser can count them. */
export function countRuns(store: RunStore): void {
  let letGo: (() => void) | undefined;
  const watch = (): void => {
    const busy = isBusy(store.get().status);
    if (!busy) letGo?.();
    if (!busy) letGo = undefined;
    if (!busy || letGo || !('locks' in navigator)) return;
    const over = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    void navigator.locks.request(LOCK_NAME, { mode: 'shared' }, () => over);
  };
  store.subscribe(watch);
  watch();
}

/** Why a run that was sent has no answer yet; undefined while that is nothing to speak of. */
export function useLateAnswer(isSent: boolean): string | undefined {
  const [words, setWords] = useState<string>();
  useEffect(() => {
    setWords(undefined);
    if (!isSent) return;
    let current = true;
    const timer = setTimeout(async () => {
      const held = 'locks' in navigator ? (await navigator.locks.query()).held : undefined;
      const runs = held?.filter(({ name }) => name === LOCK_NAME).length ?? 0;
      if (current) setWords(lateInWords(runs));
    }, LATE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [isSent]);
  return words;
}

export function lateInWords(runs: number): string {
  const protocol = performance.getEntriesByType('navigation')[0]?.toJSON().nextHopProtocol;
  if (runs > CONNECTIONS && protocol !== 'h2' && protocol !== 'h3')
    return `${runs - 1} runs of this browser go on in other tabs, and it opens ${CONNECTIONS} connections to a server over HTTP/1.1. This run begins when one of them ends.`;
  return 'The server has not answered yet.';
}
