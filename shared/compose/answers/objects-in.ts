import { type Budget, type JsonObject, type ObjectReading, readObjectAt } from './tolerant-json.ts';

/** An object with the place of its braces in the text, in UTF-16 units; `end` is the position after it. */
export interface FoundObject {
  readonly object: JsonObject;
  readonly from: number;
  readonly end: number;
}

/** All objects of a text. `tooDeep`: one of them was nested deeper than any answer of ours. */
export interface Found {
  readonly objects: readonly FoundObject[];
  /** Something was in braces that could not be read. */
  readonly broken: boolean;
  readonly tooDeep: boolean;
}

// An honest answer is read about twice. The rest is room for words in braces that are no objects.
const LOOKS_PER_CHARACTER = 16;

/** The objects of a text in their order, none inside of another: answers come between words, in fences, and more than once. */
export function objectsIn(text: string): Found {
  const budget: Budget = { left: 1_000 + text.length * LOOKS_PER_CHARACTER };
  const objects: FoundObject[] = [];
  let broken = false;
  let tooDeep = false;
  let inRuins = false;
  let from = text.indexOf('{');
  while (from >= 0 && budget.left > 0) {
    // A part of an object that broke off is not used: its scores would come without its notes.
    const part: boolean = inRuins && /[:,[]$/.test(text.slice(Math.max(0, from - 200), from).trimEnd());
    const reading: ObjectReading | undefined = part ? undefined : readObjectAt(text, from, budget);
    if (reading?.ok) objects.push({ object: reading.object, from, end: reading.end });
    else if (reading) {
      broken = true;
      inRuins ||= reading.begun;
      tooDeep ||= reading.tooDeep;
    }
    from = text.indexOf('{', reading?.ok ? reading.end : from + 1);
  }
  return { objects, broken, tooDeep };
}
