import { oneLine } from '../one-line.ts';

/** What a description may have. Source: agentskills.io specification. */
export const MAX_DESCRIPTION = 1024;
/** How a sentence begins that says when to load a skill. The other sentences only help to choose between skills. */
const SAYS_WHEN =
  /\b(?:use (?:this|it|when|whenever|for|if|after|before)|when (?:the )?user|triggers?|invoke)\b|\b(?:verwende[nt]?|nutze[nt]?|benutze|einsetzen|wenn)\b|\b(?:utilise[rz]?|à utiliser|lorsque?|quand)\b|\b(?:úsalo|usar|úsese|cuando)\b|\b(?:usa(?:re|lo)?|quando|use quando)\b|\b(?:gebruik|wanneer)\b|\b(?:użyj|używaj|gdy)\b|использ|применя|когда|場合|とき|際に|使用|当用户|當用戶|때/iu;

/** One line that fits. Too long a one ends with a sentence, and what says when to use the skill is kept. */
export function shortenDescription(text: string, max = MAX_DESCRIPTION): string {
  const line = oneLine(text, Number.MAX_SAFE_INTEGER);
  if (line.length <= max) return line;
  const sentences = sentencesOf(line);
  const when = sentences.findIndex((sentence) => SAYS_WHEN.test(sentence));
  const chosen = new Set<number>();
  let left = max;
  // Takes the sentence that says when to load the skill, then from the beginning as many whole sentences as there is room for.
  for (const index of new Set([...(when < 0 ? [] : [when]), ...sentences.keys()])) {
    const length = (sentences[index]?.length ?? 0) + 1;
    if (length > left) {
      if (index === when) continue;
      break;
    }
    chosen.add(index);
    left -= length;
  }
  if (when >= 0 && !chosen.has(when)) return withLongTrigger(sentences, when, max);
  if (chosen.size === 0 || (chosen.size === 1 && chosen.has(when) && when > 0))
    return joinCut(line, when > 0 ? (sentences[when] ?? '') : '', max);
  return sentences.filter((_, index) => chosen.has(index)).join(' ');
}

/** Where that sentence is too long itself, it gets the room that the others leave, and half of the whole at least. */
function withLongTrigger(sentences: readonly string[], when: number, max: number): string {
  const what = sentences.slice(0, when).join(' ');
  const trigger = cutAtWord(sentences[when] ?? '', Math.max(Math.floor(max / 2), max - what.length - 1));
  return what === '' ? trigger : joinCut(what, trigger, max);
}

function joinCut(what: string, when: string, max: number): string {
  if (when === '') return cutAtWord(what, max);
  return `${cutAtWord(what, max - when.length - 1)} ${when}`;
}

function cutAtWord(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  const blank = cut.search(/[\s,;:，、；]+[^\s,;:，、；]*$/u);
  return `${(blank > max / 2 ? cut.slice(0, blank) : cut).trimEnd()}…`;
}

function sentencesOf(line: string): readonly string[] {
  return Array.from(new Intl.Segmenter('en', { granularity: 'sentence' }).segment(line), ({ segment }) =>
    segment.trim(),
  ).filter((sentence) => sentence !== '');
}
