/** Works notes into a draft: by patches, and by a whole rewrite only where these do not apply. */
import type { Draft, Note, PlanItem } from '../../contract/plan.ts';
import { cutChangeLog, isChangeLog } from '../answers/change-log.ts';
import { REVISION_FORM } from '../answers/forms/revision-form.ts';
import { askStructured } from '../calls/ask-structured.ts';
import { revisionCall } from '../prompts/revision.ts';
import { applyToTexts } from './apply-patches.ts';
import { askDraft } from './ask-draft.ts';
import { defectsOf } from './defects.ts';
import { type DraftingRun, surroundingsOf } from './drafting-run.ts';
import { type DraftTexts, writeDraft } from './write-draft.ts';

/** The next revision of a draft. `notes` are those that were worked in, `by` says how. */
export type Revised =
  | {
      readonly kind: 'revised';
      readonly draft: Draft;
      readonly by: 'patches' | 'rewrite';
      readonly notes: readonly Note[];
    }
  /** `why` is a sentence for the user. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'stopped' };

/** Asks for patches first. Where a note that must be done has none that applies, asks for the whole text; without one the patches are kept. */
export async function revise(
  run: DraftingRun,
  item: PlanItem,
  draft: Draft,
  notes: readonly Note[],
): Promise<Revised> {
  const revision = draft.revision + 1;
  const { goal, intent } = run;
  const { body, files = [] } = draft;
  const call = revisionCall({ goal, intent, item, body, files, notes }, revision);
  const answer = await askStructured(run.calls, call, REVISION_FORM);
  const changes = answer.kind === 'value' ? answer.value.changes : [];
  const { texts, applied } = applyToTexts(draft, changes);
  const done = notes.filter((_, index) => applied.has(index + 1));
  const left = notes.filter((_, index) => !applied.has(index + 1));

  const usable = done.length > 0 && textsProblem(run, item, draft, texts) === undefined;
  const patched: Revised | undefined = usable
    ? {
        kind: 'revised',
        draft: await writeDraft(item, revision, texts, run.options.license),
        by: 'patches',
        notes: done,
      }
    : undefined;
  if (patched && !left.some(({ must }) => must)) return patched;
  if (run.calls.ending()) return patched ?? { kind: 'stopped' };
  const rewritten = await rewrite(
    run,
    item,
    draft,
    patched ? { ...texts, notes: left, done } : { body, files, notes },
  );
  return rewritten.kind === 'revised' ? rewritten : (patched ?? rewritten);
}

async function rewrite(
  run: DraftingRun,
  item: PlanItem,
  draft: Draft,
  { body, files, notes, done = [] }: DraftTexts & { notes: readonly Note[]; done?: readonly Note[] },
): Promise<Revised> {
  const revision = draft.revision + 1;
  const lines = notes.map(({ where, text }) => (where === undefined ? text : `${where}: ${text}`));
  const attempt = await askDraft(run, item, revision, { kind: 'notes', body, notes: lines });
  if (attempt.kind === 'stopped') return attempt;
  if (attempt.kind === 'failure') return { kind: 'refused', why: attempt.failure.message };
  const text = cutChangeLog(attempt.draft.body, draft.body);
  const why = revisionProblem(run, item, draft.body, text);
  if (why) return { kind: 'refused', why };
  const written = await writeDraft(item, revision, { body: text, files }, run.options.license);
  return { kind: 'revised', draft: written, by: 'rewrite', notes: [...done, ...notes] };
}

/** The same of the texts of a draft together: where the body stays as it is, a file has to be another one. */
function textsProblem(
  run: DraftingRun,
  item: PlanItem,
  before: DraftTexts,
  after: DraftTexts,
): string | undefined {
  const changed = (after.files ?? []).filter(
    ({ path, content }) => before.files?.find((file) => file.path === path)?.content !== content,
  );
  if (changed.some(({ content }) => content.trim() === '')) return 'It left a file empty.';
  return changed.length > 0 && before.body === after.body
    ? undefined
    : revisionProblem(run, item, before.body, after.body);
}

/** Why a text may not replace a draft, whatever the critic would say of it. */
export function revisionProblem(
  run: DraftingRun,
  item: PlanItem,
  before: string,
  after: string,
): string | undefined {
  if (after.trim() === before.trim()) return 'It was the same text.';
  // Who asks for it in words of their own may want just that, and accepts or refuses what they get.
  const isAsked = run.known.notes.has(item.id);
  if (!isAsked && after.length * 2 < before.length) return 'It was less than half as long.';
  if (isChangeLog(after) && !isChangeLog(before)) return 'It was a list of changes and not the changed text.';
  const world = surroundingsOf(run, item);
  const known = new Set(defectsOf(before, world).map(({ rule }) => rule));
  return defectsOf(after, world).find(({ rule }) => !known.has(rule))?.message;
}
