import { RESERVED_NAMES } from '../../skills/rules/specification.ts';
import { COMMON_WORDS } from '../../skills/terms.ts';
import { slugify } from './slugify.ts';

/** Scripts that cannot be put into Latin letters meaningfully without a dictionary: 定例 would become ding-li. */
const NEEDS_DICTIONARY = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Clients refuse names with these anywhere inside. */
const RESERVED_WORD = /claude|anthropic/;
const WORD = /(?<![\p{L}\p{N}])[A-Za-z][A-Za-z0-9]{2,23}(?![\p{L}\p{N}])/gu;
const WORDS_OF_A_NAME = 4;

/**
 * Makes a name that every client accepts of what a model called an item. Where that has no readable name in it, Latin words of `sources`
 * are used: the item's own first, the goal last.
 */
export function skillName(given: string, sources: readonly string[]): string {
  const own = withoutReserved(slugify(given));
  const says = /[a-z]/.test(own);
  if (says && !NEEDS_DICTIONARY.test(given)) return own;
  const words = wordsOf([given, ...sources]);
  if (words.length >= 2) return words.join('-');
  // Even unreadable transliterated letters tell items apart, while a common word such as "skill" would fit any item.
  if (says) return own;
  return words[0] === undefined ? 'new-task' : `${words[0]}-task`;
}

function withoutReserved(slug: string): string {
  const name = slug
    .split('-')
    .filter((part) => !RESERVED_WORD.test(part))
    .join('-');
  return RESERVED_NAMES.has(name) ? '' : name;
}

function wordsOf(texts: readonly string[]): readonly string[] {
  const words = texts
    .flatMap((text) => text.match(WORD) ?? [])
    .map((word) => word.toLowerCase())
    .filter((word) => !COMMON_WORDS.has(word) && !RESERVED_WORD.test(word) && !RESERVED_NAMES.has(word));
  return [...new Set(words)].slice(0, WORDS_OF_A_NAME);
}
