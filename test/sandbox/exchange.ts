import type { RequestHead } from '../../server/sandbox/response-head.ts';
import type { Dialect } from '../../server/sandbox/routes.ts';
import type { FaultWire } from './fault-wire.ts';
import type { Rule } from './script.ts';

/** One request on its way to a scripted answer. */
export interface Exchange {
  readonly wire: FaultWire;
  readonly dialect: Dialect;
  readonly rule: Rule;
  /** What came in the auth header, for echoes. */
  readonly key: string;
  readonly head: RequestHead;
  /** Counts a frame that was written. */
  readonly wrote: () => void;
}

/** `cut`: the script broke the answer off. */
export type Played = 'finished' | 'cut';
