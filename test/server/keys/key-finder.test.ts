import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KeyFinder } from '../../../server/keys/key-finder.ts';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { Eraser } from '../../../server/keys/redact-bytes.ts';
import { CANARY_LENGTHS, type Canary, canaryOf, makeCanary } from '../../leak/canary.ts';
import { DISGUISE_NAMES, type DisguiseName, disguise } from '../../leak/disguises.ts';

const BEFORE = '{"error":"no such key: ';
const AFTER = ' (ü), ask for another one"}\n\n';
const PUBLIC = 'sk-ant-api03-'.length;

/** The longest row of bytes of the spelled key that were left, in characters of the key. */
function longestLeft(output: Buffer, from: number, length: number, keyChars: number): number {
  const left = output
    .subarray(from, from + length)
    .toString('latin1')
    .split(/\*+/);
  return (Math.max(...left.map((piece) => piece.trim().length)) * keyChars) / length;
}

function spelledOut(
  name: DisguiseName,
  { key }: Canary,
  pad: number,
): { message: Buffer; from: number; length: number } {
  const spelled = disguise(name, key);
  const before = BEFORE + '.'.repeat(pad);
  return {
    message: Buffer.concat([Buffer.from(before), spelled, Buffer.from(AFTER)]),
    from: Buffer.byteLength(before),
    length: spelled.length,
  };
}

const cases = DISGUISE_NAMES.flatMap((name) => CANARY_LENGTHS.map((length) => ({ name, length })));

test.each(cases)('a key of $length bytes, $name, is erased, wherever it stands', ({ name, length }) => {
  const canary = makeCanary(undefined, length);
  for (let pad = 0; pad < 9; pad++) {
    const { message, from, length: spelled } = spelledOut(name, canary, pad);
    const size = message.length;
    new Eraser(new ProviderKey(Buffer.from(canary.key))).eraseWhole(message);
    expect(message.length).toBe(size);
    // Of pieces of 15 the first has the public part in it, and the last may be short.
    expect(longestLeft(message, from, spelled, length), message.toString('latin1')).toBeLessThan(PUBLIC + 8);
    expect(message.toString()).toMatch(/^\{"error":"no such key: \.*.*\(ü\), ask for another one"\}\n\n$/s);
  }
});

/** Sent in two or three reads, and in many; `hold`: what is held back is released between. */
function* readsOf(message: Buffer): Generator<{ pieces: readonly Buffer[]; hold: boolean }> {
  for (let cut = 1; cut < message.length; cut += 3) {
    const pieces = [message.subarray(0, cut), message.subarray(cut)];
    yield { pieces, hold: true };
    yield { pieces, hold: false };
  }
  for (const size of [1, 7, 15]) {
    const pieces = Array.from({ length: Math.ceil(message.length / size) }, (_, i) =>
      message.subarray(i * size, (i + 1) * size),
    );
    yield { pieces, hold: true };
    yield { pieces, hold: false };
  }
}

/** What is taken for a list of numbers, or has bytes between, is no text that could begin a key: it is not held back. */
const NOT_HELD = /octal|colons|blanks|0x|list|UTF-16|pieces|broken|upper case$|cut short/;

/** So long for a character that eight of them are more than what is remembered of what was released. */
const LONG = /each character JSON|JSON-escaped, percent|percent-encoded, JSON|JSON in JSON|escaped tags/;
const NEVER_HELD = /base64 of entities, percent/;

