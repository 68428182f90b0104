const LOCK_NAME = 'oneturn.run';
/**
 * Browsers open six connections to a server that speaks HTTP/1.1, for all tabs together, and a run keeps one. One is left for pages: with
 * none free a tab would stay white until a run ends.
 */
const MAX_RUNS_AT_ONCE = 5;

const PLACES = Array.from({ length: MAX_RUNS_AT_ONCE }, (_, at) => `${LOCK_NAME}.${at}`);

/**
 * Takes one of the places that runs of all tabs of this browser share, and gives what leaves it again; a tab that goes leaves its own.
 * Undefined where none is free.
 */
export async function tryPlace(): Promise<(() => void) | undefined> {
  if (!('locks' in navigator) || hasManyStreams()) return () => {};
  for (const name of PLACES) {
    const leave = await requestPlace(name, { ifAvailable: true });
    if (leave) return leave;
  }
  return undefined;
}

/** The same, but with none free it tells so once, and waits for one. */
export async function takePlace(signal: AbortSignal, onWait: () => void): Promise<() => void> {
  const free = await tryPlace();
  if (free) return free;
  onWait();
  // Whichever comes first. The other requests are taken back, and one that came at the same moment is let go.
  const first = new AbortController();
  const stop = (): void => first.abort();
  signal.addEventListener('abort', stop);
  const asked = PLACES.map((name) => requestPlace(name, { signal: first.signal }));
  const leave = await Promise.any(asked).catch(() => undefined);
  first.abort();
  signal.removeEventListener('abort', stop);
  for (const other of asked)
    other.then(
      (leaveOther) => leaveOther !== leave && leaveOther?.(),
      () => {}, // taken back
    );
  return leave ?? (() => {});
}

/** HTTP/2 and 3 carry any number of answers over one connection. */
function hasManyStreams(): boolean {
  const protocol: unknown = performance.getEntriesByType('navigation')[0]?.toJSON().nextHopProtocol;
  return protocol === 'h2' || protocol === 'h3';
}

/** Resolves with what lets go of the lock when it is ours; undefined when it is not available. */
function requestPlace(name: string, options: LockOptions): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((leave) => resolve(() => leave()));
      })
      .catch(reject);
  });
}
