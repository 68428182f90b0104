import { codeLines, openFenceLine } from '../answers/code-lines.ts';

const ENDED = /[.!?…。！？．;][\s"'”’»)\]*_`]*$/u;
/** Words that cannot end a sentence. Words that also end a phrase (log in, sort by) are not among them. */
const GOES_ON =
  /(?:[,([{/&+=–—-]|\b(?:and|or|but|the|an|because|whose|which|every|your|our|their|its|und|oder|aber|der|die|das|den|dem|ein|eine|einen|et|ou|mais|le|la|les|des|une|du|y|pero|el|los|las|una|il|gli|een|het|en|ir|oraz|lub))\s*$/iu;
const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])(?:\s+\[[ xX]\])?(?:\s+|$)/;
const WORDS_OF_A_SENTENCE = 8;
const CHARACTERS_OF_A_SENTENCE = 25;

/** The sign in a body that its model stopped in the middle; undefined when there is none. */
export function whyUnfinished(body: string): string | undefined {
  const lines = body.trimEnd().split('\n');
  if (openFenceLine(lines) !== undefined) return 'A code block is never closed.';
  const last = lines.at(-1) ?? '';
  if (codeLines(lines).at(-1) || /^\s*[|>]/.test(last)) return undefined;
  if (/^#{1,6}\s/.test(last)) return 'It ends with a heading that has nothing below.';
  const text = last.replace(LIST_ITEM, '').trim();
  if (text === '') return 'It ends with an empty list item.';
  if (text.endsWith(':') && !LIST_ITEM.test(last)) return 'It ends where a list was announced.';
  if (GOES_ON.test(text) || (text.match(/`/g)?.length ?? 0) % 2 === 1) return MIDDLE;
  if (ENDED.test(text) || !/[\p{L}\p{N}]$/u.test(text)) return undefined;
  return LIST_ITEM.test(last) ? breaksItsList(lines, text) : breaksItsParagraph(lines);
}

const MIDDLE = 'It ends in the middle of a sentence.';

/** An item without a full stop where the others have one. */
function breaksItsList(lines: readonly string[], text: string): string | undefined {
  const begin = lines.findLastIndex((line) => !/^\s/.test(line) && !LIST_ITEM.test(line)) + 1;
  const others = lines.slice(begin, -1).filter((line) => LIST_ITEM.test(line));
  const ended = others.filter((line) => ENDED.test(line)).length;
  return isLong(text) && others.length >= 1 && ended === others.length ? MIDDLE : undefined;
}

function breaksItsParagraph(lines: readonly string[]): string | undefined {
  const begin = lines.findLastIndex((line) => line.trim() === '') + 1;
  return isLong(lines.slice(begin).join(' ')) ? MIDDLE : undefined;
}

function isLong(text: string): boolean {
  return (
    text.trim().split(/\s+/).length >= WORDS_OF_A_SENTENCE ||
    (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0) >=
      CHARACTERS_OF_A_SENTENCE
  );
}
