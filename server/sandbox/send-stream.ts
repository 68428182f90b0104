import type { Frame } from './answer.ts';
import { createJitter, type Timing } from './pace.ts';
import type { Stop } from './script.ts';
import { STREAM_ERRORS } from './stream-errors.ts';
import type { Wire } from './wire.ts';

/** What streaming needs of a response. */
export type Line = Pick<Wire, 'gone' | 'send' | 'pause' | 'forever' | 'end' | 'close'>;

export interface StreamPlan {
  readonly frames: Iterable<Frame>;
  readonly timing: Timing;
  readonly seed: number;
  readonly stop: Stop | undefined;
  /** What a flood repeats when its script names no line. */
  readonly more: string;
  /** Counts a frame that was written. */
  readonly wrote: () => void;
}

/** Writes the frames at their pace. `cut`: the script broke the answer off. */
export async function sendStream(
  wire: Line,
  { frames, timing, seed, stop, more, wrote }: StreamPlan,
): Promise<'finished' | 'cut'> {
  const jitter = createJitter(seed);
  const stopAt = typeof stop?.after === 'number' ? stop.after : undefined;
  let written = 0;
  let due = performance.now() + timing.firstMs;
  let first = true;
  for (const { bytes, paced } of frames) {
    if (wire.gone) return 'finished';
    if (stop && written === stopAt) return breakOff(wire, stop, more);
    if (paced) {
      if (!first) due += timing.eventMs * (0.6 + 0.8 * jitter());
      first = false;
      // By the clock and not from event to event, since a timer is late by up to 1 ms each time.
      const ms = due - performance.now();
      if (ms > 0.5) await wire.pause(ms);
    }
    await wire.send(bytes);
    written += 1;
    wrote();
  }
  if (stop && written === stopAt) return breakOff(wire, stop, more);
  wire.end();
  return 'finished';
}

/** Plays the fault; resolves when the response is over. */
export async function breakOff(
  wire: Line,
  { how, error, everyMs = 50, line }: Stop,
  more: string,
): Promise<'finished' | 'cut'> {
  if (how === 'reset') await wire.close('reset');
  if (how === 'hang') await wire.forever();
  if (how === 'error') await wire.send(STREAM_ERRORS[error ?? 'openai-data']);
  if (how === 'error' || how === 'end') wire.end();
  while (how === 'drip' && !wire.gone) {
    await wire.send(line ?? ': keep-alive\n\n');
    await wire.pause(everyMs);
  }
  const repeated = (line ?? more).repeat(Math.max(1, Math.floor(16_384 / (line ?? more).length)));
  while (how === 'flood' && !wire.gone) {
    await wire.send(repeated);
    // A peer that reads as fast as this writes must not keep the timers and the abort waiting.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return 'cut';
}
