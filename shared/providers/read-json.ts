/** An object of a provider's JSON. Its fields are `unknown` until the functions below have checked them. */
export type Json = Readonly<Record<string, unknown>>;

/** Undefined for text that is not valid JSON. Nothing of the text gets into an error. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's message quotes up to ten characters of the text, so it is not passed on.
    return undefined;
  }
}

/** The value as an object; undefined for null, lists and everything else. */
export function jsonOf(value: unknown): Json | undefined {
  // as: an object that is no array has string keys and unknown values
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The value where it is a string, an empty one included; else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const MAX_TOKENS = 1_000_000_000;

/** A count of tokens; undefined for everything that cannot be one: negative, a fraction, 1e308, a string. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : undefined;
}
