import { randomBytes } from 'node:crypto';

/**
 * The lengths of keys as providers give them out: V8 treats what has 64 bytes or less otherwise than what has more, so both kinds are in
 * every test of memory.
 */
export const CANARY_LENGTHS = [20, 32, 39, 52, 64, 65, 77, 120, 164] as const;
const USUAL_LENGTH = 77;
const BLOCK_CHARS = 16;

/** A key that exists nowhere else. */
export interface Canary {
  readonly key: string;
  /** The random part: what stands before it is public, and in many places. */
  readonly secret: string;
  /** Pieces of the random part that cover it, for searches in texts. */
  readonly blocks: readonly string[];
}

function random(chars: number): string {
  return randomBytes(chars * 2)
    .toString('base64')
    .replace(/[+/=]/g, '')
    .slice(0, chars);
}

/** A key that looks like Anthropic's, or like another provider's with that prefix. */
export function makeCanary(prefix?: string, length = USUAL_LENGTH): Canary {
  return canaryOf(length, random, prefix);
}

/** Its random part is what `secretOf` so many characters returns. */
export function canaryOf(length: number, secretOf: (chars: number) => string, prefix?: string): Canary {
  const begin = prefix ?? (length < 32 ? 'sk-ant-' : 'sk-ant-api03-');
  const secret = secretOf(length - begin.length);
  const last = Math.max(0, secret.length - BLOCK_CHARS);
  const blocks = Array.from({ length: Math.ceil(last / BLOCK_CHARS) + 1 }, (_, i) =>
    secret.slice(Math.min(i * BLOCK_CHARS, last)).slice(0, BLOCK_CHARS),
  );
  return { key: begin + secret, secret, blocks };
}

/** One of each length, `times` over. */
export function canariesOfAllLengths(times = 1): readonly Canary[] {
  return Array.from({ length: times }, () =>
    CANARY_LENGTHS.map((length) => makeCanary(undefined, length)),
  ).flat();
}
