import { expect, test } from 'vitest';
import { showHidden, splitHidden } from '../../../web/markdown/hidden-characters.ts';

test.each([
  ['a right-to-left override', 'a\u202eb', 'a⟦U+202E⟧b'],
  ['an isolate', '\u2066x\u2069', '⟦U+2066⟧x⟦U+2069⟧'],
  ['a zero-width space', 'ig\u200bnore', 'ig⟦U+200B⟧nore'],
  ['a byte order mark', '\ufeffx', '⟦U+FEFF⟧x'],
  ['a soft hyphen', 'a\u00adb', 'a⟦U+00AD⟧b'],
  ['a terminal escape', '\u001b[31mred', '⟦U+001B⟧[31mred'],
  ['a C1 control', 'a\u009bb', 'a⟦U+009B⟧b'],
  [
    'a sentence in tag characters',
    `x${String.fromCodePoint(0xe0049, 0xe0067, 0xe006e)}`,
    'x⟦U+E0049 and 2 more⟧',
  ],
  ['a joiner between letters', 'a\u200db', 'a⟦U+200D⟧b'],
  ['a pile of accents', `e${'\u0301'.repeat(40)}`, `e${'\u0301'.repeat(4)}⟦U+0301 and 35 more⟧`],
])('%s is shown', (_, text, shown) => {
  expect(showHidden(text)).toBe(shown);
});

test.each([
  ['line breaks and tabs', 'a\r\n\tb'],
  ['a family emoji with its joiners', '👩‍👩‍👧‍👦 and 🧑🏽‍🚀 and ❤️‍🔥'],
  ['Arabic and Hebrew', 'مرحبا שלום'],
  ['Vietnamese in combining marks', 'Việt Nam'],
  ['Thai and Hindi', 'ที่นี่ हिन्दी'],
])('%s stays as it is', (_, text) => {
  expect(showHidden(text)).toBe(text);
});

test('text and marks alternate and lose nothing', () => {
  expect(splitHidden('a\u202eb\u202c')).toEqual([
    { text: 'a', hidden: false },
    { text: 'U+202E', hidden: true },
    { text: 'b', hidden: false },
    { text: 'U+202C', hidden: true },
  ]);
});

test('ten million characters without a blank are read in linear time', () => {
  // A backtracking pattern would not come back from this within the test's limit.
  expect(showHidden('\u0301'.repeat(200_000)).length).toBeLessThan(50);
  expect(showHidden('x'.repeat(10_000_000))).toHaveLength(10_000_000);
});
