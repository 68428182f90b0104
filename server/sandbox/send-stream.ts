import type { Frame } from './answer.ts';
import { createJitter, type Timing } from './pace.ts';
import type { Wire } from './wire.ts';

/** What streaming needs of a response. */
export type Line = Pick<Wire, 'gone' | 'send' | 'pause' | 'end'>;

export interface StreamPlan {
  readonly frames: Iterable<Frame>;
  readonly timing: Timing;
  readonly seed: number;
}

/** Writes the frames at their pace, to the end unless the client leaves. */
export async function sendStream(wire: Line, plan: StreamPlan): Promise<void> {
  await sendFrames(wire, plan);
  wire.end();
}

/** The same without the end. After each frame `wrote` may stop it, by returning true. */
export async function sendFrames(
  wire: Line,
  { frames, timing, seed }: StreamPlan,
  wrote: () => boolean = () => false,
): Promise<void> {
  const jitter = createJitter(seed);
  let due = performance.now() + timing.firstMs;
  let first = true;
  for (const { bytes, paced } of frames) {
    if (wire.gone) return;
    if (paced) {
      if (!first) due += timing.eventMs * (0.6 + 0.8 * jitter());
      first = false;
      // By the clock and not from event to event, since a timer is late by up to 1 ms each time.
      const ms = due - performance.now();
      if (ms > 0.5) await wire.pause(ms);
    }
    await wire.send(bytes);
    if (wrote()) return;
  }
}
