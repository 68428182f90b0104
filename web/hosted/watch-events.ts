import type { EventSourceMessage } from 'eventsource-parser';
import * as z from 'zod/mini';
import { type ComposeEvent, parseEvent } from '../../shared/contract/events.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { queuedEvent } from '../../shared/contract/hosted.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { call, failureOf } from '../http/call.ts';
import { readEvents } from '../http/read-events.ts';
import { tryPlace } from '../http/run-place.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Without a place of its own a run is looked at for so long, every so often: what is left of the connections is for pages. */
const LOOK_MS = 500;
const BETWEEN_LOOKS_MS = 3000;

export interface Watcher {
  readonly onEvent: (event: ComposeEvent) => void;
  readonly onPlace: (place: number) => void;
  /** False while the connection is down and tried again. */
  readonly onConnected: (connected: boolean) => void;
}

/**
 * Follows a hosted run until its last event, over as many connections as that takes: each goes on after the last event that came.
 * Resolves with what ended it for good: nothing when the run is over or `signal` is aborted, a failure when there is no such run any more.
 */
export async function watchEvents(
  id: string,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const state = { last: '', over: false };
  for (
    let waitMs = FIRST_WAIT_MS;
    !signal.aborted && !state.over;
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  ) {
    const before = state.last;
    const leave = await tryPlace();
    try {
      if (!signal.aborted) await readOnce(id, { state, watcher, signal, forMs: leave ? undefined : LOOK_MS });
    } catch (error) {
      const failure = failureOf(error);
      if (!signal.aborted && failure.code !== 'unavailable' && failure.code !== 'internal') return failure;
      watcher.onConnected(false);
    } finally {
      leave?.();
    }
    if (signal.aborted || state.over) break;
    if (leave) watcher.onConnected(false);
    if (state.last !== before) waitMs = FIRST_WAIT_MS;
    await pause(leave ? waitMs : BETWEEN_LOOKS_MS, signal);
  }
  return undefined;
}

interface Reading {
  readonly state: { last: string; over: boolean };
  readonly watcher: Watcher;
  readonly signal: AbortSignal;
  /** Lets go of the connection after so long; undefined for one that is kept. */
  readonly forMs: number | undefined;
}

/** One connection, from behind the last event that came. */
async function readOnce(id: string, { state, watcher, signal, forMs }: Reading): Promise<void> {
  const connection = new AbortController();
  const end = (): void => connection.abort();
  signal.addEventListener('abort', end, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const headers = state.last === '' ? undefined : { 'last-event-id': state.last };
    const response = await call(ROUTES.hostedEvents(id), {
      signal: connection.signal,
      ...(headers && { headers }),
    });
    watcher.onConnected(true);
    if (forMs !== undefined) timer = setTimeout(end, forMs);
    if (response.body) await readEvents(response.body, readTo(state, watcher), connection.signal);
  } catch (error) {
    if (!connection.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

function readTo(
  state: { last: string; over: boolean },
  { onEvent, onPlace }: Watcher,
): (event: EventSourceMessage) => void {
  return ({ event, data, id }) => {
    if (id !== undefined) state.last = id;
    if (event === 'queued') return readPlace(data, onPlace);
    const parsed = parseEvent(event ?? '', data);
    if (!parsed || state.over) return;
    state.over = parsed.event === 'done' || parsed.event === 'failed' || parsed.event === 'cancelled';
    onEvent(parsed);
  };
}

function readPlace(data: string, onPlace: (place: number) => void): void {
  try {
    onPlace(z.parse(queuedEvent, JSON.parse(data)).place);
  } catch {
    // A reader ignores what it does not know.
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
