import { MAX_NOTES, type Note } from '../../contract/plan.ts';
import { termsOf } from '../../skills/terms.ts';

/** Two notes that share at least this part of their words are the same note. */
const SAME = 0.5;

/** The notes that are left to do after a revision: those that were not worked in, and those of the second look. */
export function openNotes(first: readonly Note[], done: readonly Note[], second: readonly Note[]): Note[] {
  const open: Note[] = [...second];
  for (const note of first) {
    if (!done.includes(note) && !open.some((other) => isSame(other, note))) open.push(note);
  }
  return open.toSorted((a, b) => Number(b.must) - Number(a.must)).slice(0, MAX_NOTES);
}

function isSame(a: Note, b: Note): boolean {
  const [few, many] = [new Set(termsOf(a.text)), new Set(termsOf(b.text))].toSorted(
    (x, y) => x.size - y.size,
  );
  if (!few || !many || few.size === 0) return a.text === b.text;
  return [...few].filter((term) => many.has(term)).length >= few.size * SAME;
}
