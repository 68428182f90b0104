import type { Failure } from '../../contract/failure.ts';
import type { Draft, Finding, PlanItem } from '../../contract/plan.ts';
import { readBroughtBody, repairFindings } from '../answers/read-draft.ts';
import { concernsOneAnswer } from '../calls/engine-failures.ts';
import type { Rewrite } from '../prompts/draft.ts';
import { type Attempt, askDraft } from './ask-draft.ts';
import { defectFindings } from './defects.ts';
import type { DraftingRun } from './drafting-run.ts';
import { writeDraft } from './write-draft.ts';
import { writeFiles } from './write-files.ts';

/** A draft with findings on how it was made. */
export interface MadeDraft {
  readonly kind: 'draft';
  readonly draft: Draft;
  readonly findings: readonly Finding[];
}

/** An item's first draft, the failure to show for it, or `stopped` when the run ended meanwhile. */
export type Made =
  | MadeDraft
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

/** The draft that an item begins with: recorded, brought by the user, or written, with a second try when the first could not be used. */
export async function firstDraft(run: DraftingRun, item: PlanItem): Promise<Made> {
  const recorded = run.known.drafts.get(item.id);
  if (recorded) {
    run.bodies.set(item.name, recorded.body);
    return withFiles(run, item, { kind: 'draft', draft: recorded, findings: [] });
  }
  const brought = run.known.bodies.get(item.id);
  const made = brought === undefined ? await write(run, item) : await take(run, item, brought);
  if (made.kind !== 'draft') return made;
  run.bodies.set(item.name, made.draft.body);
  run.queue.push({ event: 'draft', data: made.draft });
  return withFiles(run, item, made);
}

/** The draft with the files that its plan wants beside it; those that it has already are not written again. */
async function withFiles(run: DraftingRun, item: PlanItem, made: MadeDraft): Promise<MadeDraft> {
  const { draft, findings } = await writeFiles(run, item, made.draft);
  return { ...made, draft, findings: [...made.findings, ...findings] };
}

async function take(run: DraftingRun, item: PlanItem, brought: string): Promise<Made> {
  const { body, repairs } = readBroughtBody(brought);
  const files = run.known.files.get(item.id) ?? [];
  const draft = await writeDraft(item, 1, { body, files }, run.options.license);
  return { kind: 'draft', draft, findings: repairFindings(repairs, 'user') };
}

async function write(run: DraftingRun, item: PlanItem): Promise<Made> {
  const first = await askDraft(run, item, 1);
  const rewrite = secondTry(first);
  if (!rewrite || run.calls.ending()) return toMade(first);
  return toMade(better(first, await askDraft(run, item, 2, rewrite)));
}

/** What to tell the model for its second try; undefined when a second try has no reason or no prospect. */
function secondTry(first: Attempt): Rewrite | undefined {
  if (first.kind === 'stopped') return undefined;
  if (first.kind === 'failure') {
    const { failure } = first;
    return concernsOneAnswer(failure)
      ? { kind: 'again', orders: ORDERS[failure.reason ?? ''] ?? [] }
      : undefined;
  }
  if (first.defects.length === 0) return undefined;
  return { kind: 'again', orders: first.defects.map(({ order }) => order) };
}

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  output_limit: ['It was too long and was cut off. Keep the whole body under 120 lines.'],
  bad_output: ['It had no text.'],
};

/** Prefers a draft to none, then the one with fewer defects, then the longer one. */
function better(first: Attempt, second: Attempt): Attempt {
  if (second.kind !== 'draft') return first.kind === 'draft' ? first : second;
  if (first.kind !== 'draft' || second.defects.length < first.defects.length) return second;
  if (second.defects.length > first.defects.length) return first;
  return second.draft.body.length >= first.draft.body.length ? second : first;
}

function toMade(attempt: Attempt): Made {
  if (attempt.kind !== 'draft') return attempt;
  const { draft, repairs, defects } = attempt;
  return {
    kind: 'draft',
    draft,
    findings: [...defectFindings(defects), ...repairFindings(repairs, 'model')],
  };
}
