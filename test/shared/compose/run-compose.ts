import { compose } from '../../../shared/compose/compose.ts';
import type { ComposeInput, ComposeOptions } from '../../../shared/compose/compose-options.ts';
import type { ComposeEvent, EventData, EventName } from '../../../shared/contract/events.ts';
import type { PublishedSkill } from '../../../shared/skills/published-skill.ts';
import type { ScriptedAsk } from './scripted-ask.ts';

export const GOAL = 'Label the envelopes of our seed library and remind who is late';

export interface Collected {
  readonly events: readonly ComposeEvent[];
  readonly last: ComposeEvent | undefined;
  of<N extends EventName>(name: N): readonly EventData<N>[];
  /** The items that events of that name are about, sorted: drafts that run side by side end in any order. */
  items(name: 'draft' | 'analysis'): readonly string[];
}

export interface Setting {
  readonly input?: Partial<ComposeInput>;
  readonly options?: Partial<ComposeOptions>;
  readonly catalog?: readonly PublishedSkill[];
  /** Sees each event before the next one is taken. */
  readonly onEvent?: (event: ComposeEvent) => void;
}

/** Runs the engine to its end and collects what it told. USD prices: $1 and $10 per million tokens. */
export async function runCompose(
  { ask }: Pick<ScriptedAsk, 'ask'>,
  setting: Setting = {},
): Promise<Collected> {
  const events: ComposeEvent[] = [];
  const options: ComposeOptions = {
    signal: new AbortController().signal,
    estimateUsd: (inputTokens, outputTokens) => (inputTokens + 10 * outputTokens) / 1_000_000,
    ...setting.options,
  };
  for await (const event of compose({ goal: GOAL, ...setting.input }, ask, setting.catalog ?? [], options)) {
    // A copy: text that is still pending grows in place.
    events.push(structuredClone(event));
    setting.onEvent?.(event);
  }
  const of: Collected['of'] = <N extends EventName>(name: N) =>
    // as: the filter leaves the events of that name
    events.filter(({ event }) => event === name).map(({ data }) => data as EventData<N>);
  return {
    events,
    last: events.at(-1),
    of,
    items: (name) =>
      of(name)
        .map(({ item }) => item)
        .toSorted(),
  };
}
