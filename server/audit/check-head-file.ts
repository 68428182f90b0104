import { createHash, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type AuditHead, type HeadLine, isSigned, linkOf, parseHeadLine, type Writer } from './head-lines.ts';

/** What is wrong with the file itself. */
export type HeadFault =
  | 'damaged'
  | 'signed by nobody'
  | 'signed by another'
  | 'not the line that was written'
  | 'lines are missing before it'
  | 'what stood before it was changed'
  | 'another hash than before';

export interface HeadFileCheck {
  /** All heads that were ever noted; of two for one entry the first, since who adds a line later rewrote the entry. */
  readonly heads: readonly AuditHead[];
  /** The first bad line, from 1. */
  readonly fault: { readonly line: number; readonly fault: HeadFault } | undefined;
}

interface Line {
  readonly number: number;
  /** Where it begins and ends in the file, in bytes. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Reads the file and checks that it is as it was written. Undefined: there is no such file. `publicKey` is the server's own, where it is known. */
export async function checkHeadFile(
  file: string,
  publicKey: KeyObject | undefined,
): Promise<HeadFileCheck | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const lines = linesOf(bytes);
  const parsed = lines.map((line) => ({ ...line, said: parseHeadLine(line.text) }));
  const covered = new Set(parsed.flatMap(({ said }) => (said?.kind === 'open' ? [said.bytes] : [])));
  const firstOpen = parsed.find(({ said }) => said?.kind === 'open')?.start;
  const digests = digestsOf(bytes, covered);

  const heads = new Map<string, AuditHead>();
  const writers = new Map<string, Writer>();
  let fault: HeadFileCheck['fault'];
  for (const line of parsed) {
    const found = faultOf(line, { publicKey, covered, firstOpen, digests, writers, size: bytes.length });
    // Entries that a bad line names are not believed.
    const head = line.said && found === undefined && 'head' in line.said ? line.said.head : undefined;
    const name = head && `${head.workspaceId} ${head.seq}`;
    const known = name === undefined ? undefined : heads.get(name);
    if (name !== undefined && head && !known) heads.set(name, head);
    const again = known && head && !known.hash.equals(head.hash) ? 'another hash than before' : undefined;
    const bad = found ?? again;
    if (bad !== undefined) fault ??= { line: line.number, fault: bad };
  }
  // A server that has a signing key has begun every file with it.
  if (publicKey !== undefined && firstOpen === undefined && fault === undefined)
    fault = { line: 1, fault: 'signed by nobody' };
  return { heads: [...heads.values()], fault };
}

interface Known {
  readonly publicKey: KeyObject | undefined;
  /** How many bytes the first lines of writers cover. */
  readonly covered: ReadonlySet<number>;
  readonly firstOpen: number | undefined;
  readonly digests: ReadonlyMap<number, string>;
  readonly writers: Map<string, Writer>;
  readonly size: number;
}

function faultOf(line: Line & { readonly said: HeadLine | undefined }, known: Known): HeadFault | undefined {
  const { said, start, end } = line;
  const { publicKey, covered, firstOpen, digests, writers, size } = known;
  if (said === undefined) {
    // A crash cuts the last line short. The writer after it covers what is left of it.
    return end === size || covered.has(end) ? undefined : 'damaged';
  }
  if (said.kind === 'unsigned')
    return firstOpen === undefined || start < firstOpen ? undefined : 'signed by nobody';
  if (said.kind === 'open') {
    writers.set(said.writer, { id: said.writer, n: 0, link: said.link });
    if (!isSigned(said, publicKey)) return 'signed by another';
    return said.bytes <= start && digests.get(said.bytes) === said.digest
      ? undefined
      : 'what stood before it was changed';
  }
  const before = writers.get(said.writer);
  writers.set(said.writer, { id: said.writer, n: said.n, link: said.link });
  if (!before || before.n + 1 !== said.n) return 'lines are missing before it';
  if (linkOf(before.link, said.covered) !== said.link) return 'not the line that was written';
  return isSigned(said, publicKey) ? undefined : 'signed by another';
}

/** Blank lines are left out: a writer that finds half a line begins a new one. */
function linesOf(bytes: Buffer): readonly Line[] {
  const lines: Line[] = [];
  let number = 1;
  for (let start = 0; start < bytes.length; number++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    if (end > start) lines.push({ number, start, end, text: bytes.toString('latin1', start, end) });
    start = end + 1;
  }
  return lines;
}

/** The SHA-256 of each of the file's beginnings that are asked for, in one pass. */
function digestsOf(bytes: Buffer, lengths: ReadonlySet<number>): ReadonlyMap<number, string> {
  const hash = createHash('sha256');
  let at = 0;
  const digests = new Map<number, string>();
  for (const length of [...lengths].sort((a, b) => a - b)) {
    if (length > bytes.length) break;
    hash.update(bytes.subarray(at, length));
    at = length;
    digests.set(length, hash.copy().digest('hex'));
  }
  return digests;
}
