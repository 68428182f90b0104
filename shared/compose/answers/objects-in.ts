import { type Budget, type JsonObject, type ObjectReading, readObjectAt } from './tolerant-json.ts';

export interface FoundObject {
  readonly object: JsonObject;
  readonly from: number;
  readonly end: number;
}

export interface Found {
  readonly objects: readonly FoundObject[];
  /** Something was in braces that could not be read. */
  readonly broken: boolean;
  readonly tooDeep: boolean;
}

// An honest answer is looked at twice; this is room for many words in braces.
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
    // What is left of an object that broke off is no answer: its scores would come without its notes.
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
