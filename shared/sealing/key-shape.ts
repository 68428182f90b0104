import type { Failure } from '../contract/failure.ts';
import { KEY_PREFIXES, KEY_VENDORS, PASTED_AROUND } from '../providers/key-prefixes.ts';
import { KEY_FAULTS } from './key-faults.ts';

/** What a key is judged by: the chosen provider's id and name, and whether it takes runs without one. */
export interface KeyRules {
  readonly id: string;
  readonly name: string;
  readonly key?: 'none' | 'optional' | 'required';
}

const MIN_CHARS = 8;
/** At an operator's own server a key may be anything, as `sk-1234` or a JWT; below it the search for echoes would hit words. */
const MIN_OWN_CHARS = 6;
/** Bedrock's short-term keys are a whole signed URL; nothing else comes near. */
const MAX_CHARS = 4096;
/** Providers of which some keys at least have no prefix that they could be told by. */
const ANY_PREFIX: ReadonlySet<string> = new Set(['azure', 'cohere', 'mistral', 'together']);

/**
 * Why this is not a key for that provider; undefined when it may be one. Reads characters by their codes, so that the server can ask
 * about bytes; quotes nothing of them. Linear in the length, which is bounded first.
 */
export function judgeKey(
  codeAt: (index: number) => number,
  length: number,
  { id, name, key }: KeyRules,
): Failure | undefined {
  if (length === 0) return KEY_FAULTS.missing(name);
  const isOwn = key === 'optional';
  if (length < (isOwn ? MIN_OWN_CHARS : MIN_CHARS) || length > MAX_CHARS) return KEY_FAULTS.length;
  const has = (text: string, at: number): boolean =>
    Array.from(text).every((char, i) => codeAt(at + i) === char.charCodeAt(0));
  for (let i = 0; i < length; i++) if (codeAt(i) < 0x21 || codeAt(i) > 0x7e) return KEY_FAULTS.characters;
  if (isOwn) return undefined;
  for (let i = 0; i + 3 <= length; i++) if (has('...', i) || has('***', i)) return KEY_FAULTS.shortened;

  const known = KEY_PREFIXES.find(({ prefix }) => has(prefix, 0));
  if (known?.refuse) return KEY_FAULTS.tooMuch(known.refuse);
  const own = KEY_PREFIXES.filter(({ vendors }) => vendors?.includes(id)).map(({ prefix }) => prefix);
  const others = known?.vendors;
  if (others && !others.includes(id) && (own.length > 0 || ANY_PREFIX.has(id))) {
    const names = new Set(others.map((other) => KEY_VENDORS[other] ?? other));
    return KEY_FAULTS.otherProvider([...names].join(' or '), name);
  }
  return !known && own.length > 0 && !ANY_PREFIX.has(id) ? KEY_FAULTS.unlike(name, own) : undefined;
}

/** Whose keys begin like this one, by their ids in the catalogue. Only for text. */
export function vendorsOf(key: string): readonly string[] {
  return KEY_PREFIXES.find(({ prefix }) => key.startsWith(prefix))?.vendors ?? [];
}

/** Takes what people paste around a key off it, and says what was taken off. Only for text: the server does not guess. */
export function cleanKey(pasted: string): { readonly key: string; readonly notices: readonly string[] } {
  const notices: string[] = [];
  let key = pasted;
  // Nothing that long is a key, and judgeKey says so.
  if (key.length > 2 * MAX_CHARS) return { key, notices };
  for (const { pattern, notice } of PASTED_AROUND) {
    const rest = pattern ? key.replace(pattern, '') : key.trim();
    if (rest !== key) notices.push(notice);
    key = rest;
  }
  return { key, notices };
}