test.each(DISGUISE_NAMES)('a key that is cut into several reads, %s, is erased across them', (name) => {
  const canary = makeCanary();
  const { message, from, length } = spelledOut(name, canary, 3);
  for (const { pieces, hold } of readsOf(message)) {
    const reads = new Eraser(new ProviderKey(Buffer.from(canary.key))).overReads();
    const output: Buffer[] = [];
    for (const piece of pieces) {
      output.push(reads.read(Buffer.from(piece)));
      if (!hold) output.push(reads.release());
    }
    output.push(reads.release());
    const joined = Buffer.concat(output);
    expect(joined.length).toBe(message.length);
    // Of a key in whole reads seven characters may stay on each side of a cut; in small ones of lists and the like more.
    const stays = NOT_HELD.test(name) || NEVER_HELD.test(name) || (LONG.test(name) && !hold);
    const most = stays && pieces.length > 2 ? Number.POSITIVE_INFINITY : PUBLIC + 16;
    expect(longestLeft(joined, from, length, canary.key.length), joined.toString('latin1')).toBeLessThan(
      most,
    );
  }
});

test('nothing of a held-back beginning is left when the key comes in whole', () => {
  const { key } = makeCanary();
  const reads = new Eraser(new ProviderKey(Buffer.from(key))).overReads();
  const output = Array.from(`<${key}>`, (char) => reads.read(Buffer.from(char)).toString()).join('');
  expect(output + reads.release().toString()).toBe(`<${'*'.repeat(key.length)}>`);
});

test('of a released beginning the rest is erased all the same', () => {
  const { key } = makeCanary();
  const reads = new Eraser(new ProviderKey(Buffer.from(key))).overReads();
  const output = [key.slice(0, 16), key.slice(16, 40), `${key.slice(40)} and more`].map(
    (piece) => reads.read(Buffer.from(piece)).toString() + reads.release().toString(),
  );
  expect(output.join('')).toBe(`${key.slice(0, 16)}${'*'.repeat(key.length - 16)} and more`);
});

test('no text of this repository is taken for a key', () => {
  const texts = ['server', 'shared', 'web', 'test']
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
    )
    .concat('package-lock.json', 'README.md')
    .filter((file) => /\.(?:tsx?|md|json)$/.test(file))
    .map((file) => [file, readFileSync(file)] as const);
  for (const length of CANARY_LENGTHS) {
    const finder = new KeyFinder(new ProviderKey(Buffer.from(makeCanary(undefined, length).key)));
    for (const [file, text] of texts) expect([file, finder.find(text)]).toEqual([file, []]);
  }
});

test.each(['release-notes-generator', 'ollama', 'lm-studio', 'my-local-key'])(
  'a key that is words, such as %s, is erased as a whole alone',
  (key) => {
    const text = `A release-notes writer with ollama-like and lm-studio-like tools; my-local-llm. ${key}!`;
    const chunk = Buffer.from(text);
    new Eraser(new ProviderKey(Buffer.from(key))).eraseWhole(chunk);
    expect(chunk.toString()).toBe(text.replaceAll(key, '*'.repeat(key.length)));
  },
);

/** Random, or hex alone, which looks like the size of a chunk. */
const KINDS = {
  alphanumeric: (length: number): Canary => makeCanary(undefined, length),
  hex: (length: number): Canary =>
    canaryOf(length, (chars) => `a1${randomBytes(chars).toString('hex')}`.slice(0, chars)),
} as const;
type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as Kind[]; // as: those are its keys

/** The longest row of characters of the key in there, breaks and blanks aside. */
function longestOf(secret: string, output: string): number {
  const text = output.replaceAll(/[\s\0]/g, '');
  for (let length = secret.length; length > 0; length--)
    for (let at = 0; at + length <= secret.length; at++)
      if (text.includes(secret.slice(at, at + length))) return length;
  return 0;
}

function piecesOf(text: string, size: number): readonly string[] {
  return text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
}

const deltas = KIND_NAMES.flatMap((kind) => CANARY_LENGTHS.map((length) => ({ kind, length })));

