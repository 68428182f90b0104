import type { IncomingMessage } from 'node:http';
import type { Ending } from '../../server/sandbox/hook.ts';

/** The wall clock with fractions of a ms, so that times of several processes can be compared. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** One request as it was received. Kept only on demand, for it has the sender's key in it. */
export interface JournalEntry {
  readonly method: string;
  readonly path: string;
  /** Names and values as they came, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  body: string;
  phase: string;
  readonly atMs: number;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
  ended: Ending | 'open';
  endedAtMs: number | null;
  /** Frames of the answer that were written until then. */
  frames: number;
}

export interface Counters {
  /** Connections that are open now, idle ones too. */
  openSockets: number;
  requests: number;
  finished: number;
  aborted: number;
  cut: number;
  lastAbortAtMs: number | null;
}

export function journalEntry(request: IncomingMessage, connection: number): JournalEntry {
  const { rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
  );
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers,
    body: '',
    phase: '',
    atMs: epochMs(),
    connection,
    ended: 'open',
    endedAtMs: null,
    frames: 0,
  };
}
