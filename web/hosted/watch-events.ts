import type { EventSourceMessage } from 'eventsource-parser';
import * as z from 'zod/mini';
import { type ComposeEvent, parseEvent } from '../../shared/contract/events.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { queuedEvent } from '../../shared/contract/hosted.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { call, failureOf } from '../http/call.ts';
import { readEvents } from '../http/read-events.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

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
    try {
      const headers = state.last === '' ? undefined : { 'last-event-id': state.last };
      const response = await call(ROUTES.hostedEvents(id), { signal, ...(headers && { headers }) });
      watcher.onConnected(true);
      if (response.body) await readEvents(response.body, readTo(state, watcher), signal);
    } catch (error) {
      const failure = failureOf(error);
      if (!signal.aborted && failure.code !== 'unavailable' && failure.code !== 'internal') return failure;
    }
    if (signal.aborted || state.over) break;
    watcher.onConnected(false);
    if (state.last !== before) waitMs = FIRST_WAIT_MS;
    await pause(waitMs, signal);
  }
  return undefined;
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
