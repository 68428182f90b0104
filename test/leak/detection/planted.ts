import { createHash } from 'node:crypto';
import { CANARY_LENGTHS, type Canary, canaryOf } from '../canary.ts';

/** Where a process may keep a copy of a key. */
export const MEMORIES = [
  "V8's heap: strings",
  "V8's heap: strings of two bytes",
  "V8's heap: arrays of 64 bytes or less",
  'malloc',
  'memory of WebAssembly',
  "a worker's heap",
  'the stack',
] as const;
export type Memory = (typeof MEMORIES)[number];

/** As it was written, or with every 24th byte written over, as V8's hash maps do to a block that they get. */
export const DAMAGES = ['whole', 'every 24th byte overwritten'] as const;

export interface Plant {
  readonly memory: Memory;
  readonly length: number;
  readonly damage: (typeof DAMAGES)[number];
  readonly copy: number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** What V8 has on its heap of an array is its first 64 bytes. */
const ON_HEAP_BYTES = 64;

export function plantsOf(copies: number): readonly Plant[] {
  return MEMORIES.flatMap((memory) =>
    CANARY_LENGTHS.filter((length) => memory !== MEMORIES[2] || length <= ON_HEAP_BYTES).flatMap((length) =>
      DAMAGES.flatMap((damage) =>
        Array.from({ length: copies }, (_, copy) => ({ memory, length, damage, copy })),
      ),
    ),
  );
}

/** The random part of a plant's canary, one character after the other: whoever plants it never has it elsewhere. */
export function* charsOf(seed: string, plant: Plant, length: number): Generator<number> {
  for (let block = 0; ; block++) {
    const hash = createHash('sha256')
      .update(JSON.stringify([seed, plant, block]))
      .digest();
    for (let i = 0; i < hash.length; i++) {
      if (block * hash.length + i >= length) return;
      yield ALPHABET.charCodeAt((hash[i] ?? 0) % ALPHABET.length);
    }
  }
}

export function canaryAt(seed: string, plant: Plant): Canary {
  return canaryOf(plant.length, (chars) => String.fromCharCode(...charsOf(seed, plant, chars)));
}

/** What stands in the memory instead of the character at that place. */
export function damaged(char: number, at: number, { damage }: Plant): number {
  return damage === 'whole' || at % 24 !== 16 ? char : 1;
}
