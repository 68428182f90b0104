/** Ends a run that takes too long. The time in which it waits for its user does not count. */
export interface RunTimer {
  pause(): void;
  resume(): void;
  stop(): void;
}

export function startRunTimer(limitMs: number, now: () => number, onEnd: () => void): RunTimer {
  let left = limitMs;
  let since = now();
  let timer: NodeJS.Timeout | undefined = setTimeout(onEnd, left);
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    stop,
    pause() {
      if (!timer) return;
      stop();
      left = Math.max(0, left - (now() - since));
    },
    resume() {
      if (timer) return;
      since = now();
      timer = setTimeout(onEnd, left);
    },
  };
}
