import type { Failure } from '../../shared/contract/failure.ts';
import type { Clock } from './clock.ts';

/** What a provider's head said of the requests that are left: so many, and ms until there is one more. */
export interface RequestsLeft {
  readonly left: number;
  readonly nextMs: number;
}

/** A request that may go out now. Exactly one of the first two is called when its head is there; `over` always, at its end. */
export interface Turn {
  accepted(requests: RequestsLeft | undefined): void;
  /** `ms` is how long the provider wants to be left alone; undefined: it did not say. */
  limited(ms: number | undefined, failure: Failure): void;
  over(): void;
}

/** `late`: it could go out only when the run has no time left for it. */
export type Wait =
  | { readonly kind: 'turn'; readonly turn: Turn }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'late' };

/** A call that wants to be sent. Its wait ends by the signal, or when `until` would be passed. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** On the clock's scale. */
  readonly until: number;
  /** Told when it has to wait, and again when the wait became longer. Ms. */
  readonly onWait: (ms: number) => void;
}

interface Waiter extends Waiting {
  readonly place: number;
  readonly settle: (wait: Wait) => void;
  toldUntil: number;
}

/** A pace is the provider's counting, seen over a network: a little slower is refused less. */
const MARGIN_MS = 50;
/** After so long without a refusal the pace is tried at double the speed. */
const RELAX_MS = 60_000;
const LEAST_PACE_MS = 200;
/** So far ahead a head's count of what is left is believed. */
const MAX_FORESEEN_MS = 60_000;
/** Below this, waits are not worth a word. */
const TOLD_MS = 300;

