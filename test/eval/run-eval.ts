import { compose } from '../../shared/compose/compose.ts';
import type { Analysis, Draft } from '../../shared/contract/plan.ts';
import { NO_USAGE, type Usage } from '../../shared/contract/usage.ts';
import { DEVIATIONS, type Deviation } from './deviations.ts';
import type { EvalRun } from './eval-run.ts';
import { type EvalGoal, GOALS } from './goals.ts';
import { PRICE, type Spoil, scriptedModel } from './scripted-model.ts';
import { sloppy } from './slips.ts';
import type { Answers } from './written-answers.ts';

async function runGoal(goal: string, answers: Answers, spoil?: Spoil): Promise<EvalRun> {
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
  readonly model: 'strong' | 'weak';
  readonly traps: number;
  readonly missed: readonly string[];
  /** What it missed is what its model never said, and the run came to its end. */
  readonly ok: boolean;
  readonly verdicts: string;
  readonly calls: number;
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

/** Each goal twice: answered well, and thinly by a model that is sloppy in every answer. */
export async function evalGoals(): Promise<readonly GoalResult[]> {
  const results = await Promise.all(
    GOALS.map(async (goal) => [
      evalGoal(goal, 'strong', await runGoal(goal.goal, goal.strong)),
      evalGoal(goal, 'weak', await runGoal(goal.goal, goal.weak, sloppy)),
    ]),
  );
  return results.flat();
}

function evalGoal(goal: EvalGoal, model: GoalResult['model'], run: EvalRun): GoalResult {
  const missed = trapsMissed(goal, [...run.drafts.values()].map(({ body }) => body).join('\n'));
  const wanted = model === 'weak' ? goal.weakMisses : [];
  return {
    ...{ id: goal.id, model, missed },
    traps: goal.traps.length,
    ok: run.end === 'done' && missed.join() === wanted.join(),
    verdicts: [...run.analyses.values()].map(({ verdict }) => verdict).join(' ') || run.end,
    calls: run.calls.length,
    usage: run.usage,
  };
}

/** Each slip of a weaker model alone, in an otherwise good run: what became of it. */
export async function evalDeviations(
  deviations: readonly Deviation[] = DEVIATIONS,
): Promise<readonly DeviationResult[]> {
  const [seeds] = GOALS;
  if (!seeds) return [];
  return Promise.all(
    deviations.map(async ({ name, spoil, wanted, judge }) => {
      const run = await runGoal(seeds.goal, seeds.strong, spoil);
      const outcome = judge(run);
      return { name, wanted, outcome, ok: outcome === wanted, calls: run.calls.length, usage: run.usage };
    }),
  );
}
