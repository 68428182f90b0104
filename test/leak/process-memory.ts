import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const CHUNK_BYTES = 8 << 20;
/** More than the longest spelling of the longest key, and a multiple of eight. */
export const MARGIN_BYTES = 2048;

/** A stretch of memory. What is found is counted in the view in whose own part, between `from` and `to`, it begins. */
export interface View {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

interface Mapping {
  readonly from: bigint;
  readonly to: bigint;
}

/** Small guarded mappings can be read through /proc too; big ones are reserved address space. */
function mappingsOf(pid: number): readonly Mapping[] {
  return readFileSync(`/proc/${pid}/maps`, 'latin1')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, low, high, mode, name] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
      if (!low || !high || !mode || name?.startsWith('[v')) return [];
      const [from, to] = [BigInt(`0x${low}`), BigInt(`0x${high}`)];
      return mode[0] === 'r' || to - from <= 64n << 20n ? [{ from, to }] : [];
    });
}

/** Every readable page of a process, as /proc/<pid>/mem gives it to its parent or to root. */
export function* memoryOf(pid: number): Generator<View> {
  const file = openSync(`/proc/${pid}/mem`, 'r');
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES + 2 * MARGIN_BYTES);
  try {
    for (const { from, to } of mappingsOf(pid)) {
      for (let at = from; at < to; at += BigInt(CHUNK_BYTES)) {
        const before = at === from ? 0 : MARGIN_BYTES;
        const begin = at - BigInt(before);
        const left = to - begin;
        const want = left < BigInt(buffer.length) ? Number(left) : buffer.length;
        try {
          const got = readSync(file, buffer, 0, want, begin);
          yield { bytes: buffer.subarray(0, got), from: before, to: Math.min(got, before + CHUNK_BYTES) };
        } catch {
          // a page that went away between the list and the read
        }
      }
    }
  } finally {
    closeSync(file);
  }
}
