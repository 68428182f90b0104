import * as z from 'zod/mini';
import { skillEvals, trial } from './evals.ts';
import { failure } from './failure.ts';
import { phaseName } from './phase.ts';
import { analysis, draft, intent, plan, reusedSkill, revision } from './plan.ts';
import { envelope } from './receipt.ts';
import { reviewEvent } from './review.ts';
import { usage } from './usage.ts';

/** Every event of a run by its SSE name. The last one is `done`, `failed` or `cancelled`. */
export const EVENTS = {
  /** The run has an id; always the first event. */
  run: z.object({ id: z.string() }),
  phase: z.object({
    phase: phaseName,
    state: z.enum(['start', 'progress', 'done']),
    done: z.optional(z.number()),
    of: z.optional(z.number()),
  }),
  intent,
  /**
   * An item of the plan that is being written, so that there is something to see before `plan`, which replaces all of them: names and
   * coverage may still be others there. `covers` has ids of the intent's capabilities, as far as the model got them right.
   */
  planned: z.object({
    index: z.number(),
    action: z.enum(['reuse', 'create']),
    name: z.string(),
    covers: z.array(z.string()),
  }),
  plan,
  review: reviewEvent,
  reused: reusedSkill,
  /** A piece of a draft's body as the model writes it. A new `revision` starts the text anew. */
  text: z.object({ item: z.string(), revision: z.number(), delta: z.string() }),
  /** A piece of a file beside the SKILL.md, as the model writes it, after the body. A new `attempt` starts the text anew. */
  file: z.object({ item: z.string(), path: z.string(), attempt: z.number(), delta: z.string() }),
  /** Comes again, in the same revision, with each file that was written beside it. */
  draft,
  /**
   * Notes were worked into a draft, whose next revision this is: the texts before and after, for a diff. Comes before the `draft` that has
   * the new text; a revision that was not taken is a finding of the analysis.
   */
  revision,
  analysis,
  /** How a skill can be tried, once for each item. */
  evals: skillEvals,
  /** What is known so far of a skill that is tried; each replaces the one before. */
  trial,
  /** One model call: begun, waiting out a rate limit, or ended. Times are ms since the run's start. */
  call: z.object({
    call: z.string(),
    phase: phaseName,
    item: z.optional(z.string()),
    state: z.enum(['start', 'waiting', 'done', 'failed']),
    waitSeconds: z.optional(z.number()),
    /** The provider has to load the model, and says nothing yet: so long it is waited for. Absent: it answers, or is no such one. */
    loadingSeconds: z.optional(z.number()),
    startedMs: z.optional(z.number()),
    ms: z.optional(z.number()),
    usage: z.optional(usage),
    /** Why it failed, for the item that it leaves missing; absent when it was stopped. */
    error: z.optional(failure),
  }),
  /** A model thinks before it answers: about so many tokens so far. The thoughts are not sent. */
  thinking: z.object({ call: z.string(), tokens: z.number() }),
  /** The run's total so far. */
  usage,
  receipt: envelope,
  done: z.object({ drafts: z.number() }),
  failed: z.object({ error: failure }),
  cancelled: z.object({}),
} as const;

export type EventName = keyof typeof EVENTS;
export type EventData<N extends EventName> = z.infer<(typeof EVENTS)[N]>;
/** `{ event, data }` for every name. */
export type ComposeEvent = {
  [N in EventName]: { readonly event: N; readonly data: EventData<N> };
}[EventName];

/** Whether this version knows the event. Readers skip names that they do not know, so that a newer server may send more. */
export function isEventName(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}

/** An event as it came over the wire; undefined when this reader does not know the name or the shape. */
export function parseEvent(name: string, data: string): ComposeEvent | undefined {
  if (!isEventName(name)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return undefined;
  }
  const parsed = z.safeParse(EVENTS[name], json);
  // as: the schema that parsed it is the one of this name
  return parsed.success ? ({ event: name, data: parsed.data } as ComposeEvent) : undefined;
}
