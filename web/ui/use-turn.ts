import { useEffect, useState } from 'react';

const queue: (() => void)[] = [];
let isAwaited = false;

/** True once it is this component's turn: of all that ask, one goes on at a time, when the page has nothing better to do. */
export function useTurn(): boolean {
  const [isMine, setMine] = useState(false);
  useEffect(() => {
    const goOn = (): void => setMine(true);
    queue.push(goOn);
    awaitTurn();
    return () => {
      const at = queue.indexOf(goOn);
      if (at >= 0) queue.splice(at, 1);
    };
  }, []);
  return isMine;
}

function awaitTurn(): void {
  if (isAwaited || queue.length === 0) return;
  isAwaited = true;
  const next = (): void => {
    isAwaited = false;
    queue.shift()?.();
    awaitTurn();
  };
  // Safari has no idle callbacks. A busy page comes to each within a fifth of a second.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(next, { timeout: 200 });
  else setTimeout(next, 16);
}
