import type { Intent, Plan, PlanItem } from '../../contract/plan.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import type { EventQueue } from '../calls/event-queue.ts';
import type { createLimit } from '../calls/limit-parallel.ts';
import type { RunCalls } from '../calls/run-calls.ts';
import type { ComposeOptions } from '../compose-options.ts';
import type { KnownWork } from '../known-work.ts';
import type { Surroundings } from './defects.ts';

/** What all items of a run share while they are written. */
export interface DraftingRun {
  readonly goal: string;
  readonly intent: Intent;
  readonly plan: Plan;
  /** More than one item is written. */
  readonly several: boolean;
  readonly known: KnownWork;
  readonly catalog: readonly PublishedSkill[];
  readonly options: ComposeOptions;
  readonly queue: EventQueue;
  readonly calls: RunCalls;
  /** Bodies of this run's drafts by the names of their skills, so that a draft that repeats another one is noticed. */
  readonly bodies: Map<string, string>;
  /** Bounds the drafts that are written at once. The critic's calls are short and wait for no lane. */
  readonly lane: ReturnType<typeof createLimit>;
}

/** What a body of that item is held against. */
export function surroundingsOf({ goal, intent, bodies }: DraftingRun, item: PlanItem): Surroundings {
  return {
    goal,
    said: [...intent.constraints, ...intent.assumptions],
    others: new Map([...bodies].filter(([name]) => name !== item.name)),
  };
}
