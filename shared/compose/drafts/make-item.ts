/** One item's way from its first draft on: analyzed, and written once more when the critic or the rules found it wanting. */
import type { Analysis, Draft, Finding, PlanItem } from '../../contract/plan.ts';
import { repairFindings } from '../answers/read-draft.ts';
import { analyzeDraft } from './analyze-draft.ts';
import { askDraft } from './ask-draft.ts';
import { defectFindings } from './defects.ts';
import type { DraftingRun } from './drafting-run.ts';
import type { MadeDraft } from './first-draft.ts';

/** Ends with the `draft` and `analysis` of the revision that is kept: the last ones of an item count. */
export async function analyzeItem(
  run: DraftingRun,
  item: PlanItem,
  { draft: first, findings }: MadeDraft,
): Promise<void> {
  const analysis = await analyze(run, item, first, findings);
  run.queue.push({ event: 'analysis', data: analysis });
  // A body that the user brought is theirs; it is judged, not rewritten.
  if (
    run.known.bodies.has(item.id) ||
    !isWanting(analysis, run.options.redraftBelow ?? 6) ||
    run.calls.ending()
  )
    return;

  const second = await askDraft(run, item, first.revision + 1, {
    kind: 'notes',
    body: first.body,
    notes: [...analysis.notes.map(({ text }) => text), ...faultsOf(analysis)],
  });
  if (second.kind === 'draft') {
    const told = [...defectFindings(second.defects), ...repairFindings(second.repairs, 'model')];
    const again = await analyze(run, item, second.draft, told);
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

function analyze(
  run: DraftingRun,
  item: PlanItem,
  draft: Draft,
  findings: readonly Finding[],
): Promise<Analysis> {
  const { goal, intent, plan } = run;
  return analyzeDraft({ goal, intent, plan, item, draft, findings }, run.catalog, run.calls);
}

function isWanting(analysis: Analysis, below: number): boolean {
  const low = analysis.scores !== null && Object.values(analysis.scores).some((score) => score < below);
  return low || faultsOf(analysis).length > 0;
}

/** What the rules found. What a second try did not mend, a third would not either. */
function faultsOf({ findings }: Analysis): readonly string[] {
  return findings
    .filter(
      ({ severity, rule }) => (severity === 'error' || severity === 'critical') && !rule.startsWith('draft.'),
    )
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
