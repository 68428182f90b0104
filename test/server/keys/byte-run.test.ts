import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK, mayHold, RAW, SPELLED } from '../../../server/keys/byte-run.ts';

/** Byte 1 is the key's, 2 one of a spelling, 3 neither. */
const table = Uint8Array.from([0, RAW | SPELLED, SPELLED, 0]);
/** Runs of just enough, one less and one more, as random bytes would hardly have. */
const length = fc.constantFrom(1, 2, 3, 4, BLOCK - 1, BLOCK, BLOCK + 1);
const bytes = fc
  .array(fc.tuple(fc.constantFrom(1, 2, 3), length), { maxLength: 8 })
  .map((runs) => runs.flatMap(([byte, times]) => Array<number>(times).fill(byte)));

test('finds a run wherever it stands, and none where none is', () => {
  fc.assert(
    fc.property(bytes, length, (data, keyBytes) => {
      const text = data.join('');
      const expected =
        text.includes('1'.repeat(Math.min(BLOCK, keyBytes))) || new RegExp(`[12]{${keyBytes}}`).test(text);
      expect(mayHold(Uint8Array.from(data), table, keyBytes)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});
