/** One item's way: written, told, analyzed, and written once more when the critic or the rules found it wanting. */
import type { Failure } from '../../contract/failure.ts';
import type { Analysis, Draft, PlanItem } from '../../contract/plan.ts';
import { draftBody } from '../answers/draft-body.ts';
import { concernsOneAnswer, ENGINE_FAILURES } from '../calls/engine-failures.ts';
import { draftCall, type Rewrite } from '../prompts/draft.ts';
import { analyzeDraft } from './analyze-draft.ts';
import type { DraftingRun } from './drafting-run.ts';
import { writeDraft } from './write-draft.ts';

export type Made =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

export async function firstDraft(run: DraftingRun, item: PlanItem): Promise<Made> {
  const recorded = run.known.drafts.get(item.id);
  if (recorded) return { kind: 'draft', draft: recorded };
  const brought = run.known.bodies.get(item.id);
  const made: Made =
    brought === undefined
      ? await ask(run, item, 1)
      : { kind: 'draft', draft: await writeDraft(item, 1, brought, run.options.license) };
  if (made.kind === 'draft') run.queue.push({ event: 'draft', data: made.draft });
  return made;
}

/** Ends with the `draft` and `analysis` of the revision that is kept: the last ones of an item count. */
export async function analyzeItem(run: DraftingRun, item: PlanItem, first: Draft): Promise<void> {
  const analysis = await analyze(run, item, first);
  run.queue.push({ event: 'analysis', data: analysis });
  // A body that the user brought is theirs; it is judged, not rewritten.
  if (
    run.known.bodies.has(item.id) ||
    !isWanting(analysis, run.options.redraftBelow ?? 6) ||
    run.calls.ending()
  )
    return;

  const second = await ask(run, item, 2, {
    body: first.body,
    notes: [...analysis.notes, ...faultsOf(analysis)],
  });
  if (second.kind === 'draft') {
    const again = await analyze(run, item, second.draft);
    if (isBetter(again, analysis)) {
      run.queue.push({ event: 'draft', data: second.draft });
      run.queue.push({ event: 'analysis', data: again });
      return;
    }
  }
  // The second text may have streamed already, so that the first one is told again as the one that stays.
  run.queue.push({ event: 'draft', data: first });
  run.queue.push({ event: 'analysis', data: analysis });
}

function ask(run: DraftingRun, item: PlanItem, revision: number, rewrite?: Rewrite): Promise<Made> {
  return run.lane(async () => {
    const call = draftCall(run.goal, run.intent, run.plan, item, revision, rewrite);
    const reply = await run.calls.make(call, (delta) => run.queue.text(item.id, revision, delta));
    if (reply.kind === 'failure' && !concernsOneAnswer(reply.failure))
      run.calls.endAfterRunning(reply.failure);
    if (reply.kind !== 'text') return reply;
    const body = draftBody(reply.text);
    if (body === '') return { kind: 'failure', failure: ENGINE_FAILURES.empty };
    return { kind: 'draft', draft: await writeDraft(item, revision, body, run.options.license) };
  });
}

function analyze(run: DraftingRun, item: PlanItem, draft: Draft): Promise<Analysis> {
  return analyzeDraft(
    { goal: run.goal, intent: run.intent, plan: run.plan, item, draft },
    run.catalog,
    run.calls,
  );
}

function isWanting(analysis: Analysis, below: number): boolean {
  const low = analysis.scores !== null && Object.values(analysis.scores).some((score) => score < below);
  return low || faultsOf(analysis).length > 0;
}

function faultsOf({ findings }: Analysis): readonly string[] {
  return findings
    .filter(({ severity }) => severity === 'error' || severity === 'critical')
    .map(({ line, message, fix }) =>
      `${line === undefined ? '' : `Line ${line} of the SKILL.md: `}${message} ${fix ?? ''}`.trim(),
    )
    .slice(0, 8);
}

const RANK = { pass: 2, review: 1, block: 0 } as const;

/** A milder verdict wins; with the same one, the higher scores. By scores alone, an unscored one never replaces a scored one. */
function isBetter(second: Analysis, first: Analysis): boolean {
  if (second.verdict !== first.verdict) return RANK[second.verdict] > RANK[first.verdict];
  if (second.scores === null) return false;
  return first.scores === null || sum(second) >= sum(first);
}

function sum({ scores }: Analysis): number {
  return Object.values(scores ?? {}).reduce((total, score) => total + score, 0);
}
