/**
 * Which language a text is in, when its letters and short words leave no doubt; undefined rather than a guess. Meant for goals of ten words
 * and bodies of a thousand, where counting letter triples mistakes short English for Danish.
 */
export type Language =
  | 'en'
  | 'de'
  | 'fr'
  | 'es'
  | 'pt'
  | 'it'
  | 'nl'
  | 'pl'
  | 'cs'
  | 'sv'
  | 'da'
  | 'fi'
  | 'tr'
  | 'ro'
  | 'hu'
  | 'id'
  | 'vi'
  | 'ja'
  | 'zh'
  | 'ko'
  | 'ru'
  | 'uk'
  | 'el'
  | 'ar'
  | 'he'
  | 'th'
  | 'hi';

/** Norwegian and Danish share their short words, so that they count as one. */
const LITTLE_WORDS: Readonly<Partial<Record<Language, string>>> = {
  en: 'the and of to is are for with that this from when which it on as be or by not each who what into our my your we if in an have has then',
  de: 'der die das und ist nicht mit für auf eine einen einem einer den dem des von zu wird werden bei aus wenn oder auch nach über sich im am zum zur sie wir jede jeden jedes unsere unser mein meine ein ich',
  fr: 'le la les des et est une un dans pour avec sur par du au aux que qui ne pas ce cette ces il elle sont nos notre chaque vous nous leur mes de je ou',
  es: 'el la los las de y es una un en para con por que no se del al su como este esta cada lo más nuestro nuestra mis si o',
  pt: 'o a os as de e é uma um em para com por que não se do da dos das no na ao como este esta cada nosso nossa meus ou',
  it: 'il lo la i gli le di e è una un in per con da che non si del della dei delle nel nella al come questo ogni nostro nostra miei o',
  nl: 'de het een en van is in op voor met dat die niet aan te bij uit naar wordt worden ook ons onze elke mijn als of',
  pl: 'i w na z do nie się jest to że dla od po przez oraz lub jak każdy każdego każdej nasze moje o',
  cs: 'a v na se je že do pro s z jako nebo který která není jsou každý naše moje',
  sv: 'och i att det som en på är för av med den till inte om ett från eller varje våra vår mina',
  da: 'og i at det som en på er for av af med den til ikke om et fra eller hver vores våre mine',
  fi: 'ja on ei se että joka mutta kun niin tai sekä myös ovat jokainen meidän',
  tr: 've bir bu için ile de da her olan olarak gibi ne daha çok veya',
  ro: 'și în de la cu pe pentru din este nu o un care sau mai fiecare noastre',
  hu: 'a az és egy nem hogy is van vagy minden meg mint',
  id: 'dan yang di ke dari untuk dengan ini itu tidak pada adalah setiap atau',
  vi: 'và của là có cho các không một được trong mỗi từ',
};
/** Letters beyond a to z that a language writes its own words with. */
const LETTERS: Readonly<Partial<Record<Language, string>>> = {
  en: '',
  de: 'äöüß',
  fr: 'àâæçèéêëîïôœùûÿ',
  es: 'áéíñóúü',
  pt: 'àáâãçéêíóôõú',
  it: 'àèéìíîòóùú',
  nl: 'éëïóö',
  pl: 'ąćęłńóśźż',
  cs: 'áčďéěíňóřšťúůýž',
  sv: 'åäöé',
  da: 'åæøé',
  fi: 'äöå',
  tr: 'âçğıîöşü',
  ro: 'ăâîșşțţ',
  hu: 'áéíóöőúüű',
  id: '',
};
const SETS = Object.entries(LITTLE_WORDS).map(
  // as: Object.entries loses the literal names
  ([language, words]) => [language as Language, new Set(words.split(' '))] as const,
);

const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
];
const HAN = /\p{Script=Han}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
/** Texts of every language are full of English names. This share of the letters makes it another language. */
const SHARE = 0.25;
const MAX_CHARS = 8_000;

/** Looks at the beginning of long texts only. Code and links do not count. */
export function languageOf(text: string): Language | undefined {
  const prose = proseOf(text.slice(0, MAX_CHARS));
  const letters = count(prose, /\p{L}/gu);
  if (letters === 0) return undefined;
  const [han, kana] = [count(prose, HAN), count(prose, KANA)];
  // One of these characters says as much as a short word.
  if ((han + kana) * 2 >= letters * SHARE) {
    if (kana > 0) return 'ja';
    return han >= 2 ? 'zh' : undefined;
  }
  const script = SCRIPTS.find(([, pattern]) => count(prose, pattern) >= letters * SHARE)?.[0];
  if (script === 'ru') return /[іїєґ]/i.test(prose) && !/[ыэъё]/i.test(prose) ? 'uk' : 'ru';
  return script ?? latinLanguageOf(prose);
}

interface Rank {
  readonly language: Language;
  readonly hits: number;
  readonly kinds: number;
}

function latinLanguageOf(prose: string): Language | undefined {
  const words = wordsOf(prose);
  const [best, next] = rank(words);
  if (!best || !next || best.kinds < 2 || best.hits < words.length * 0.08) return undefined;
  return best.hits >= next.hits * 1.3 && best.hits > next.hits ? best.language : undefined;
}

function wordsOf(prose: string): readonly string[] {
  return prose.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
}

function rank(words: readonly string[]): readonly Rank[] {
  return SETS.map(([language, set]) => {
    const hits = words.filter((word) => set.has(word) || isOwn(word, language));
    const foreign = words.filter((word) => isForeign(word, language));
    return { language, hits: hits.length - foreign.length, kinds: new Set(hits).size };
  }).toSorted((a, b) => b.hits - a.hits || b.kinds - a.kinds);
}

function isOwn(word: string, language: Language): boolean {
  return [...(LETTERS[language] ?? '')].some((letter) => word.includes(letter));
}

function isForeign(word: string, language: Language): boolean {
  const letters = LETTERS[language];
  return letters !== undefined && [...word].some((letter) => letter > '\x7f' && !letters.includes(letter));
}

/** The language of `text` when it is surely not that of `reference`, even if it cannot be told which one it is. */
export function otherLanguage(reference: string, text: string): Language | undefined {
  const [wanted, found] = [languageOf(reference), languageOf(text)];
  if (found === undefined || found === wanted) return undefined;
  if (wanted !== undefined) return found;
  if (LITTLE_WORDS[found] === undefined) return isLatin(reference) ? found : undefined;
  // Spanish or Portuguese cannot be told apart here, but it is not English.
  const ranked = rank(wordsOf(proseOf(reference)));
  const [best, same] = [ranked[0], ranked.find(({ language }) => language === found)];
  const surely = best && same && best.kinds >= 2 && best.hits >= 3 && same.hits * 2 < best.hits;
  return surely ? found : undefined;
}

function isLatin(text: string): boolean {
  return /\p{Script=Latin}{3}/u.test(text) && !/(?!\p{Script=Latin})\p{L}/u.test(text);
}

/** The text without code, links and file names, which are English in all languages. */
function proseOf(text: string): string {
  return text
    .replaceAll(/^ {0,12}(`{3,}|~{3,})[\s\S]*?(?:^ {0,12}\1[`~]*[ \t]*$|(?![\s\S]))/gm, ' ')
    .replaceAll(/`[^`\n]*`/g, ' ')
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/[\w-]+(?:[./\\][\w-]+)+/g, ' ');
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
