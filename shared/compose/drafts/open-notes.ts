import { MAX_NOTES, type Note } from '../../contract/plan.ts';
import { termsOf } from '../../skills/terms.ts';

/** Two notes with as many words in common are one note in other words. */
const SAME = 0.5;

/** What is left to do after a revision: the notes that were not worked in, and what a second look found. */
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