/**
 * Sends the requests on one credential in the order they came, as fast as the provider takes them. A refusal stops all of them for the
 * time that it names; then one goes ahead, and the others follow when it is taken, at the pace that the refusal showed. Knows no key.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #waiters: Waiter[] = [];
  #next = 0;
  #cancelTimer: (() => void) | undefined;
  /** Timers may fire early, or in a test at once: what they stand for has come. */
  #woken = 0;
  #blockedUntil = 0;
  #paceMs = 0;
  #lastStart = Number.NEGATIVE_INFINITY;
  #lastRefusal = Number.NEGATIVE_INFINITY;
  /** Since the last block: when its first request went out, and how many were taken. */
  #windowFrom: number | undefined;
  #windowTaken = 0;
  #probing: Turn | undefined;
  #probeNext = false;
  #taken = 0;
  #inFlight = 0;
  #left: RequestsLeft | undefined;
  #refusal: Failure | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many requests were taken so far. */
  get taken(): number {
    return this.#taken;
  }

  /** The last refusal, for calls that it leaves no time. */
  get refusal(): Failure | undefined {
    return this.#refusal;
  }

  /** A place in the line, which a call keeps when it is refused. */
  place(): number {
    this.#next += 1;
    return this.#next;
  }

  turn(place: number, waiting: Waiting): Promise<Wait> {
    return new Promise((resolve) => {
      if (waiting.signal.aborted) return resolve({ kind: 'stopped' });
      const stop = (): void => waiter.settle({ kind: 'stopped' });
      const waiter: Waiter = {
        ...waiting,
        place,
        toldUntil: 0,
        settle: (wait) => {
          waiting.signal.removeEventListener('abort', stop);
          const at = this.#waiters.indexOf(waiter);
          if (at >= 0) this.#waiters.splice(at, 1);
          resolve(wait);
          // Not at once: it may be the line that is being looked at.
          if (wait.kind !== 'turn') queueMicrotask(() => this.#pump());
        },
      };
      waiting.signal.addEventListener('abort', stop, { once: true });
      const behind = this.#waiters.findIndex((other) => other.place > place);
      this.#waiters.splice(behind < 0 ? this.#waiters.length : behind, 0, waiter);
      this.#pump();
    });
  }

  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (;;) {
      const [first] = this.#waiters;
      if (!first) return;
      const now = this.#now();
      const at = this.#nextAt();
      if (at <= now && !this.#probing) {
        first.settle({ kind: 'turn', turn: this.#start(now) });
        continue;
      }
      this.#tell(at, now);
      if (at > now) this.#cancelTimer = this.#clock.after(at - now, () => this.#wake(at));
      return;
    }
  }

  #wake(at: number): void {
    this.#woken = at;
    this.#pump();
  }

  #now(): number {
    return Math.max(this.#clock.now(), this.#woken);
  }

  #nextAt(): number {
    const paced = this.#paceMs > 0 ? this.#lastStart + this.#paceMs + MARGIN_MS : 0;
    return Math.max(this.#blockedUntil, paced);
  }

  /** Tells everyone how long it takes, and sends away those for whom that is too long. */
  #tell(at: number, now: number): void {
    for (const [index, waiter] of [...this.#waiters].entries()) {
      const goesAt = Math.max(at, now) + index * this.#paceMs;
      if (goesAt > waiter.until && goesAt > now) waiter.settle({ kind: 'late' });
      else if (goesAt - now >= TOLD_MS && Math.abs(goesAt - waiter.toldUntil) >= 1000) {
        waiter.toldUntil = goesAt;
        waiter.onWait(goesAt - now);
      }
    }
  }

  #start(now: number): Turn {
    this.#lastStart = now;
    this.#windowFrom ??= now;
    this.#inFlight += 1;
    this.#relax(now);
    this.#countLeft(now, this.#left && { ...this.#left, left: this.#left.left - 1 });
    let heard = false;
    let ended = false;
    const news = (change: () => void): void => {
      if (heard) return;
      heard = true;
      if (this.#probing === turn) this.#probing = undefined;
      change();
      this.#pump();
    };
    const turn: Turn = {
      accepted: (requests) => news(() => this.#accept(requests)),
      limited: (ms, failure) => news(() => this.#refuse(ms, failure, now)),
      over: () => {
        if (ended) return;
        ended = true;
        this.#inFlight -= 1;
        news(() => undefined);
      },
    };
    if (this.#probeNext) this.#probing = turn;
    this.#probeNext = false;
    return turn;
  }

  #accept(requests: RequestsLeft | undefined): void {
    this.#taken += 1;
    this.#windowTaken += 1;
    // Those that are under way are not counted yet.
    const left = requests && Math.min(requests.left - this.#inFlight + 1, this.#left?.left ?? requests.left);
    if (requests && left !== undefined) this.#countLeft(this.#now(), { ...requests, left });
  }

  /** When none is left, the next one waits. Longer waits are the provider's to demand: a refusal costs nothing. */
  #countLeft(now: number, requests: RequestsLeft | undefined): void {
    const none = requests && requests.left <= 0;
    this.#left = none ? undefined : requests;
    if (none && requests.nextMs <= MAX_FORESEEN_MS)
      this.#blockedUntil = Math.max(this.#blockedUntil, now + requests.nextMs);
  }

  #relax(now: number): void {
    if (now - Math.max(this.#lastRefusal, this.#blockedUntil) <= RELAX_MS) return;
    this.#paceMs = this.#paceMs > LEAST_PACE_MS ? this.#paceMs / 2 : 0;
    this.#lastRefusal = now;
  }

  #refuse(ms: number | undefined, failure: Failure, startedAt: number): void {
    const now = this.#now();
    this.#refusal = failure;
    this.#lastRefusal = now;
    this.#left = undefined;
    // What went out before a block was known is refused with it, and says nothing new of the pace.
    const known = this.#blockedUntil > now || startedAt < this.#blockedUntil;
    const waitMs = ms ?? Math.max(1000, this.#paceMs * 2);
    this.#blockedUntil = Math.max(this.#blockedUntil, now + waitMs);
    this.#probeNext = true;
    if (known) return;
    if (this.#windowTaken > 0 && this.#windowFrom !== undefined) {
      const each = (now + waitMs - this.#windowFrom) / this.#windowTaken;
      this.#paceMs = Math.min(each, waitMs);
    }
    this.#windowFrom = undefined;
    this.#windowTaken = 0;
  }
}
