import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Rule } from './script.ts';

const BOMB_BYTES = 100 * 1024 * 1024;
let bomb: Buffer | undefined;

export interface Encoded {
  readonly body: Buffer;
  readonly header: string;
}

/** A body under a content encoding that the request did not ask for. */
export function encode(body: string, encoding: NonNullable<Rule['encoding']>): Encoded {
  if (encoding === 'gzip') return { body: gzipSync(body), header: 'gzip' };
  if (encoding === 'br') return { body: brotliCompressSync(body), header: 'br' };
  bomb ??= gzipSync(gzipSync(gzipSync(Buffer.alloc(BOMB_BYTES))));
  return { body: bomb, header: 'gzip, gzip, gzip' };
}
