import { randomBytes } from 'node:crypto';

/** Every canary is built of 16-character blocks of this mark and 12 random characters, so that one search finds whole ones and fragments. */
export const MAGIC = 'QzV9';
export const BLOCK_CHARS = 16;

export interface Canary {
  readonly key: string;
  readonly blocks: readonly string[];
}

function random(chars: number): string {
  return randomBytes(chars * 2)
    .toString('base64')
    .replace(/[+/=]/g, '')
    .slice(0, chars);
}

/** A key that looks like Anthropic's, or like another provider's with that prefix. */
export function makeCanary(prefix = 'sk-ant-api03-'): Canary {
  const blocks = Array.from({ length: 4 }, () => MAGIC + random(BLOCK_CHARS - MAGIC.length));
  return { key: prefix + blocks.join(''), blocks };
}
