/** What a provider sends is `unknown` until these have looked at it. */
export type Json = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's message quotes up to ten characters of the text, so it must not travel on.
    return undefined;
  }
}

export function jsonOf(value: unknown): Json | undefined {
  // as: an object that is no array has string keys and unknown values
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const MAX_TOKENS = 1_000_000_000;

/** A count of tokens; undefined for everything that is none: negative, a fraction, 1e308, a string. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : undefined;
}
