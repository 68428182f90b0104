import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import yauzl from 'yauzl';
import type { FoundFile } from './imported-plan.ts';

/**
 * The files of a stranger's archive, in memory alone. What an archive claims is checked before a byte is unpacked, and what it unpacks to
 * ends where it claimed to: neither a bomb nor a link nor a path that leads elsewhere gets further than this file.
 */

const MAX_FILES = 500;
const MAX_UNPACKED_BYTES = 10_000_000;
const FILE_TYPE = 0o170000;
const LINK = 0o120000;

/** The files, or in a sentence what is wrong with the archive. */
export type ReadArchive = readonly FoundFile[] | string;

/** A ZIP or a gzipped tar, told by their first bytes. */
export async function readArchive(bytes: Uint8Array): Promise<ReadArchive> {
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return await readZip(bytes);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return await readTar(bytes);
    return 'This is neither a ZIP nor a .tar.gz.';
  } catch (error) {
    if (error instanceof Refused) return error.message;
    // a library's words for a broken archive; they may quote a path of it
    return 'The archive is damaged, or has a path that leads out of it.';
  }
}

class Refused extends Error {
  override readonly name = 'Refused';
}

async function readZip(bytes: Uint8Array): Promise<readonly FoundFile[]> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { strictFileNames: true });
  const files: FoundFile[] = [];
  const bound = createBound();
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize, externalFileAttributes } = entry;
    if (((externalFileAttributes >>> 16) & FILE_TYPE) === LINK)
      throw new Refused('The archive has a link in it.');
    if (entry.isEncrypted()) throw new Refused('The archive is encrypted.');
    if (fileName.endsWith('/')) continue;
    bound(fileName, uncompressedSize);
    const stream = await zip.openReadStreamPromise(entry);
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part);
    files.push({ path: fileName, content: textOf(Buffer.concat(parts)) });
  }
  return files;
}

async function readTar(bytes: Uint8Array): Promise<readonly FoundFile[]> {
  const tar = await promisify(gunzip)(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).catch(() => {
    throw new Refused('The archive is damaged, or unpacks to more than 10 MB.');
  });
  const bound = createBound();
  const files: FoundFile[] = [];
  for (const { header, data } of await unpackTar(tar)) {
    if (header.type === 'directory' || header.type === 'pax-global-header') continue;
    if (header.type !== 'file') throw new Refused('The archive has a link or a device in it.');
    bound(header.name, header.size);
    files.push({ path: header.name.replace(/^\.\//, ''), content: textOf(data ?? new Uint8Array()) });
  }
  return files;
}

/** Counts what an archive says that it holds. */
function createBound(): (path: string, size: number) => void {
  const seen = new Set<string>();
  let total = 0;
  return (path, size) => {
    total += size;
    if (seen.has(path)) throw new Refused('The archive has two files of one name.');
    seen.add(path);
    if (seen.size > MAX_FILES) throw new Refused(`The archive has more than ${MAX_FILES} files.`);
    if (total > MAX_UNPACKED_BYTES) throw new Refused('The archive unpacks to more than 10 MB.');
  };
}

/** As UTF-8; null for what is no text: other bytes, or a NUL, which no database takes. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
