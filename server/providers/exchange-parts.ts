import type { LineFault } from '../../shared/providers/refusals/failure-sentences.ts';
import type { ResponseHeaders } from '../../shared/providers/refusals/retry-after.ts';
import type { CallLimits } from './call-limits.ts';
import type { Clock } from './clock.ts';
import type { Gate } from './gate.ts';

/**
 * What is done with a response's parts. `head` and `data` may end the exchange by a fault, `data` also by having enough. After
 * `finished`, said again for each further piece of text, the exchange ends within `FINISH_MS`, whatever the connection does.
 */
export interface ResponseSink {
  head(status: number, headers: ResponseHeaders): LineFault | undefined;
  data(chunk: Buffer): LineFault | 'enough' | 'finished' | 'progress' | undefined;
}

export type ExchangeEnd =
  | { readonly end: 'complete' | 'finished' | 'stopped' }
  | { readonly end: 'fault'; readonly fault: LineFault };

/** `sent`: the request was on a socket, so that the provider may have begun to work. */
export type Exchanged = ExchangeEnd & { readonly sent: boolean };

export interface ExchangeParts {
  readonly signal: AbortSignal;
  readonly limits: CallLimits;
  readonly clock: Clock;
  /** On the clock's scale. */
  readonly runEndsAt: number;
  readonly gate?: Gate | undefined;
}
