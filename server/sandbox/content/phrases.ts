import { contentWords, slug } from './text.ts';

export function singular(word: string): string {
  if (/(?:ss|us|is|news|series)$/.test(word) || word.length < 4) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<=(?:sh|ch|x|z))es$/, '')
    .replace(/s$/, '');
}

/** At most three words that name the thing: the first of a list, its last words. */
export function label(object: string): string {
  const [first = object] = object.split(/\s*(?:,|\band\b|\bor\b|&|\/)\s*/);
  const words = contentWords(first.replaceAll(/['’]s\b/g, '')).filter((word) => slug(word) !== '');
  return words.slice(-3).join(' ');
}

/** Puts phrases into a line; "the what needs a guide" loses its article. */
export function fill(line: string, words: Readonly<Record<string, string>>): string {
  const filled = line.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
  return filled
    .replaceAll(/\bthe (?=(?:the|what|which|anything|everything|whatever|it)\b)/gi, '')
    .replaceAll(/\bwhich the /gi, 'which ');
}

/** Sentence case is for sentences: "Weekly release notes" in the middle of one, but "SQL queries". */
export function inline(phrase: string): string {
  return /^\p{Lu}\p{Ll}/u.test(phrase) ? phrase.slice(0, 1).toLowerCase() + phrase.slice(1) : phrase;
}

export function listed(phrases: readonly string[]): string {
  return phrases.length < 2
    ? (phrases[0] ?? '')
    : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1) ?? ''}`;
}

/** A skill is read by others than the one who typed the goal: "my landing page" is the user's there. */
export function forOthers(text: string): string {
  return text
    .replaceAll(/\b(?:my|our)\b/g, 'the user’s')
    .replaceAll(/\bme\b/g, 'the user')
    .replaceAll(/\bthe (?=the user)/g, '');
}

const PLURAL = /(?<!s|u|i)s$/i;

/** "the landing page", but "release notes": English wants an article before one thing, and lines are written without. */
export function withArticle(phrase: string): string {
  const [head = ''] = phrase.split(/\s+(?:of|for|on|about|to|in|with|from|by|at|that|which)\s/);
  const many = PLURAL.test(head) || /,|\sand\s/.test(head);
  const complete =
    /^(?:the|a|an|it|any\w*|every\w*|some\w*|what|which|who\w*|those|people|\d+|one|two|three|four|five|[“"])\b|^[“"]/i.test(
      phrase,
    );
  return many || complete ? phrase : `the ${phrase}`;
}
