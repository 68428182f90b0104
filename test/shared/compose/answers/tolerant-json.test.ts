import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectsIn } from '../../../../shared/compose/answers/objects-in.ts';
import {
  type JsonObject,
  type JsonValue,
  readObjectAt,
} from '../../../../shared/compose/answers/tolerant-json.ts';

const objects = (text: string): readonly JsonObject[] => objectsIn(text).objects.map(({ object }) => object);

// JSON.parse gives -0 as -0, which JSON.stringify cannot write.
const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue); // as: it is JSON
const anyObject = fc
  .dictionary(fc.string({ unit: 'binary', maxLength: 8 }), anyJson, { maxKeys: 5, noNullPrototype: true })
  .map((object) => JSON.parse(JSON.stringify(object)) as JsonObject); // as: a dictionary's JSON is an object

/** Text without a brace, so that the one object in it is ours. */
const words = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll(/[{]/g, '('));

const pieces = fc.array(
  fc.constantFrom(
    ...'{}[]",:\'“”\\\n\t /*`'.split(''),
    '"a"',
    '"kind":',
    'kind:',
    '"x"',
    'true',
    'None',
    '12',
    '8/10',
    '{"a":1}',
    '{"b":["c"]}',
    '// no',
    '/* no */',
    'say "hi"',
  ),
  { maxLength: 30 },
);

describe('the reader of objects', () => {
  it('reads what JSON.parse reads, and nothing else of it', () => {
    fc.assert(
      fc.property(anyObject, fc.constantFrom(undefined, 1, 2), (object, indent) => {
        expect(objects(JSON.stringify(object, null, indent))).toEqual([object]);
      }),
      { numRuns: 300 },
    );
  });

  it('finds one between any words, and each of several in their order', () => {
    fc.assert(
      fc.property(words, anyObject, words, anyObject, words, (a, first, b, second, c) => {
        const text = `${a}${JSON.stringify(first)}${b}\n${JSON.stringify(second)}${c}`;
        expect(objects(text)).toEqual([first, second]);
      }),
    );
  });

  it('never makes up a name, a text or a number', () => {
    fc.assert(
      fc.property(
        pieces.map((parts) => parts.join('')),
        (text) => {
          for (const object of objects(text))
            for (const leaf of leavesOf(object)) expect(inText(text, leaf), JSON.stringify(leaf)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never closes what is open', () => {
    fc.assert(
      fc.property(
        anyObject.filter((object) => Object.keys(object).length > 0),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (object, part) => {
          const text = JSON.stringify(object);
          const cut = text.slice(0, Math.max(1, Math.floor(text.length * part)));
          expect(objectsIn(cut).objects.some(({ from }) => from === 0)).toBe(false);
        },
      ),
    );
  });

  it.each<[string, string, JsonObject]>([
    ['trailing commas', '{"a": [1, 2,], "b": {"c": true,},}', { a: [1, 2], b: { c: true } }],
    ['a raw line break and a tab', '{"a": "one\ntwo\tthree"}', { a: 'one\ntwo\tthree' }],
    [
      'single quotes, with an apostrophe',
      "{'kind': 'single', 'need': 'the user's file'}",
      { kind: 'single', need: 'the user\u2019s file'.replace('\u2019', "'") },
    ],
    ['curly quotes', '{“kind”: “single”}', { kind: 'single' }],
    ['bare names', '{kind: "single", max-items: 3}', { kind: 'single', 'max-items': 3 }],
    ['comments', '{"a": 1, // one\n/* two */ "b": 2}', { a: 1, b: 2 }],
    ['Python', "{'a': True, 'b': None, 'c': False}", { a: true, b: null, c: false }],
    [
      'backslashes that escape nothing',
      String.raw`{"a": "C:\data\q3, \d+"}`,
      { a: String.raw`C:\data\q3, \d+` },
    ],
    [
      'quotes nobody escaped',
      '{"need": "Read the "ledger" sheet", "b": 1}',
      { need: 'Read the "ledger" sheet', b: 1 },
    ],
    ['a quote and a comma of a sentence', '{"need": "Say "hi", then go"}', { need: 'Say "hi", then go' }],
    ['fractions and percents', '{"a": 8/10, "b": 85%}', { a: '8/10', b: '85%' }],
    ['an empty name', '{"" : 1}', { '': 1 }],
    ['a name of every object', '{"__proto__": {"x": 1}}', JSON.parse('{"__proto__": {"x": 1}}')],
  ])('takes %s', (_what, text, object) => {
    expect(objects(text)).toEqual([object]);
    expect(Object.getPrototypeOf(objects(text)[0])).toBe(Object.prototype);
  });

  it.each([
    ['a forgotten comma', '{"a": "x"\n "b": 1}'],
    ['a forgotten comma in a list', '{"a": ["x" "y"]}'],
    ['a bracket of the wrong kind', '{"a": ["x"}, "b": ["y"]}'],
    ['an end that is missing', '{"a": {"b": 1}'],
    ['a word in braces', 'Use {name} and {{x}} here'],
    ['a value that is none', '{"a": undefined}'],
    ['a brace alone', '{'],
  ])('finds nothing whole in %s', (_what, text) => {
    expect(objects(text).filter((object) => 'a' in object)).toEqual([]);
  });

  it('takes no part of an object that broke off', () => {
    expect(objects('{"notes": ["a" "b"], "scores": {"safety": 9}}')).toEqual([]);
    expect(objects('{"notes": ["a" "b"]}\nCorrected:\n\n{"notes": []}')).toEqual([]);
    expect(objects('{"notes": ["a" "b"]}\n```json\n{"notes": []}\n```')).toEqual([{ notes: [] }]);
  });

  it('pays for what it looks at behind a quote', () => {
    // Each quote may end its string, and a comment of 400 characters behind it has fifty quotes of its own.
    const text = `{"a":"${'"//zzzzz'.repeat(20_000)}`;
    const budget = { left: text.length * 16 };
    expect(readObjectAt(text, 0, budget).ok).toBe(false);
    expect(budget.left).toBeLessThan(0);
  });

  it('spends twice as much on twice the text, and no more', () => {
    const spent = (count: number): number => {
      const budget = { left: Number.MAX_SAFE_INTEGER };
      const text = '{"a":"'.repeat(count);
      // The first reading has all the others in its text; each begins at the brace after the one that failed.
      readObjectAt(text, 0, budget);
      return Number.MAX_SAFE_INTEGER - budget.left;
    };
    const once = spent(2_000);
    expect(spent(4_000)).toBeLessThan(once * 2.1);
    expect(spent(8_000)).toBeLessThan(once * 4.2);
  });

  it('looks at hostile text a bounded number of times', () => {
    for (const part of [
      '{',
      '{"a":',
      '{"a":"',
      '{"a":"b" ,',
      '{"a":[',
      '{a:',
      '{"a":1/*',
      '"/*',
      '{"a":"x" "',
    ]) {
      const text = part.repeat(60_000 / part.length);
      // Read on from each brace to the end, this would take minutes.
      expect(objectsIn(text).objects).toEqual([]);
    }
  });
});

function leavesOf(value: JsonValue): readonly (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => [name, ...leavesOf(entry)]);
}

/** Also with its escapes undone. */
function inText(text: string, leaf: string | number): boolean {
  const undone = text
    .replaceAll(/\\(["'\\/])/g, '$1')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  return text.includes(String(leaf)) || undone.includes(String(leaf));
}
