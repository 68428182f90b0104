import type { CallLimits } from './call-limits.ts';
import type { Clock } from './clock.ts';

export type Deadline = 'first_byte' | 'idle' | 'run_time';

/**
 * The three deadlines of one call on one timer, which is only armed anew when it fires: a beat costs a look at the clock. A paused
 * call cannot be idle, since it is we who do not read.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #limits: CallLimits;
  readonly #runEndsAt: number;
  readonly #expire: (deadline: Deadline) => void;
  #phase: 'head' | 'body' | 'paused' = 'head';
  #since: number;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, limits: CallLimits, runEndsAt: number, expire: (deadline: Deadline) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#runEndsAt = runEndsAt;
    this.#expire = expire;
    this.#since = clock.now();
    this.#arm();
  }

  /** The head has come. */
  head(): void {
    this.#phase = 'body';
    this.#since = this.#clock.now();
    this.#arm();
  }

  /** Something of the answer has come. */
  beat(): void {
    this.#since = this.#clock.now();
  }

  pause(): void {
    this.#phase = 'paused';
  }

  resume(): void {
    this.#phase = 'body';
    this.#since = this.#clock.now();
    this.#arm();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(): void {
    this.stop();
    const left = Math.min(this.#dueAt(), this.#runEndsAt) - this.#clock.now();
    this.#cancel = this.#clock.after(Math.max(0, left), () => this.#fired());
  }

  #dueAt(): number {
    if (this.#phase === 'paused') return Number.POSITIVE_INFINITY;
    return this.#since + (this.#phase === 'head' ? this.#limits.firstByteMs : this.#limits.idleMs);
  }

  #fired(): void {
    this.#cancel = undefined;
    const now = this.#clock.now();
    // Timers may fire a fraction of a millisecond early.
    if (now + 1 >= this.#runEndsAt) this.#expire('run_time');
    else if (now + 1 >= this.#dueAt()) this.#expire(this.#phase === 'head' ? 'first_byte' : 'idle');
    else this.#arm();
  }
}
