/** Removes what a model says to its user before and after a draft: sentences that speak of the draft or address its reader. */
import { codeLines, fenceMark } from './code-lines.ts';
import { OPENING_TAG } from './unwrap-text.ts';

const MAX_TALK = 600;
const BEFORE =
  /^\W*(?:here(?:['’]s| is| are)|below (?:is|are)|sure\b|of course|certainly|absolutely|okay\b|ok\b|got it|understood|great\b|thanks?\b|i(?:['’]ve| have|['’]ll| will|['’]m| am)\b|let me\b|this is the\b|the (?:following|skill(?:['’]s)? body|body of|markdown)\b|as requested|(?:[\w-]+\/)?skill\.md\W*$|based on (?:your|the)|(?:(?:final|revised|updated) )?(?:skill )?(?:draft|body|answer|output|result)\W*$|hier (?:ist|sind)|gerne|natürlich|voici|bien sûr|d['’]accord|aquí (?:está|tiene)|claro|por supuesto|aqui está|ecco|certo|hieronder|oto\b|вот|конечно|以下|承知|こちら|はい|好的|这是|這是|다음은|네,)/i;
const AFTER =
  /^\W*(?:let me know|i hope|hope (?:this|that)|feel free|please (?:let me|feel free|review|tell me)|would you like|do you want me|if you(?:['’]d| would)? (?:like|want|need) (?:me to|(?:any |further |more |additional )?(?:changes|adjustments|modifications|help|revisions|tweaks))|is there anything|happy to|word count\W+\d|i(?:['’]ve| have) (?:written|included|kept|added|made|followed|tried|created|covered)|i can (?:also|adjust|expand|add|refine)|this (?:skill|body|draft|markdown|document) (?:body )?(?:covers|follows|includes|should|is (?:ready|complete|designed|written)|has been|stays|keeps)|(?:end|eof)\W*$|(?:end of|that(?:['’]s| is) the) (?:the )?(?:skill|body|draft|document)|lass(?:en sie)? (?:es )?mich wissen|sag(?:en sie)? (?:mir )?bescheid|ich hoffe|n['’]hésitez|j['’]espère|dites-moi|avísame|espero que|dime si|háblame|fammi sapere|spero che|daj mi znać|дайте знать|надеюсь|ご不明|ご確認|必要であれば|何か|如果您|希望|请告诉|如需|도움이)/i;

// A mark's words begin with no dash: a long line of them would be split in every way there is.
const START = new RegExp(
  `^(?:>?[ \\t]?#{1,6}\\s|\`{3,}|~{3,}|---[ \\t]*$|[-=]{3,} ?[\\w.][\\w. -]{0,59}[-=]{3,}$)|${OPENING_TAG.source}`,
  'im',
);

/** The draft without talk, and at which of its ends some was removed. */
export interface TalkCut {
  readonly text: string;
  readonly before: boolean;
  readonly after: boolean;
}

/** Bounded: a paragraph of more than 600 characters is never taken for talk, so that a mistake cannot cost a whole draft. */
export function cutTalk(text: string): TalkCut {
  const begun = cutBefore(text);
  const ended = cutAfter(begun);
  return { text: ended, before: begun !== text, after: ended !== begun };
}

/** Paragraphs before the first heading, fence or front matter that talk about what comes. */
function cutBefore(text: string): string {
  const start = START.exec(text);
  if (!start || start.index === 0 || start.index > MAX_TALK) return text;
  const talk = text.slice(0, start.index).trim();
  if (!BEFORE.test(talk) || /^\s*(?:[-*+]|\d+[.)])\s/m.test(talk)) return text;
  const rest = text.slice(start.index);
  // A tag that something follows is a part of the text, and what stands before it too.
  const tag = /^<([\w:.-]+)/.exec(rest)?.[1];
  if (tag !== undefined && !cutAfter(rest).trimEnd().endsWith(`</${tag}>`)) return text;
  // A rule sets the talk apart, unless a front matter begins with it.
  return /^---[ \t]*\n(?![\w-]+[ \t]*:)/.test(rest) ? rest.replace(/^---[ \t]*\n\s*/, '') : rest;
}

/** Last paragraphs that talk to the reader. A list, a heading and a code block are the skill's. */
function cutAfter(text: string): string {
  const lines = text.trimEnd().split('\n');
  for (;;) {
    const code = codeOf(lines);
    const last = lines.length - 1;
    if (code[last]) break;
    const begin = lines.findLastIndex((line, index) => line.trim() === '' || code[index]) + 1;
    const paragraph = lines.slice(begin).join('\n');
    const structured = /^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|>|\|)/.test(paragraph);
    if (begin <= 1 || structured || paragraph.length > MAX_TALK || !AFTER.test(paragraph)) break;
    lines.length = begin;
    while (lines.length > 0 && /^\s*(?:[-*_]{3,}\s*)?$/.test(lines.at(-1) ?? '')) lines.pop();
  }
  return lines.join('\n');
}

/** In a fence around the whole answer, the first inner fence would end it too early. Text after the last fence is never code. */
function codeOf(lines: readonly string[]): readonly boolean[] {
  const code = codeLines(lines);
  const last = lines.findLastIndex((line) => fenceMark(line)?.info === '');
  return fenceMark(lines[0] ?? '') ? code.map((inside, index) => inside && index <= last) : code;
}
