import fc from 'fast-check';
import { expect, test } from 'vitest';
import { erasePieces } from '../../../server/keys/erase-pieces.ts';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { Eraser } from '../../../server/keys/redact-bytes.ts';
import { CANARY_LENGTHS, makeCanary } from '../../leak/canary.ts';
import { awkwardText, cutText } from '../../shared/providers/awkward-text.ts';

const { key, blocks } = makeCanary();
const odd = `a"b\\c/d+e=${'Zz9'.repeat(12)}`;
const eraser = (text = key): Eraser => new Eraser(new ProviderKey(Buffer.from(text)));

const hex = (text: string): string => Buffer.from(text).toString('hex');
const SPELLINGS: readonly (readonly [string, (text: string) => string])[] = [
  ['raw', (text) => text],
  ['JSON-escaped', (text) => JSON.stringify(text).slice(1, -1)],
  ['JSON-escaped with slashes', (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
  ['as \\u escapes', (text) => [...text].map((char) => `\\u00${hex(char)}`).join('')],
  ['percent-encoded', encodeURIComponent],
  [
    'percent-encoded in lower case',
    (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ['percent-encoded throughout', (text) => [...text].map((char) => `%${hex(char).toUpperCase()}`).join('')],
  ['hex', hex],
  ['HEX', (text) => hex(text).toUpperCase()],
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['base64 one byte in', (text) => Buffer.from(`x${text}`).toString('base64')],
  ['base64 two bytes in', (text) => Buffer.from(`xy${text}y`).toString('base64')],
  ['base64url', (text) => Buffer.from(text).toString('base64url')],
];
const cases = SPELLINGS.flatMap(([name, spell]) => [
  { name, spelled: spell(key), text: key },
  { name: `${name}, odd characters`, spelled: spell(odd), text: odd },
]);

/** No eight characters in a row of what was spelled are left. */
function remains(output: string, spelled: string): string[] {
  return Array.from({ length: spelled.length - 23 }, (_, i) => spelled.slice(i, i + 24)).filter((piece) =>
    output.includes(piece),
  );
}

test.each(cases)('erases a key that is $name, wherever the chunks are cut', ({ spelled, text }) => {
  const message = Buffer.from(`{"error":"no such key: ${spelled} (ü)"}\n\n`);
  for (let cut = 0; cut <= message.length; cut++) {
    const clean = eraser(text).overBytes();
    const output = Buffer.concat([
      clean(Buffer.from(message.subarray(0, cut)), false),
      clean(Buffer.from(message.subarray(cut)), true),
    ]);
    expect(output.length).toBe(message.length);
    expect(remains(output.toString(), spelled), `cut at ${cut}`).toEqual([]);
    expect(output.toString()).toMatch(/^\{"error":"no such key: .*\(ü\)"\}\n\n$/);
  }
});

test('erases in place, so that the chunk itself no longer has it', () => {
  const chunk = Buffer.from(`x-echo: ${key}\r\n`);
  eraser().eraseWhole(chunk);
  expect(chunk.toString()).toBe(`x-echo: ${'*'.repeat(key.length)}\r\n`);
});

test('erases a long fragment: 23 bytes in a row from anywhere', () => {
  for (let from = 0; from + 23 <= key.length; from++) {
    const chunk = Buffer.from(`<${key.slice(from, from + 23)}>`);
    eraser().eraseWhole(chunk);
    expect(chunk.toString(), `from ${from}`).toContain('*'.repeat(16));
  }
});

test('erases a key that comes split over any deltas of text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: key.length }), { maxLength: 6 }),
      fc.string(),
      (cuts, around) => {
        const whole = `${around}sk-${key}${around}`;
        const clean = eraser().overText();
        const at = [0, ...cuts.map((cut) => cut + around.length).sort((a, b) => a - b), whole.length];
        const output = at
          .slice(1)
          .map((end, i) => clean(whole.slice(at[i], end), i === at.length - 2))
          .join('');
        for (const block of blocks) expect(output).not.toContain(block);
      },
    ),
  );
});

test('leaves other bytes as they are, however they are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), (chunks) => {
      const clean = eraser().overBytes();
      const output = chunks.map((chunk, i) => clean(Buffer.from(chunk), i === chunks.length - 1));
      expect(Buffer.concat(output)).toEqual(Buffer.concat(chunks));
    }),
  );
});

