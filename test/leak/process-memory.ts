import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const CHUNK_BYTES = 8 << 20;
/** More than the longest spelling of the longest key, and a multiple of eight. */
export const MARGIN_BYTES = 2048;

/** A stretch of memory. What is found is counted in the view in whose own part, between `from` and `to`, it begins. */
export interface View {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** The kernel's name of the mapping: `[heap]`, `[stack]`, a file, or none. */
  readonly name: string;
}

interface Mapping {
  readonly name: string;
  readonly from: bigint;
  readonly to: bigint;
}

const PAGE_BYTES = 4096n;
const ENTRY_BYTES = 8;
/** In pagemap: the page is in memory, or swapped out. What is neither has never been written to. */
const THERE = 0xc0;
/** Pages that are not there are read along, rather than begin anew behind each. */
const GAP_PAGES = 16n;

/** Small guarded mappings can be read through /proc too; big ones are reserved address space. */
function mappingsOf(pid: number): readonly Mapping[] {
  return readFileSync(`/proc/${pid}/maps`, 'latin1')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, low, high, mode, name] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
      if (!low || !high || !mode || name?.startsWith('[v')) return [];
      const [from, to] = [BigInt(`0x${low}`), BigInt(`0x${high}`)];
      return mode[0] === 'r' || to - from <= 64n << 20n ? [{ name: name ?? '', from, to }] : [];
    });
}

/** The parts of a mapping that were ever written to: a server maps a gigabyte and uses a tenth of it. */
function* usedOf({ name, from, to }: Mapping, pagemap: number): Generator<Mapping> {
  const entries = Buffer.allocUnsafeSlow(1 << 16);
  let used: Mapping | undefined;
  for (let page = from / PAGE_BYTES; page < to / PAGE_BYTES; ) {
    const want = Math.min(entries.length, Number(to / PAGE_BYTES - page) * ENTRY_BYTES);
    const got = readSync(pagemap, entries, 0, want, page * BigInt(ENTRY_BYTES));
    if (got === 0) break;
    for (let at = ENTRY_BYTES - 1; at < got; at += ENTRY_BYTES, page++) {
      if (((entries[at] ?? 0) & THERE) === 0) continue;
      const begin = page * PAGE_BYTES;
      if (used && begin - used.to > GAP_PAGES * PAGE_BYTES) {
        yield used;
        used = undefined;
      }
      used = { name, from: used?.from ?? begin, to: begin + PAGE_BYTES };
    }
  }
  if (used) yield used;
}

/** Every page of a process that was ever written to, as /proc/<pid>/mem gives it to its parent or to root. */
export function* memoryOf(pid: number): Generator<View> {
  const file = openSync(`/proc/${pid}/mem`, 'r');
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES + 2 * MARGIN_BYTES);
  try {
    for (const mapping of mappingsOf(pid)) {
      for (const used of usedOf(mapping, pagemap)) yield* viewsOf(used, file, buffer);
    }
  } finally {
    closeSync(file);
    closeSync(pagemap);
  }
}

function* viewsOf({ name, from, to }: Mapping, file: number, buffer: Buffer): Generator<View> {
  for (let at = from; at < to; at += BigInt(CHUNK_BYTES)) {
    const before = at === from ? 0 : MARGIN_BYTES;
    const begin = at - BigInt(before);
    const left = to - begin;
    const want = left < BigInt(buffer.length) ? Number(left) : buffer.length;
    try {
      const got = readSync(file, buffer, 0, want, begin);
      yield { bytes: buffer.subarray(0, got), from: before, to: Math.min(got, before + CHUNK_BYTES), name };
    } catch {
      // a page that went away between the list and the read
    }
  }
}
