import type { DraftFile, Note } from '../../contract/plan.ts';
import type { RevisionAnswer } from '../prompts/revision.ts';
import type { DraftTexts } from './write-draft.ts';

type Change = RevisionAnswer['changes'][number];

/** The text with every patch that applied. */
export interface Patched {
  readonly text: string;
  /** Numbers of the notes whose patches are all in it, from 1. */
  readonly applied: ReadonlySet<number>;
}

/**
 * Applies the patches of each note to a text, all of a note or none. An old text has to occur exactly once: one that occurs twice or
 * nowhere is a guess, and what a model remembers of a text is not the text.
 */
export function applyPatches(text: string, changes: RevisionAnswer['changes']): Patched {
  const applied = new Set<number>();
  let patched = text;
  for (const change of changes) {
    const next = applyAll(patched, change);
    if (next === undefined || next === patched) continue;
    patched = next;
    applied.add(change.note);
  }
  return { text: patched, applied };
}

/** Stands between the texts of a draft while they are patched as one: no text may hold it. */
const BETWEEN = '\0';

/** The same over a draft with the files beside it: what is replaced occurs exactly once in all of them together. */
export function applyToTexts(
  { body, files = [] }: DraftTexts,
  changes: RevisionAnswer['changes'],
): { readonly texts: DraftTexts; readonly applied: ReadonlySet<number> } {
  const plain = changes.filter(({ patches }) =>
    patches.every((patch) => !patch.old.includes(BETWEEN) && !patch.new.includes(BETWEEN)),
  );
  const whole = [body, ...files.map(({ content }) => content)].map((text) => text.replaceAll(BETWEEN, ''));
  const { text, applied } = applyPatches(whole.join(BETWEEN), plain);
  const [patched = '', ...contents] = text.split(BETWEEN);
  const beside = files.map(({ path }, at): DraftFile => ({ path, content: contents[at] ?? '' }));
  return { texts: { body: patched, files: beside }, applied };
}

function applyAll(text: string, { patches }: Change): string | undefined {
  let patched = text;
  for (const patch of patches) {
    const old = patch.old.replaceAll('\r\n', '\n');
    const at = patched.indexOf(old);
    if (old.trim() === '' || at < 0 || patched.indexOf(old, at + 1) >= 0) return undefined;
    patched = patched.slice(0, at) + patch.new.replaceAll('\r\n', '\n') + patched.slice(at + old.length);
  }
  return patched;
}

/** The text with a note's own patch in it; undefined where the note has none or the text has changed since. */
export function applyNote(text: string, { patch }: Note): string | undefined {
  if (!patch) return undefined;
  const patched = applyAll(text, { note: 1, patches: [patch] });
  return patched === text ? undefined : patched;
}

/** Notes about this very text: a patch that does not apply to it is taken off its note. */
export function withFittingPatches(notes: readonly Note[], text: string): Note[] {
  return notes.map((note) => {
    if (!note.patch || applyNote(text, note) !== undefined) return note;
    const { patch: _unfit, ...rest } = note;
    return rest;
  });
}