test.each(deltas)(
  'a $kind key of $length bytes is erased from text in deltas, from wherever in it',
  ({ kind, length }) => {
    for (const size of [1, 2, 3, 4, 5, 7, 8, 13])
      for (const from of [0, 1, 5, length - 12]) {
        const { key, secret } = KINDS[kind](length);
        const clean = new Eraser(new ProviderKey(Buffer.from(key))).overText();
        // A letter before it could be the key's own, and would go with it.
        const text = `so: ${key.slice(from)}, I think`;
        const output = piecesOf(text, size).map((delta) => clean(delta, false));
        const joined = output.join('') + clean('', true);
        expect(joined).toHaveLength(text.length);
        expect(joined).toMatch(/^so: .*, I think$/s);
        expect(longestOf(secret, joined), `${size} ${from} ${joined}`).toBeLessThan(8);
      }
  },
);

test.each(deltas)(
  'a $kind key of $length bytes in lines of four or more is erased from what is whole or in deltas',
  ({ kind, length }) => {
    // Shorter lines than of seven are found where four characters of one begin at a multiple of four.
    for (const end of ['\n', '\r\n'])
      for (const size of [4, 5, 6, 7, 12]) {
        const { key, secret } = KINDS[kind](length);
        const lines = piecesOf(key, size).map((line) => line + end);
        for (const deltas of [lines, [lines.join('')]]) {
          const clean = new Eraser(new ProviderKey(Buffer.from(key))).overText();
          const output = deltas.map((delta) => clean(delta, false)).join('') + clean('', true);
          expect(longestOf(secret, output), `${size} ${JSON.stringify(output)}`).toBeLessThan(
            size < 7 ? 20 : 8,
          );
        }
      }
  },
);

const FRAMINGS = {
  plain: (size: number) => size.toString(16),
  'with zeros': (size: number) => size.toString(16).padStart(8, '0'),
  'with an extension': (size: number) => `${size.toString(16)};a=b7`,
} as const;

/** What was sent in chunks. */
function readChunks(message: string): { sizes: readonly number[]; chunks: readonly string[] } {
  const sizes: number[] = [];
  const chunks: string[] = [];
  for (let at = 0; at < message.length; ) {
    const line = message.indexOf('\r\n', at);
    const size = Number.parseInt(message.slice(at, line), 16);
    sizes.push(size);
    chunks.push(message.slice(line + 2, line + 2 + size));
    at = line + 4 + size;
  }
  return { sizes, chunks };
}

test.each(
  KIND_NAMES.flatMap((kind) =>
    (Object.keys(FRAMINGS) as (keyof typeof FRAMINGS)[]).map((framing) => ({ kind, framing })),
  ),
)(
  'a $kind key in chunks whose sizes are $framing is erased, and the sizes stay, however reads cut them',
  ({ kind, framing }) => {
    for (let tries = 0; tries < 120; tries++)
      for (const size of [1, 4, 6, 7, 8, 13, 16]) {
        const { key, secret } = KINDS[kind](CANARY_LENGTHS[tries % CANARY_LENGTHS.length] ?? 20);
        const spelled = tries % 3 === 2 ? [...key].join(' ') : tries % 3 === 1 ? `${key.slice(3)}` : key;
        const body = `data: {"id":"${spelled}","model":"${key}"}\n\n`;
        const sent = piecesOf(body, size);
        const message = sent.map((it) => `${FRAMINGS[framing](it.length)}\r\n${it}\r\n`).join('');
        const eraser = new Eraser(new ProviderKey(Buffer.from(key)));
        const reads = eraser.overReads();
        const step = tries % 4 === 0 ? message.length : 1 + (tries % 40);
        let passed = '';
        for (let at = 0; at < message.length; at += step)
          passed += reads.read(Buffer.from(message.slice(at, at + step))).toString();
        const read = readChunks(passed + reads.release().toString());
        expect(read.sizes).toEqual(sent.map((it) => it.length));
        const clean = eraser.overBytes();
        const output = read.chunks.map((it) => clean(Buffer.from(it), false).toString());
        const text = output.join('') + clean(Buffer.alloc(0), true).toString();
        expect(text).toHaveLength(body.length);
        expect(longestOf(secret, text), `${size} ${step} ${text}`).toBeLessThan(8);
      }
  },
);
