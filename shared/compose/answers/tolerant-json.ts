/**
 * Reads one JSON object as models write it: trailing commas, raw line breaks and tabs in strings, single or curly quotes, bare names,
 * comments, Python's True and None, backslashes that escape nothing, quotes inside a string. Everything in the result stands in the text:
 * nothing that is missing is made up, and an object that is not closed is none. Libraries that repair JSON complete it, so that
 * half a plan would pass for a whole one. No I/O. Recursion is bounded by the depth, work by the budget.
 */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
/** An object as it was read. Names may come from a model, so that callers ask with `Object.hasOwn`. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** The object and the position after its closing brace, or why none could be read. */
export type ObjectReading =
  | { readonly ok: true; readonly object: JsonObject; readonly end: number }
  /** `begun`: it had a name in quotes, so that this was an object and no word in braces. */
  | { readonly ok: false; readonly begun: boolean; readonly tooDeep: boolean };

/** Characters that may be looked at; shared by all attempts on one text, so that hostile text costs linear time. */
export interface Budget {
  left: number;
}

// Our answers nest four levels; far deeper text is a mistake or an attack on the stack.
const MAX_DEPTH = 12;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What models write where a number belongs: 8/10, 85%. It stays text. */
const MEASURE = /\d+(?:\.\d+)?(?:\s*\/\s*\d+|\s*%)/y;
const NAME = /[A-Za-z_$][\w$-]*/y;
// Comments are bounded, so that ones without an end cannot be looked through again and again.
const BLANK = /(?:[\s\u00a0\ufeff\u200b]|\/\/[^\n]{0,400}|\/\*[\s\S]{0,400}?\*\/)*/y;
const NEXT_FIELD = /^(?:["'“}]|[A-Za-z_$][\w$-]*\s*:)/;
const NEXT_ELEMENT = /^(?:["'“\]{[\d-]|(?:true|false|null|True|False|None)\b)/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
]);
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

class Unreadable {
  readonly tooDeep: boolean;
  constructor(tooDeep = false) {
    this.tooDeep = tooDeep;
  }
}

type Place = 'name' | 'field' | 'element';

/** The object that begins at `from`, which is a `{`. */
export function readObjectAt(text: string, from: number, budget: Budget): ObjectReading {
  let at = from;
  let depth = 0;
  let begun = false;

  const spend = (count: number): void => {
    budget.left -= count;
    if (budget.left < 0) throw new Unreadable();
  };
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    spend(found.length + 1);
    at += found.length;
    return found;
  };
  const skip = (): string => {
    match(BLANK);
    return text.charAt(at);
  };
  const afterBlanks = (index: number): number => {
    BLANK.lastIndex = index;
    return index + (BLANK.exec(text)?.[0].length ?? 0);
  };
  const enter = (): void => {
    depth += 1;
    at += 1;
    if (depth > MAX_DEPTH) throw new Unreadable(true);
  };

  const readObject = (): JsonObject => {
    enter();
    const fields: [string, JsonValue][] = [];
    while (skip() !== '}') {
      const quoted = CLOSING.has(text.charAt(at));
      const name = quoted ? readString('name') : match(NAME);
      if ((!quoted && name === '') || skip() !== ':') throw new Unreadable();
      at += 1;
      begun ||= quoted;
      fields.push([name, readValue('field')]);
      if (skip() === ',') at += 1;
      else if (text.charAt(at) !== '}') throw new Unreadable();
    }
    at += 1;
    depth -= 1;
    return Object.fromEntries(fields);
  };

  const readArray = (): readonly JsonValue[] => {
    enter();
    const elements: JsonValue[] = [];
    while (skip() !== ']') {
      elements.push(readValue('element'));
      if (skip() === ',') at += 1;
      else if (text.charAt(at) !== ']') throw new Unreadable();
    }
    at += 1;
    depth -= 1;
    return elements;
  };

  const readValue = (place: Place): JsonValue => {
    const first = skip();
    if (first === '{') return readObject();
    if (first === '[') return readArray();
    if (CLOSING.has(first)) return readString(place);
    const measure = match(MEASURE);
    if (measure !== '') return measure;
    const number = match(NUMBER);
    if (number !== '') return Number(number);
    const word = WORDS.get(match(NAME));
    if (word === undefined) throw new Unreadable();
    return word;
  };

  const readString = (place: Place): string => {
    const close = CLOSING.get(text.charAt(at)) ?? '"';
    let value = '';
    for (at += 1; at < text.length; at += 1) {
      spend(1);
      const character = text.charAt(at);
      if (character === '\\') value += readEscape();
      else if (character !== close) value += character;
      else if (endsString(place)) {
        at += 1;
        return value;
      } else value += character;
    }
    throw new Unreadable();
  };

  /** Whether the quote here ends its string. In valid JSON every unescaped one does; others may be quotes that nobody escaped. */
  const endsString = (place: Place): boolean => {
    spend(4);
    const index = afterBlanks(at + 1);
    const next = text.charAt(index);
    if (place === 'name') return next === ':';
    if (next === (place === 'field' ? '}' : ']')) return true;
    if (next === ',') return continuesAt(index + 1, place);
    // Before a name, a value or another bracket, a comma or bracket is missing, and nobody can say for sure where it belongs.
    if (/[":{}[\]]/.test(next) || next === '') throw new Unreadable();
    return false;
  };

  /** Whether another field or element begins after a comma. If not, the comma is part of a sentence. */
  const continuesAt = (index: number, place: Place): boolean => {
    const from = afterBlanks(index);
    const rest = text.slice(from, from + 80);
    return place === 'field' ? NEXT_FIELD.test(rest) : NEXT_ELEMENT.test(rest);
  };

  const readEscape = (): string => {
    at += 1;
    const character = text.charAt(at);
    const known = ESCAPES.get(character);
    if (known !== undefined) return known;
    const hex = character === 'u' ? /^[\da-fA-F]{4}/.exec(text.slice(at + 1, at + 5))?.[0] : undefined;
    // A regular expression or a Windows path that was not escaped: the backslash is meant.
    if (hex === undefined) return `\\${character}`;
    at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  };

  try {
    const object = readObject();
    return { ok: true, object, end: at };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, begun, tooDeep: error.tooDeep };
  }
}
