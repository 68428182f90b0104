import type { Analysis, Draft, DraftFile, Edit, Finding, Note, Plan } from '../../contract/plan.ts';
import { analyzeFiles } from '../../skills/analyze-files.ts';
import { fieldsToManifest, readSkill } from '../../skills/read-skill.ts';
import { normalizeBody } from '../../skills/skill-body.ts';
import { applyEdit } from '../../skills/suggest-edits.ts';
import { verdictOf, withScores } from '../../skills/verdict.ts';
import { sayIn } from '../../skills/words/say-in.ts';
import { writeSkill } from '../../skills/write-skill.ts';
import { applyNote, withFittingPatches } from './apply-patches.ts';
import { defectsOf } from './defects.ts';
import { draftDigest, sealDraft } from './write-draft.ts';

/** The draft in its next revision, with the analysis of the new text. */
export interface EditedDraft {
  readonly draft: Draft;
  readonly analysis: Analysis;
}

/** A draft before it is changed. `plan` tells which other skills it must not repeat. */
export interface DraftEdit {
  readonly goal: string;
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  readonly plan: Plan;
}

/** A draft with a body that a person wrote. The rules judge it at once; the critic's marks belonged to another text and go. */
export function withBody(edit: DraftEdit, body: string): Promise<EditedDraft> {
  return edited(edit, { body, scores: null, notes: edit.analysis?.notes ?? [], changes: 'text' });
}

/** A draft with another text in one of the files beside it. */
export function withFile(edit: DraftEdit, path: string, content: string): Promise<EditedDraft> {
  const { body, files = [] } = edit.draft;
  const changed = files.map((file) =>
    file.path === path ? { path, content: normalizeBody(content) } : file,
  );
  const notes = edit.analysis?.notes ?? [];
  return edited(edit, { body, files: changed, scores: null, notes, changes: 'text' });
}

/**
 * A draft with the change that a note of its critic proposed. The marks stay. Undefined where the change does not fit the text any more.
 */
export async function withNote(edit: DraftEdit, note: Note): Promise<EditedDraft | undefined> {
  const body = applyNote(edit.draft.body, note);
  if (body === undefined) return undefined;
  const notes = edit.analysis?.notes.filter((other) => other !== note) ?? [];
  return edited(edit, { body, scores: edit.analysis?.scores ?? null, notes, changes: 'line' });
}

/**
 * A draft with the edit of a finding in it. The critic's marks and the findings on how the draft was made stay, since one line changed and
 * not the text. Undefined where the edit belongs to another text than this one, or would leave an invalid skill.
 */
export async function withFinding(edit: DraftEdit, finding: Finding): Promise<EditedDraft | undefined> {
  const { draft, analysis } = edit;
  const text = writeSkill(draft.manifest, draft.body);
  if (!analysis || !finding.edit || !isInside(text, finding.edit)) return undefined;
  // Edits are of the SKILL.md alone: those of a file beside it would be counted in another text.
  if (finding.file !== undefined || (await draftDigest(draft)) !== analysis.digest) return undefined;
  const reading = readSkill(applyEdit(text, finding.edit));
  const manifest = reading.ok ? fieldsToManifest(reading.file.fields) : undefined;
  if (!reading.ok || !manifest) return undefined;
  const changed = { ...edit, draft: { ...draft, manifest } };
  const { scores, notes } = analysis;
  return edited(changed, { body: reading.file.body, scores, notes, changes: 'line' });
}

function isInside(text: string, { start, end }: Edit): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length;
}

interface Change {
  readonly body: string;
  /** Left out: those that are there. */
  readonly files?: readonly DraftFile[];
  /** What the critic said of the text before, as far as it holds for this one. */
  readonly scores: Analysis['scores'];
  readonly notes: readonly Note[];
  /** How much of the text is another. */
  readonly changes: keyof typeof STILL_TRUE;
}

/** Rules whose findings stay, by how much was changed. */
const STILL_TRUE = {
  /** What the rules over the text do not find themselves: of the plan, its like in the catalogue, and how the draft came about. */
  line: /^(?!(?:spec|security|quality|tools)\.)/,
  text: /^(?:overlap|plan)\./,
} as const;
/** Told of how a draft came about, and true of a text or not, whoever wrote it. */
const DEFECTS: readonly string[] = ['draft.unfinished', 'draft.language', 'draft.form', 'draft.praise'];

async function edited(
  { goal, draft, analysis, plan }: DraftEdit,
  { body, files = draft.files ?? [], scores, notes, changes }: Change,
): Promise<EditedDraft> {
  const text = normalizeBody(body);
  const source = writeSkill(draft.manifest, text);
  const siblings = plan.items.filter(({ id, action }) => id !== draft.item && action === 'create');
  const checked = analyzeFiles(source, files, { goal, siblings });
  const defects = defectsOf(text, { goal, said: [], others: new Map() }).map(({ rule }): string => rule);
  const isStillTrue = ({ rule }: Finding): boolean =>
    DEFECTS.includes(rule) ? defects.includes(rule) : STILL_TRUE[changes].test(rule);
  // What was found of the manifest and of its like in the catalogue is as true as before.
  const findings = [
    ...sayIn(
      goal,
      checked.findings.filter(({ rule }) => !rule.startsWith('overlap.')),
    ),
    ...(analysis?.findings.filter(isStillTrue) ?? []),
  ];
  const next = await sealDraft({ ...draft, revision: draft.revision + 1, body: text }, files);
  return {
    draft: next,
    analysis: {
      item: draft.item,
      digest: next.digest,
      verdict: withScores(verdictOf(findings), scores),
      scores,
      notes: withFittingPatches(notes, text),
      findings,
      overlaps: analysis?.overlaps ?? checked.overlaps,
    },
  };
}
