import type { Failure } from '../contract/failure.ts';
import { KEY_PREFIXES } from '../providers/key-prefixes.ts';

/** What a key is judged by: the chosen provider's id and name. */
export interface KeyRules {
  readonly id: string;
  readonly name: string;
}

const MIN_CHARS = 8;
/** Bedrock's short-term keys are a whole signed URL; nothing else comes near. */
export const MAX_KEY_CHARS = 4096;
/** Providers whose keys have no prefix that they could be told by. */
const ANY_PREFIX: ReadonlySet<string> = new Set(['azure', 'cohere']);

/**
 * Why this is not a key for that provider; undefined when it may be one. Reads characters by their codes, so that the server can ask
 * about bytes; quotes nothing of them. Linear in the length, which is bounded first.
 */
export function judgeKey(codeAt: (index: number) => number, length: number, rules: KeyRules): Failure | undefined {
  const malformed = (message: string): Failure => ({ code: 'key_malformed', message });
  if (length === 0) return { code: 'key_missing', message: `${rules.name} needs a key. Paste yours.` };
  if (length < MIN_CHARS) return malformed('This is too short for a key. Copy the whole key and paste it again.');
  if (length > MAX_KEY_CHARS) return malformed('This is too long for a key. Copy only the key and paste it again.');
  for (let i = 0; i < length; i++) {
    const code = codeAt(i);
    if (code < 0x21 || code > 0x7e) {
      return malformed('The key has a line break, a blank or a character that no key has. Copy it again, in one piece, from the provider.');
    }
  }

  const has = (text: string, at: number): boolean => {
    for (let i = 0; i < text.length; i++) if (codeAt(at + i) !== text.charCodeAt(i)) return false;
    return true;
  };
  for (let i = 0; i + 3 <= length; i++) {
    if (has('...', i) || has('***', i))
      return malformed('This is a shortened key, as lists of keys show it. Copy the whole key, or make a new one at the provider.');
  }
  const known = KEY_PREFIXES.find(({ prefix }) => has(prefix, 0));
  if (known?.refuse)
    return malformed(`This is ${known.refuse}: it can do far more than plan skills, so it is not taken. Make an ordinary API key.`);
  const own = KEY_PREFIXES.filter(({ vendor }) => vendor === rules.id).map(({ prefix }) => prefix);
  // An operator's endpoint may take anything: only the catalogue's providers are told apart.
  const told = own.length > 0 || ANY_PREFIX.has(rules.id);
  if (told && known?.vendor && known.vendor !== rules.id) {
    const message = `This looks like a key of ${known.vendor}, not of ${rules.id}. Choose ${known.vendor} as the provider, or paste another key. Nothing was sent.`;
    return { code: 'key_malformed', reason: 'wrong_provider', message };
  }
  if (!known && own.length > 0)
    return malformed(`This does not look like a key of ${rules.name}: those begin with ${own.join(' or ')}. Copy the key again.`);
  return undefined;
}

/** Takes what people paste around a key off it, and says what was taken off. Only for text: the server does not guess. */
export function cleanKey(pasted: string): { readonly key: string; readonly notices: readonly string[] } {
  const notices: string[] = [];
  let key = pasted;
  const strip = (pattern: RegExp, replacement: string, notice: string): void => {
    const next = key.replace(pattern, replacement);
    if (next !== key) notices.push(notice);
    key = next;
  };
  // Bounded: nothing that long is a key, and judgeKey says so.
  if (key.length > 2 * MAX_KEY_CHARS) return { key, notices };
  strip(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]/g, '', 'Removed invisible characters.');
  if (key !== key.trim()) notices.push('Removed surrounding blanks.');
  key = key.trim();
  strip(/^(?:export\s{1,9}|set\s{1,9})?[A-Z][A-Z0-9_]{2,60}\s{0,9}[=:]\s{0,9}/, '', 'Removed the variable name.');
  strip(/^["'`\u2018\u2019\u201c\u201d]{1,3}|["'`\u2018\u2019\u201c\u201d;,]{1,3}$/g, '', 'Removed quotes.');
  strip(/^(?:authorization:\s{0,9})?bearer\s{1,9}/i, '', 'Removed "Bearer".');
  strip(/^(?:x-api-key|api-key):\s{0,9}/i, '', 'Removed the header name.');
  return { key, notices };
}
