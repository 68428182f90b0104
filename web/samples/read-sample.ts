import * as z from 'zod/mini';
import { parseEvent } from '../../shared/contract/events.ts';
import { applyEvent } from '../run/state/apply-event.ts';
import { beginRun } from '../run/state/reduce-run.ts';
import { IDLE, type RunState } from '../run/state/run-state.ts';

const recorded = z.object({
  goal: z.string(),
  writtenBy: z.object({ provider: z.string(), model: z.string() }),
  events: z.array(z.object({ event: z.string(), data: z.unknown() })),
});

/** A recorded run as the page shows a run of its own, and the model that wrote it. */
export interface Sample {
  readonly run: RunState;
  readonly model: string;
}

/** Throws for what is no recording: the file is of this build. */
export function readSample(json: unknown): Sample {
  const { goal, writtenBy, events } = z.parse(recorded, json);
  const asked = { goal, ...writtenBy, providerName: writtenBy.provider, host: '' };
  const begun = beginRun(IDLE, { asked, now: 0, keep: false });
  const run = events.reduce((state, { event, data }) => {
    const parsed = parseEvent(event, JSON.stringify(data));
    return parsed ? applyEvent(state, parsed, 0) : state;
  }, begun);
  return { run, model: writtenBy.model };
}
