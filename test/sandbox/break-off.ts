import type { FaultWire } from './fault-wire.ts';
import type { Stop } from './script.ts';
import { STREAM_ERRORS } from './stream-errors.ts';

/** Plays the fault; resolves when the response is over. `more` is what a flood repeats when its script names no line. */
export async function breakOff(
  wire: FaultWire,
  { how, error, everyMs = 50, line }: Stop,
  more: string | Buffer,
): Promise<'cut'> {
  if (how === 'reset') await wire.close('reset');
  if (how === 'hang') await wire.forever();
  if (how === 'error') await wire.send(STREAM_ERRORS[error ?? 'openai-data']);
  if (how === 'error' || how === 'end') wire.end();
  while (how === 'drip' && !wire.gone) {
    await wire.send(line ?? ': keep-alive\n\n');
    await wire.pause(everyMs);
  }
  const one = Buffer.from(line ?? more);
  const repeated = Buffer.alloc(Math.max(1, Math.floor(16_384 / one.length)) * one.length, one);
  while (how === 'flood' && !wire.gone) {
    await wire.send(repeated);
    // A peer that reads as fast as this writes must not keep the timers and the abort waiting.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return 'cut';
}

/** A connection that gets no answer at all. */
export async function refuseAnswer(wire: FaultWire, how: Stop['how']): Promise<'cut'> {
  if (how === 'end' || how === 'reset') await wire.close(how);
  else await wire.forever();
  return 'cut';
}
