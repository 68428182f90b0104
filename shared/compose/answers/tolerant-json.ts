/**
 * Reads one JSON object as models write it: trailing commas, raw line breaks and tabs in strings, quotes, colons and commas of other
 * languages, bare names, comments, Python's True and None, backslashes that escape nothing, quotes inside a string. Everything in the result stands in the text:
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
const NEXT_FIELD = /^(?:["'`“”„«»‹‘’‚＂「『}]|[A-Za-z_$][\w$-]*\s*[:：])/;
const NEXT_ELEMENT = /^(?:["'`“”„«»‹‘’‚＂「『\]{[\d-]|(?:true|false|null|True|False|None)\b)/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
]);
/** What a string may begin with, and what ends it then. The curly ones are set in any order. */
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”“"'],
  ['”', '”“"'],
  ['„', '“”"'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
  ['‘', '’‘'],
  ['’', '’‘'],
  ['‚', '‘’'],
  ['＂', '＂'],
  ['「', '」'],
  ['『', '』'],
]);
const COLONS = [':', '：'];
const COMMAS = [',', '，', '、', ';'];
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
  const reader = new ObjectReader(text, from, budget);
  try {
    return { ok: true, object: reader.object(), end: reader.at };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, begun: reader.begun, tooDeep: error.tooDeep };
  }
}

/** Throws `Unreadable` where no object can be read; `at` is the place that it has come to. */
class ObjectReader {
  readonly #text: string;
  readonly #budget: Budget;
  #depth = 0;
  at: number;
  begun = false;

  constructor(text: string, at: number, budget: Budget) {
    this.#text = text;
    this.at = at;
    this.#budget = budget;
  }

  object(): JsonObject {
    this.#enter();
    const fields: [string, JsonValue][] = [];
    while (this.#skip() !== '}') {
      const quoted = CLOSING.has(this.#here());
      const name = quoted ? this.#string('name') : this.#match(NAME);
      if ((!quoted && name === '') || !COLONS.includes(this.#skip())) throw new Unreadable();
      this.at += 1;
      this.begun ||= quoted;
      fields.push([name, this.#value('field')]);
      if (COMMAS.includes(this.#skip())) this.at += 1;
      else if (this.#here() !== '}') throw new Unreadable();
    }
    this.#leave();
    return Object.fromEntries(fields);
  }

  #array(): readonly JsonValue[] {
    this.#enter();
    const elements: JsonValue[] = [];
    while (this.#skip() !== ']') {
      elements.push(this.#value('element'));
      if (COMMAS.includes(this.#skip())) this.at += 1;
      else if (this.#here() !== ']') throw new Unreadable();
    }
    this.#leave();
    return elements;
  }

  #value(place: Place): JsonValue {
    const first = this.#skip();
    if (first === '{') return this.object();
    if (first === '[') return this.#array();
    if (CLOSING.has(first)) return this.#string(place);
    const measure = this.#match(MEASURE);
    if (measure !== '') return measure;
    const number = this.#match(NUMBER);
    if (number !== '') return Number(number);
    const word = WORDS.get(this.#match(NAME));
    if (word === undefined) throw new Unreadable();
    return word;
  }

  #string(place: Place): string {
    const close = CLOSING.get(this.#here()) ?? '"';
    let value = '';
    for (this.at += 1; this.at < this.#text.length; this.at += 1) {
      this.#spend(1);
      const character = this.#here();
      if (character === '\\') value += this.#escape();
      else if (!close.includes(character)) value += character;
      else if (this.#endsString(place)) {
        this.at += 1;
        return value;
      } else value += character;
    }
    throw new Unreadable();
  }

  /** Whether the quote here ends its string. In valid JSON every unescaped one does; others may be quotes that nobody escaped. */
  #endsString(place: Place): boolean {
    this.#spend(4);
    const index = this.#afterBlanks(this.at + 1);
    const next = this.#text.charAt(index);
    if (place === 'name') return COLONS.includes(next);
    if (next === (place === 'field' ? '}' : ']')) return true;
    if (COMMAS.includes(next)) return this.#continuesAt(index + 1, place);
    // Before a name, a value or another bracket, a comma or bracket is missing, and nobody can say for sure where it belongs.
    if (/[":{}[\]]/.test(next) || next === '') throw new Unreadable();
    return false;
  }

  /** Whether another field or element begins after a comma. If not, the comma is part of a sentence. */
  #continuesAt(index: number, place: Place): boolean {
    const from = this.#afterBlanks(index);
    const rest = this.#text.slice(from, from + 80);
    return place === 'field' ? NEXT_FIELD.test(rest) : NEXT_ELEMENT.test(rest);
  }

  #escape(): string {
    this.at += 1;
    const character = this.#here();
    const known = ESCAPES.get(character);
    if (known !== undefined) return known;
    const digits = this.#text.slice(this.at + 1, this.at + 5);
    const hex = character === 'u' ? /^[\da-fA-F]{4}/.exec(digits)?.[0] : undefined;
    // A regular expression or a Windows path that was not escaped: the backslash is meant.
    if (hex === undefined) return `\\${character}`;
    this.at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #here(): string {
    return this.#text.charAt(this.at);
  }

  #spend(count: number): void {
    this.#budget.left -= count;
    if (this.#budget.left < 0) throw new Unreadable();
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#spend(found.length + 1);
    this.at += found.length;
    return found;
  }

  #skip(): string {
    this.#match(BLANK);
    return this.#here();
  }

  #afterBlanks(index: number): number {
    BLANK.lastIndex = index;
    const length = BLANK.exec(this.#text)?.[0].length ?? 0;
    this.#spend(length);
    return index + length;
  }

  #enter(): void {
    this.#depth += 1;
    this.at += 1;
    if (this.#depth > MAX_DEPTH) throw new Unreadable(true);
  }

  #leave(): void {
    this.at += 1;
    this.#depth -= 1;
  }
}
