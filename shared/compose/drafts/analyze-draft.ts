import type { Analysis, Draft, Finding, Intent, Plan, PlanItem } from '../../contract/plan.ts';
import { analyzeSkill } from '../../skills/analyze-skill.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import { writeSkill } from '../../skills/write-skill.ts';
import { askStructured, type Outcome } from '../calls/ask-structured.ts';
import type { RunCalls } from '../calls/run-calls.ts';
import { oneLine } from '../one-line.ts';
import { type CritiqueAnswer, critiqueAnswer, critiqueCall } from '../prompts/critique.ts';

const MAX_NOTES = 8;

export interface AnalysisTask {
  readonly goal: string;
  readonly intent: Intent;
  readonly plan: Plan;
  readonly item: PlanItem;
  readonly draft: Draft;
}

/** The deterministic rules and the critic's call. Without the critic the findings stand all the same. */
export async function analyzeDraft(
  task: AnalysisTask,
  catalog: readonly PublishedSkill[],
  calls: RunCalls,
): Promise<Analysis> {
  const { goal, intent, plan, item, draft } = task;
  const siblings = plan.items.filter(({ id, action }) => id !== item.id && action === 'create');
  // A body may grow into more files later; as it is drafted there is the SKILL.md alone.
  const checked = analyzeSkill(writeSkill(draft.manifest, draft.body), {
    published: catalog,
    siblings,
    files: [],
  });
  const critique = await askStructured(calls, critiqueCall(goal, intent, item, draft), critiqueAnswer);
  return {
    item: item.id,
    digest: draft.digest,
    verdict: checked.verdict,
    findings: [...checked.findings, ...refFindings(item), ...critiqueFindings(critique)],
    overlaps: checked.overlaps,
    ...judgement(critique),
  };
}

function judgement(critique: Outcome<CritiqueAnswer>): Pick<Analysis, 'scores' | 'notes'> {
  if (critique.kind !== 'value') return { scores: null, notes: [] };
  const { notes, ...scores } = critique.value;
  const lines = notes.map((note) => oneLine(note, 500)).filter((note) => note !== '');
  return { scores, notes: lines.slice(0, MAX_NOTES) };
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

function critiqueFindings(critique: Outcome<CritiqueAnswer>): readonly Finding[] {
  if (critique.kind === 'value') return [];
  const why = critique.kind === 'failure' ? critique.failure.message : 'The run ended before it was asked.';
  return [
    {
      rule: 'critique.missing',
      severity: 'info',
      message: `There are no scores: the critic gave none. ${why}`,
      fix: 'Analyze the draft again.',
    },
  ];
}
