import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KeyFinder } from '../../../server/keys/key-finder.ts';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { Eraser } from '../../../server/keys/redact-bytes.ts';
import { CANARY_LENGTHS, type Canary, makeCanary } from '../../leak/canary.ts';
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
    const most = NOT_HELD.test(name) && pieces.length > 2 ? Number.POSITIVE_INFINITY : PUBLIC + 16;
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

/** What was sent in chunks: their sizes, and the body. */
function readChunks(message: string): { sizes: readonly number[]; body: string } {
  const sizes: number[] = [];
  let body = '';
  for (let at = 0; at < message.length; ) {
    const line = message.indexOf('\r\n', at);
    const size = Number.parseInt(message.slice(at, line), 16);
    sizes.push(size);
    body += message.slice(line + 2, line + 2 + size);
    at = line + 4 + size;
  }
  return { sizes, body };
}

test('a key in many chunks of a body is erased, and where chunks begin stays as it is, however reads cut them', () => {
  for (let tries = 0; tries < 200; tries++)
    for (const size of [7, 8, 15, 16, 17]) {
      const { key, secret } = makeCanary(undefined, CANARY_LENGTHS[tries % CANARY_LENGTHS.length]);
      const body = `data: {"id":"${key}","model":"${key}"}\n\n`;
      const chunks = body.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
      const message = chunks.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('');
      const reads = new Eraser(new ProviderKey(Buffer.from(key))).overReads();
      const step = tries < 20 ? message.length : 1 + (tries % 40);
      let passed = '';
      for (let at = 0; at < message.length; at += step)
        passed += reads.read(Buffer.from(message.slice(at, at + step))).toString();
      const read = readChunks(passed + reads.release().toString());
      expect(read.sizes).toEqual(chunks.map((it) => it.length));
      expect(read.body).toHaveLength(body.length);
      expect(read.body.slice(0, 12)).toBe(body.slice(0, 12));
      if (step > 16)
        for (let at = 0; at + 16 <= secret.length; at++)
          expect(read.body).not.toContain(secret.slice(at, at + 16));
    }
});
