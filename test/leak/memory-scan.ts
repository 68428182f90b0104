import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { BLOCK_CHARS, type Canary, MAGIC } from './canary.ts';

const CHUNK_BYTES = 8 << 20;
const OVERLAP_BYTES = 512;
const WHOLE_CHARS = 4 * BLOCK_CHARS;

/** Copies found in a process: whole keys, single blocks of one, and blocks in other encodings. `hit` counts canaries with any. */
export interface Residue {
  readonly whole: number;
  readonly fragments: number;
  readonly utf16: number;
  readonly base64: number;
  readonly hex: number;
  readonly hit: number;
  readonly megabytes: number;
}

interface View {
  readonly bytes: Buffer;
  /** Matches that begin behind it belong to the next view. */
  readonly limit: number;
}

/** Every readable page of a process, as /proc/<pid>/mem gives it to its parent or to root. */
function* memoryOf(pid: number): Generator<View> {
  const file = openSync(`/proc/${pid}/mem`, 'r');
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES + OVERLAP_BYTES);
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'latin1').trim().split('\n')) {
      const [, low, high, mode, name] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
      if (!low || !high || !mode || name?.startsWith('[v')) continue;
      const end = BigInt(`0x${high}`);
      // Small guarded mappings can be read through /proc too; big ones are reserved address space.
      if (mode[0] !== 'r' && end - BigInt(`0x${low}`) > 64n << 20n) continue;
      for (let at = BigInt(`0x${low}`); at < end; at += BigInt(CHUNK_BYTES)) {
        const left = end - at;
        const want = Number(left < BigInt(buffer.length) ? left : BigInt(buffer.length));
        try {
          const got = readSync(file, buffer, 0, want, at);
          yield { bytes: buffer.subarray(0, got), limit: Math.min(got, CHUNK_BYTES) };
        } catch {
          // a page that went away between the list and the read
        }
      }
    }
  } finally {
    closeSync(file);
  }
}

function* positions(view: View, needle: Buffer): Generator<number> {
  for (
    let at = view.bytes.indexOf(needle);
    at >= 0 && at < view.limit;
    at = view.bytes.indexOf(needle, at + 1)
  )
    yield at;
}

const RAW = Buffer.from(MAGIC);
const UTF16 = Buffer.from(MAGIC, 'utf16le');
const HEX = [RAW.toString('hex'), RAW.toString('hex').toUpperCase()].map((text) => Buffer.from(text));
/** The characters of base64 that the mark alone decides, when it stands 0, 1 or 2 bytes after a group of three, and how many stand before them. */
const BASE64 = [
  { needle: Buffer.from(Buffer.from(MAGIC).toString('base64').slice(0, 5)), before: 0 },
  { needle: Buffer.from(Buffer.from(`\0${MAGIC}`).toString('base64').slice(2, 6)), before: 2 },
  { needle: Buffer.from(Buffer.from(`\0\0${MAGIC}`).toString('base64').slice(3, 8)), before: 3 },
];

/** Searches a live process for canaries in one pass, whatever their number. */
export function scanMemory(pid: number, canaries: readonly Canary[]): Residue {
  return scan(memoryOf(pid), canaries);
}

/** The same search over bytes: a file, an output, a response. */
export function scanBytes(bytes: Buffer, canaries: readonly Canary[]): Residue {
  return scan([{ bytes, limit: bytes.length }], canaries);
}

/** All copies in all encodings. */
export function copies({ whole, fragments, utf16, base64, hex }: Residue): number {
  return whole + fragments + utf16 + base64 + hex;
}

function scan(views: Iterable<View>, canaries: readonly Canary[]): Residue {
  const blocks = new Map(
    canaries.flatMap(({ blocks }, canary) =>
      blocks.map((block, index) => [block, { canary, index }] as const),
    ),
  );
  const found = { whole: 0, fragments: 0, utf16: 0, base64: 0, hex: 0 };
  const hit = new Set<number>();
  let bytes = 0;
  const note = (kind: keyof typeof found, block: string): void => {
    const known = blocks.get(block);
    if (!known) return;
    found[kind] += 1;
    hit.add(known.canary);
  };
  for (const view of views) {
    bytes += view.limit;
    let counted = -1;
    for (const at of positions(view, RAW)) {
      const known =
        at > counted ? blocks.get(view.bytes.toString('latin1', at, at + BLOCK_CHARS)) : undefined;
      if (!known) continue;
      hit.add(known.canary);
      const whole =
        known.index === 0 &&
        view.bytes.toString('latin1', at, at + WHOLE_CHARS) === canaries[known.canary]?.blocks.join('');
      found[whole ? 'whole' : 'fragments'] += 1;
      if (whole) counted = at + WHOLE_CHARS - 1;
    }
    for (const at of positions(view, UTF16))
      note('utf16', view.bytes.toString('utf16le', at, at + 2 * BLOCK_CHARS));
    for (const needle of HEX)
      for (const at of positions(view, needle))
        note(
          'hex',
          Buffer.from(view.bytes.toString('latin1', at, at + 2 * BLOCK_CHARS), 'hex').toString('latin1'),
        );
    BASE64.forEach(({ needle, before }, shift) => {
      for (const at of positions(view, needle)) {
        if (at >= before)
          note(
            'base64',
            Buffer.from(view.bytes.toString('latin1', at - before, at - before + 28), 'base64')
              .toString('latin1')
              .slice(shift, shift + BLOCK_CHARS),
          );
      }
    });
  }
  return { ...found, hit: hit.size, megabytes: Math.round(bytes / 2 ** 20) };
}
