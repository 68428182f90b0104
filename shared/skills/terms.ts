// Words that nearly every description has. They would make any two skills look similar.
/** English function words, and words such as "skill" that every description of a skill has. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and any are as at be by can do does for from has have how if in into is it its need needs of on or such that the their them then ' +
    'these they this to up use used user users uses using want wants was when where which will with you your ask asks asked skill skills ' +
    'agent agents also other etc about help helps all each new not via per whenever'
  ).split(' '),
);
// These scripts have no blanks between words, so that pairs of characters stand in for words.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const MAX_TERMS = 4000;

/** The words that search and comparison use: in one case and width, without common words, English endings cut, long words shortened. */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (terms.length >= MAX_TERMS) break;
    if (UNSPACED.test(word)) terms.push(...pairsOf(word));
    else if (!COMMON_WORDS.has(word)) terms.push(stem(word.slice(0, 40)));
  }
  return terms;
}

function pairsOf(word: string): readonly string[] {
  const characters = [...word].slice(0, 400);
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Makes `commits`, `committed` and `committing` equal. It does no more linguistics than that. */
function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const cut = word
    .replace(/(?:ies)$/, 'y')
    .replace(/(?:sses)$/, 'ss')
    .replace(/([^su])s$/, '$1')
    .replace(/(?:ing|ed)$/, (ending) => (word.length - ending.length >= 3 ? '' : ending))
    .replace(/([bdfgklmnprt])\1$/, '$1');
  return cut.replace(/(.{3})e$/, '$1');
}
