import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretBuffer } from '../../../server/keys/secret-buffer.ts';
import { secretBytes } from '../../../shared/sealing/secret-bytes.ts';
import { CANARY_LENGTHS } from '../../leak/canary.ts';

/**
 * Of a hundred, how many have memory of their own, which Node counts: what lies on V8's heap has none. The collector may come between
 * two looks, but not between most.
 */
function outsideTheHeap(make: (byteLength: number) => Uint8Array, byteLength: number): number {
  const kept: Uint8Array[] = [];
  let outside = 0;
  for (let i = 0; i < 100; i++) {
    const before = process.memoryUsage().arrayBuffers;
    kept.push(make(byteLength));
    if (process.memoryUsage().arrayBuffers - before === byteLength) outside += 1;
  }
  return kept.length === 100 ? outside : Number.NaN;
}

test.each(CANARY_LENGTHS)('memory for a secret of %i bytes lies outside V8’s heap', (byteLength) => {
  for (const make of [secretBytes, secretBuffer]) {
    expect(make(byteLength)).toHaveLength(byteLength);
    expect(outsideTheHeap(make, byteLength)).toBeGreaterThan(50);
  }
});

test('the measure tells: a plain Buffer of 64 bytes lies on the heap', () => {
  expect(outsideTheHeap((byteLength) => Buffer.alloc(byteLength), 64)).toBe(0);
});

/** Where bytes of a key are. Whole rooms, so that a new file in them counts. */
const ROOMS = ['server/keys', 'server/vault'];
const FILES = ['server/byo/receive-key.ts', 'shared/sealing/turn-key.ts', 'shared/sealing/prepare-seal.ts'];
/** Every other way to make bytes, or to copy some. */
const OTHER_WAYS =
  /\bBuffer\.(?:alloc|allocUnsafe|allocUnsafeSlow|from|of|concat|copyBytesFrom)\b|\bnew (?:Buffer|Uint8Array|Uint8ClampedArray|Int8Array|Blob)\b|\bUint8Array\.(?:from|of)\b|\bstructuredClone\b|\.(?:toReversed|toSorted)\(/;
/** What has nothing of a key in it, or is the one way itself. */
const FINE: readonly (readonly [file: string, line: string])[] = [
  ['server/keys/secret-buffer.ts', 'return Buffer.from(secretBytes(byteLength).buffer);'],
  // text that the provider sent is a string before it comes here
  [
    'server/keys/redact-bytes.ts',
    'return (delta, last) => clean(Buffer.from(joiner.join(delta, last)), last).toString();',
  ],
  ['server/keys/erase-pieces.ts', 'const data = Buffer.from(words);'],
  // a text that came in another field than the key's is a string before
  ['server/keys/holds-key.ts', 'const bytes = Buffer.from(text);'],
  // settings that are strings before, to see that a root is none of them
  ['server/vault/roots/read-roots.ts', 'Buffer.from(secret),'],
  ['server/vault/roots/read-roots.ts', "Buffer.from(secret, 'base64url'),"],
  ['server/vault/roots/read-roots.ts', "Buffer.from(secret, 'hex'),"],
  // what a ciphertext is bound to, and salts, nonces and ciphertexts: they stand in the row
  [
    'server/vault/format/fields.ts',
    'const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));',
  ],
  ['server/vault/format/fields.ts', 'const length = Buffer.alloc(2);'],
  ['server/vault/format/fields.ts', 'return Buffer.concat(parts);'],
  ['server/vault/format/aes-gcm.ts', 'return Buffer.concat([text, cipher.getAuthTag()]);'],
  [
    'server/vault/format/sealed-key.ts',
    'const [salt, nonce] = [Buffer.alloc(SALT_BYTES), Buffer.alloc(NONCE_BYTES)];',
  ],
  [
    'server/vault/format/sealed-key.ts',
    'return Buffer.concat([Buffer.of(FORMAT), salt, derived.subarray(32), nonce, sealed]);',
  ],
  [
    'server/vault/format/workspace-secret.ts',
    'const [salt, nonce] = [Buffer.alloc(SALT_BYTES), Buffer.alloc(NONCE_BYTES)];',
  ],
  [
    'server/vault/format/workspace-secret.ts',
    'return Buffer.concat([Buffer.of(FORMAT), salt, nonce, sealed]);',
  ],
  [
    'server/vault/workspace-secrets.ts',
    'const proof = derive(code, Buffer.alloc(0), joinFields(PROOF), 32);',
  ],
  // a view of memory that HKDF made outside of V8's heap
  ['server/vault/format/fields.ts', "return Buffer.from(hkdfSync('sha256', from, salt, info, byteLength));"],
  // before any request has been sent on that socket
  ['server/keys/erase-reads.ts', 'if (!eraser || !reads) return Buffer.from(view);'],
  // tables that are the same for every key
  [
    'server/keys/key-texts.ts',
    'export const FOLD: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {',
  ],
  ['server/keys/layers/encoded-runs.ts', 'const values = new Uint8Array(256).fill(NONE);'],
  ['server/keys/number-lists.ts', 'const IN_LIST = Uint8Array.from({ length: 256 }, (_, byte) =>'],
];

function filesIn(room: string): string[] {
  try {
    return readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(room, name));
  } catch {
    // a room that is not there yet
    return [];
  }
}

test('where a key’s bytes are, all memory is made by secretBytes', () => {
  const files = [...ROOMS.flatMap(filesIn), ...FILES];
  const others = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => [file, line.trim()] as const)
      .filter(([, line]) => OTHER_WAYS.test(line)),
  );
  expect(others.filter(([file, line]) => !FINE.some(([f, l]) => f === file && l === line))).toEqual([]);
  // An exception that is no longer needed is a hole.
  expect(FINE.filter(([file, line]) => !others.some(([f, l]) => f === file && l === line))).toEqual([]);
});
