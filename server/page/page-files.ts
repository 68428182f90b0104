import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { ENCODINGS, type Encoding } from '../http/accept-encoding.ts';

export interface PageFile {
  readonly type: string;
  readonly hash: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly encoded: ReadonlyMap<Encoding, Uint8Array<ArrayBuffer>>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Reads the built page's files, each once: a build that replaces them does not change what this process serves. What is asked for is a
 * name, never a path, so that nothing outside of the folder can be reached.
 */
export function createPageFiles(root: string): (path: string) => Promise<PageFile | undefined> {
  const known = new Map<string, Promise<PageFile | undefined>>();
  return (path) => {
    const reading = known.get(path) ?? readPageFile(root, path);
    known.set(path, reading);
    // A file that is missing may appear later, and made-up names must not fill the memory, so that misses are not remembered.
    void reading.then((file) => file ?? known.delete(path));
    return reading;
  };
}

async function readPageFile(root: string, path: string): Promise<PageFile | undefined> {
  const type = TYPES[extname(path)];
  if (type === undefined || !/^(?:assets\/)?[\w-]+(?:\.[\w-]+)+$/.test(path)) return undefined;
  const plain = await readIfThere(join(root, path));
  if (!plain) return undefined;
  const encoded = await Promise.all(
    ENCODINGS.map(async ([name, ending]) => [name, await readIfThere(join(root, path + ending))] as const),
  );
  return {
    type,
    plain,
    hash: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    encoded: new Map(encoded.flatMap(([name, bytes]) => (bytes ? [[name, bytes] as const] : []))),
  };
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return undefined;
  }
}
