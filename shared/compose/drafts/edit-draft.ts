import type { Analysis, Draft, Note, Plan } from '../../contract/plan.ts';
import { analyzeSkill } from '../../skills/analyze-skill.ts';
import { digestOf } from '../../skills/digest.ts';
import { normalizeBody } from '../../skills/skill-body.ts';
import { verdictOf, withScores } from '../../skills/verdict.ts';
import { writeSkill } from '../../skills/write-skill.ts';
import { applyNote, withFittingPatches } from './apply-patches.ts';

export interface EditedDraft {
  readonly draft: Draft;
  readonly analysis: Analysis;
}

export interface DraftEdit {
  readonly goal: string;
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  readonly plan: Plan;
}

/** A draft with a body that a person wrote: judged by the rules at once. The critic's marks were another text's. */
export function withBody(edit: DraftEdit, body: string): Promise<EditedDraft> {
  return edited(edit, body, null, edit.analysis?.notes ?? []);
}

/** A draft with the change in it that its critic proposed, whose marks stay; undefined where that does not fit any more. */
export async function withNote(edit: DraftEdit, note: Note): Promise<EditedDraft | undefined> {
  const body = applyNote(edit.draft.body, note);
  if (body === undefined) return undefined;
  const left = edit.analysis?.notes.filter((other) => other !== note) ?? [];
  return edited(edit, body, edit.analysis?.scores ?? null, left);
}

async function edited(
  { goal, draft, analysis, plan }: DraftEdit,
  body: string,
  scores: Analysis['scores'],
  notes: readonly Note[],
): Promise<EditedDraft> {
  const text = normalizeBody(body);
  const source = writeSkill(draft.manifest, text);
  const siblings = plan.items.filter(({ id, action }) => id !== draft.item && action === 'create');
  const checked = analyzeSkill(source, { goal, siblings, files: [] });
  // What was found of the manifest and of its like in the catalogue is as true as before.
  const findings = [
    ...checked.findings.filter(({ rule }) => !rule.startsWith('overlap.')),
    ...(analysis?.findings.filter(({ rule }) => /^(?:overlap|plan)\./.test(rule)) ?? []),
  ];
  const digest = await digestOf(source);
  return {
    draft: { ...draft, revision: draft.revision + 1, body: text, digest },
    analysis: {
      item: draft.item,
      digest,
      verdict: withScores(verdictOf(findings), scores),
      scores,
      notes: withFittingPatches(notes, text),
      findings,
      overlaps: analysis?.overlaps ?? checked.overlaps,
    },
  };
}
