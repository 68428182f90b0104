import * as z from 'zod/mini';

/** How fast an answer comes: to its first event, from event to event, and how much text is in one. */
export const timing = z.strictObject({
  firstMs: z.number().check(z.gte(0)),
  eventMs: z.number().check(z.gte(0)),
  charsPerEvent: z.int().check(z.gt(0)),
});
export type Timing = z.infer<typeof timing>;

/** `real`: 0.3 to 0.6 s to the first token, then some 140 tokens a second, as fast models do. `fast`: four times as quick. */
export const namedPace = z.enum(['real', 'fast', 'instant']);
export type NamedPace = z.infer<typeof namedPace>;
/** By name, or told in milliseconds. */
export const pace = z.union([namedPace, timing]);
export type Pace = z.infer<typeof pace>;

const REAL = { firstMs: 300, spreadMs: 300, eventMs: 14, charsPerEvent: 8 };

/** What a pace means for one answer: `seed` spreads the first token of the named ones. */
export function timingOf(pace: Pace, seed: number): Timing {
  if (pace === 'instant') return { firstMs: 0, eventMs: 0, charsPerEvent: 24 };
  if (typeof pace === 'object') return pace;
  const firstMs = REAL.firstMs + (seed % REAL.spreadMs);
  if (pace === 'fast')
    return { firstMs: firstMs / 4, eventMs: REAL.eventMs / 2, charsPerEvent: REAL.charsPerEvent * 2 };
  return { firstMs, eventMs: REAL.eventMs, charsPerEvent: REAL.charsPerEvent };
}

/** A run of numbers from 0 to 1 that a seed decides: answers come with some jitter, and always the same. */
export function createJitter(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Cuts a text into the pieces of its events, half to one and a half times `charsPerEvent` long, never inside a character. */
export function cutText(text: string, charsPerEvent: number, seed: number): readonly string[] {
  const jitter = createJitter(seed);
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + Math.max(1, Math.round(charsPerEvent * (0.5 + jitter())));
    const unit = text.charCodeAt(to - 1);
    if (unit >= 0xd800 && unit < 0xdc00) to += 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
