import type { Dispatcher } from 'undici';
import type { Vendor } from '../../shared/providers/vendor.ts';
import type { CallJournal } from './call-journal.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * A way to one provider for one run, with whatever credential its maker attaches. Whoever makes one owns the credential: `byo/` puts a
 * placeholder into the header, which its sockets replace, so that the transport never has the user's key; `operator/` gives the operator's
 * key as it is sent.
 */
export interface Upstream {
  readonly vendor: Vendor;
  /** Scheme, host and port; every request of the run goes there and nowhere else. */
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  /** The auth header's value as the transport sends it; undefined: none is sent. */
  readonly authorization: string | undefined;
  /**
   * Overwrites, in place, what must not be decoded (an echoed key), and returns the bytes that are safe to pass on now;
   * it may hold back a tail. `last` flushes. Undefined: nothing to look for. One function per response.
   */
  readonly cleaner?: (() => (chunk: Buffer, last: boolean) => Buffer) | undefined;
  /** The same over the model's decoded text, where a key can come split over several deltas. One function per answer. */
  readonly textCleaner?: (() => (delta: string, last: boolean) => string) | undefined;
  /** Takes even short pieces of the key out of words that are shown to the user. */
  readonly wordsCleaner?: ((words: string) => string) | undefined;
  /** Shared by all runs on the same credential, where that is known to be the same; else each run has its own. */
  readonly limiter?: ((model: string) => RateLimiter | undefined) | undefined;
  /** Every request of a run is written down here first; undefined: nobody asks for that. */
  readonly journal?: CallJournal | undefined;
  /** Aborted when the run is over: the cleaners know nothing any more, so nothing that comes late may be read. */
  readonly over?: AbortSignal | undefined;
}
