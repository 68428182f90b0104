import { compose } from '../../shared/compose/compose.ts';
import type { Analysis, Draft } from '../../shared/contract/plan.ts';
import { NO_USAGE, type Usage } from '../../shared/contract/usage.ts';
import { DEVIATIONS, type Deviation } from './deviations.ts';
import type { EvalRun } from './eval-run.ts';
import { type EvalGoal, GOALS } from './goals.ts';
import { PRICE, type Spoil, scriptedModel } from './scripted-model.ts';

export async function runGoal({ goal, answers }: EvalGoal, spoil?: Spoil): Promise<EvalRun> {
  const { ask, calls } = scriptedModel(answers, spoil);
  const drafts = new Map<string, Draft>();
  const analyses = new Map<string, Analysis>();
  let usage: Usage = NO_USAGE;
  let end = '';
  const estimateUsd = (input: number, output: number): number => input * PRICE.input + output * PRICE.output;
  const options = { signal: new AbortController().signal, estimateUsd };
  for await (const event of compose({ goal }, ask, [], options)) {
    if (event.event === 'draft') drafts.set(event.data.item, event.data);
    if (event.event === 'analysis') analyses.set(event.data.item, event.data);
    if (event.event === 'usage') usage = event.data;
    if (event.event === 'done') end = 'done';
    if (event.event === 'failed') end = event.data.error.reason ?? event.data.error.code;
  }
  return { drafts, analyses, end, usage, calls };
}

export interface GoalResult {
  readonly id: string;
  readonly missed: readonly string[];
  readonly traps: number;
  readonly verdicts: string;
  readonly usage: Usage;
}

export interface DeviationResult {
  readonly name: string;
  readonly wanted: string;
  readonly outcome: string;
  readonly ok: boolean;
  readonly calls: number;
  readonly usage: Usage;
}

/** Which traps a bundle has in it; also for skills that a provider wrote. */
export function trapsMissed({ traps }: EvalGoal, text: string): readonly string[] {
  return traps.filter(({ found }) => !found.test(text)).map(({ name }) => name);
}

export async function evalGoals(): Promise<readonly GoalResult[]> {
  return Promise.all(
    GOALS.map(async (goal) => {
      const run = await runGoal(goal);
      const text = [...run.drafts.values()].map(({ body }) => body).join('\n');
      return {
        id: goal.id,
        missed: trapsMissed(goal, text),
        traps: goal.traps.length,
        verdicts: [...run.analyses.values()].map(({ verdict }) => verdict).join(' ') || run.end,
        usage: run.usage,
      };
    }),
  );
}

/** Each slip of a weaker model alone, in an otherwise good run: what became of it. */
export async function evalDeviations(
  deviations: readonly Deviation[] = DEVIATIONS,
): Promise<readonly DeviationResult[]> {
  const [seeds] = GOALS;
  if (!seeds) return [];
  return Promise.all(
    deviations.map(async ({ name, spoil, wanted, judge }) => {
      const run = await runGoal(seeds, spoil);
      const outcome = judge(run);
      return { name, wanted, outcome, ok: outcome === wanted, calls: run.calls.length, usage: run.usage };
    }),
  );
}
