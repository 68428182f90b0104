import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, foldSame } from '../../../web/diff/line-diff.ts';

const signs = { same: ' ', added: '+', removed: '-' };
const drawn = (before: string, after: string): readonly string[] =>
  diffLines(before, after).map(({ kind, text }) => signs[kind] + text);

test('keeps what both have and tells the rest as removed and added', () => {
  expect(drawn('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([' a', '-b', '+x', ' c', ' d', '+e']);
});

test('both sides can be read off any diff', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = diffLines(before, after);
      const side = (other: string): string =>
        diff
          .filter(({ kind }) => kind !== other)
          .map((line) => line.text)
          .join('\n');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
    }),
  );
});

test('a text too long to compare is told as a whole, at once', () => {
  const long = (word: string): string => Array.from({ length: 3000 }, (_, at) => `${word} ${at}`).join('\n');
  const diff = diffLines(long('old'), long('new'));
  expect(diff.filter(({ kind }) => kind === 'removed')).toHaveLength(3000);
  expect(diff.filter(({ kind }) => kind === 'added')).toHaveLength(3000);
});

test('lines far from a change are folded, with their number', () => {
  const before = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const folded = foldSame(diffLines(before.join('\n'), before.with(10, 'new').join('\n')), 1);
  expect(folded).toEqual([
    { skipped: 9 },
    { kind: 'same', text: 'line 9' },
    { kind: 'removed', text: 'line 10' },
    { kind: 'added', text: 'new' },
    { kind: 'same', text: 'line 11' },
    { skipped: 8 },
  ]);
});
