import type { Analysis, Draft, Finding, Intent, Plan, PlanItem } from '../../contract/plan.ts';
import { analyzeFiles } from '../../skills/analyze-files.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import { verdictOf, withScores, worse } from '../../skills/verdict.ts';
import { sayIn } from '../../skills/words/say-in.ts';
import { writeSkill } from '../../skills/write-skill.ts';
import { CRITIQUE_FORM, type Critique } from '../answers/forms/critique-form.ts';
import { askStructured, type Outcome } from '../calls/ask-structured.ts';
import type { RunCalls } from '../calls/run-calls.ts';
import { critiqueCall } from '../prompts/critique.ts';
import { withFittingPatches } from './apply-patches.ts';

/** A draft with what it is judged by. */
export interface AnalysisTask {
  readonly goal: string;
  readonly intent: Intent;
  readonly plan: Plan;
  readonly item: PlanItem;
  readonly draft: Draft;
  /** Findings on how the draft was made, to be added to those on its text. */
  readonly findings: readonly Finding[];
  /** More than one draft of the run is analyzed. */
  readonly several: boolean;
}

/** Runs the deterministic rules and the critic's call. If the critic fails, the rules' findings still stand. */
export async function analyzeDraft(
  task: AnalysisTask,
  catalog: readonly PublishedSkill[],
  calls: RunCalls,
): Promise<Analysis> {
  const { goal, plan, item, draft } = task;
  const siblings = plan.items.filter(({ id, action }) => id !== item.id && action === 'create');
  const checked = analyzeFiles(writeSkill(draft.manifest, draft.body), draft.files ?? [], {
    goal,
    published: catalog,
    siblings,
  });
  const critique = await askStructured(calls, critiqueCall(task, item, draft), CRITIQUE_FORM);
  const judged = judgement(critique, draft.body);
  return {
    item: item.id,
    digest: draft.digest,
    verdict: withScores(worse(checked.verdict, verdictOf(task.findings)), judged.scores),
    findings: sayIn(goal, [
      ...task.findings,
      ...checked.findings,
      ...refFindings(item),
      ...critiqueFindings(critique),
    ]),
    overlaps: checked.overlaps,
    ...judged,
  };
}

function judgement(critique: Outcome<Critique>, body: string): Pick<Analysis, 'scores' | 'notes'> {
  if (critique.kind !== 'value') return { scores: null, notes: [] };
  return { scores: critique.value.scores, notes: withFittingPatches(critique.value.notes, body) };
}

function refFindings({ action, ref }: PlanItem): readonly Finding[] {
  if (action !== 'create' || !ref) return [];
  const message = `The plan wanted to reuse ${ref.owner}/${ref.name}, which the catalogue does not have, so that it was written anew.`;
  return [
    {
      rule: 'plan.ref.unknown',
      severity: 'info',
      message,
      fix: 'Look whether a published skill does the same.',
    },
  ];
}

function critiqueFindings(critique: Outcome<Critique>): readonly Finding[] {
  if (critique.kind === 'value' && critique.value.scores) return [];
  const why = whyNoScores(critique);
  return [
    {
      rule: 'critique.missing',
      severity: 'info',
      message: `There are no scores: the critic gave none. ${why}`,
      fix: 'Analyze the draft again.',
    },
  ];
}

function whyNoScores(critique: Outcome<Critique>): string {
  switch (critique.kind) {
    case 'failure':
      return critique.failure.message;
    case 'stopped':
      return 'The run ended before it was asked.';
    case 'value':
      return 'Its marks had no scale that could be told for sure.';
  }
}