/** Escapes, tags, and encodings in each other, of everything but a key. */
const wrappedText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '\\u00',
          '\\\\u',
          '%25',
          '%u',
          '&amp;#',
          '&#x',
          ';',
          '=3D',
          '=\r\n',
          '<b>',
          '</',
          '>',
          '\u200b',
          'ｓｋ',
          '\\',
        ],
        ...['sk-ant-api03-', 'sk-', '{"a":"', '"}', '𝐬', 'é', '&shy;', '\n'],
      ),
      fc.string({ unit: 'grapheme' }),
      fc.base64String({ maxLength: 80 }),
      fc.string().map((text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64')),
      fc.string().map((text) => encodeURIComponent(JSON.stringify(JSON.stringify(text.toWellFormed())))),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').toWellFormed());

test.each(CANARY_LENGTHS)('leaves text in layers of escapes as it is: a key of %i bytes', (length) => {
  const { key } = makeCanary(undefined, length);
  fc.assert(
    fc.property(wrappedText, fc.array(fc.nat(300), { maxLength: 6 }), (text, cuts) => {
      const clean = eraser(key).overText();
      const shown = cutText(text, cuts).map((piece) => clean(piece, false));
      expect(shown.join('') + clean('', true)).toBe(text);
    }),
  );
});

test('holds nothing back behind a line feed', () => {
  const clean = eraser().overBytes();
  const event = Buffer.from('data: {"text":"sk-ant"}\n\n');
  expect(clean(event, false).length).toBe(event.length);
});

test('keeps nothing of the key once it is wiped', () => {
  const secret = new ProviderKey(Buffer.from(key));
  const clean = new Eraser(secret);
  clean.overBytes()(Buffer.from(`x ${key.slice(0, 30)}`), false);
  secret.wipe();
  const chunk = Buffer.from(key);
  clean.eraseWhole(chunk);
  expect(chunk.toString(), 'it can no longer know the key').toBe(key);
});

// Without that, 64 KiB took a minute and 3 GB: the runner's own limit is the test's.
test.each([1, 2, 16, 17])(
  'stays linear for a key of %i characters again and again, in text like it',
  (period) => {
    const text = 'abcdefghijklmnopq'
      .slice(0, period)
      .repeat(Math.ceil(4096 / period))
      .slice(0, 4096);
    const clean = eraser(text).overBytes();
    const message = text.repeat(256).slice(0, 1 << 20);
    let output = '';
    for (let at = 0; at < message.length; at += 65_536)
      output += clean(Buffer.from(message.slice(at, at + 65_536)), false).toString();
    output += clean(Buffer.alloc(0), true).toString();
    expect(output.length).toBe(message.length);
    expect(output.replaceAll('*', '').length).toBeLessThan(24);
  },
);

// The runner's own limit is the test's.
test.each([
  '\\',
  '%25',
  '&amp;',
  '<b',
  '<b>',
  'QUFB',
  'NFQW',
  '6161',
  'aaaa',
  '\\u005c',
  '=3D',
  '\u200b',
  'ｓ',
  'QUFB\n',
])('stays linear in a megabyte of %j', (piece) => {
  const message = piece.repeat(Math.ceil((1 << 20) / Buffer.byteLength(piece)));
  const whole = Buffer.from(message);
  eraser().eraseWhole(whole);
  expect(whole.equals(Buffer.from(message))).toBe(true);
});

test('cleans text that is cut between UTF-16 units, of every key and of nothing else', () => {
  fc.assert(
    fc.property(
      awkwardText,
      awkwardText,
      fc.constantFrom(...cases),
      fc.array(fc.nat(500), { maxLength: 12 }),
      (before, after, { spelled, text }, cuts) => {
        const clean = eraser(text).overText();
        const shown = cutText(before + spelled + after, cuts).map((piece) => clean(piece, false));
        shown.push(clean('', true));
        const output = shown.join('');
        for (const piece of shown) expect(piece.isWellFormed()).toBe(true);
        expect(remains(output, spelled)).toEqual([]);
        // Beside a key in base64 a character may count as a part of it; beside one that repeats itself, one and the byte between.
        expect(output.startsWith(before.toWellFormed().slice(0, -2))).toBe(true);
        expect(output.endsWith(after.toWellFormed().slice(2))).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('leaves an emoji in two deltas as it is', () => {
  const clean = eraser().overText();
  expect([clean('# Ship it \ud83d', false), clean('\ude80 now', false), clean('', true)].join('')).toBe(
    '# Ship it 🚀 now',
  );
});

test.each(CANARY_LENGTHS)('has no piece of a key of %i bytes in words that quote it in pieces', (length) => {
  const { key, secret } = makeCanary(undefined, length);
  const hide = erasePieces(new ProviderKey(Buffer.from(key)));
  for (const size of [8, 9, 15]) {
    const words = hide(
      `no key ${(key.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(' … ')}, ask for another`,
    );
    expect(words).toMatch(/^no key \*.*, ask for another$/);
    for (let at = 0; at + 4 <= secret.length; at++) expect(words).not.toContain(secret.slice(at, at + 4));
  }
  const other = `no key of ${secret.slice(0, 5)}`;
  expect(hide(other)).toBe(other);
});
