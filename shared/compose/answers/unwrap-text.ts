import { cutMargin } from './cut-margin.ts';
import { unwrapFields } from './unwrap-fields.ts';

/** A tag that stands alone on its line, or begins one that a heading follows: it says that a text begins here. */
export const OPENING_TAG = /^<[A-Za-z][\w:.-]{0,40}(?: [^<>\n]{0,200})?>(?=[ \t]*$|[ \t]*#)/m;
const TAGGED = /^(?:<\?xml[^>\n]*>\s*)?<([A-Za-z][\w:.-]{0,40})(?: [^<>\n]{0,200})?>([\s\S]*)<\/\1>$/;
const CDATA = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/;
const SUMMARY = /^\s*<summary>[^\n]{0,200}<\/summary>/;
/** A block that calls itself something else than Markdown: only what can be taken off further is in it. */
const OTHER_FENCE =
  /^(`{3,}|~{3,})(?:xml|html|sh|bash|shell|console|diff|patch|python|py)[ \t]*\n([\s\S]*)\n\1$/i;

/** Lines that say where a text begins and ends; the last group is the text. */
const MARKED = [
  // --- BEGIN SKILL ---, ===== SKILL.md =====
  /^[-=*#~]{3,}[ \t]*(?:(?:begin|start)(?:ning)?\b[^\n]{0,80}|[\w./-]{0,60}skill\.md)[ \t]*[-=*#~]{3,}[ \t]*\n([\s\S]*)\n[-=*#~]{3,}[^\n]{0,80}$/i,
  // three quotes, also of an assignment or a call
  /^(?:\w{1,40}[ \t]*=[ \t]*)?("""|''')(?:markdown|md)?[ \t]*\n([\s\S]*)\n\1$/,
  /^\w{1,40}\(("""|''')\s*(#{1,6}[ \t][\s\S]*)\1\)$/,
  // comments and blocks of LaTeX
  /^(?:\/\*+|<!--)[ \t]*\n(\s*(?:#{1,6}[ \t]|---[ \t]*\n)[\s\S]*)\n[ \t]*(?:\*+\/|-->)$/,
  /^\\begin\{(\w{1,20})\}\s*(#{1,6}[ \t][\s\S]*)\\end\{\1\}$/,
  /^\\boxed\{\s*(#{1,6}[ \t][\s\S]*)\}$/,
  // who speaks
  /^(?:assistant|model|ai)[ \t]*:\s*((?:#{1,6}[ \t]|---[ \t]*\n|`{3,}|~{3,})[\s\S]*)$/i,
  // here-documents
  /^cat >{1,2}[ \t]*[^\n]{1,120}<<-?[ \t]*(['"]?)(\w+)\1[ \t]*\n([\s\S]*)\n\2$/,
  /^cat <<-?[ \t]*(['"]?)(\w+)\1[ \t]*>{1,2}[^\n]{1,120}\n([\s\S]*)\n\2$/,
  // rules before the first heading and after the last line
  /^(-{3,}|\*{3,}|_{3,})[ \t]*\n(\s*#{1,6}[ \t][\s\S]*?)(?:\n\1)?$/,
  /^([\s\S]*\S)\n\s*\n(?:-{3,}|\*{3,}|_{3,})$/,
  // its file's name as its heading
  /^#{1,6}[ \t]*(?:\*\*|`)?(?:[\w-]+\/)?skill\.md(?:\*\*|`)?:?[ \t]*\n(\s*(?:#{1,6}[ \t]|---[ \t]*\n|`{3,}|~{3,})[\s\S]*)$/i,
];

/** What stands in tags, between marks or behind a margin that is around the whole text; undefined where nothing is. */
export function unwrapText(text: string): string | undefined {
  const [, tag = '', content] = TAGGED.exec(text) ?? [];
  const tagged = content?.replace(SUMMARY, '');
  if (tagged !== undefined && isText(tagged) && !closesWithin(tagged, tag))
    return CDATA.exec(tagged)?.[1] ?? tagged;
  const field = unwrapFields(text);
  if (field !== undefined) return field;
  for (const pattern of MARKED) {
    const inside = pattern.exec(text)?.at(-1);
    if (inside !== undefined && inside.trim() !== '') return inside;
  }
  const fenced = OTHER_FENCE.exec(text)?.[2];
  if (fenced !== undefined) return unwrapText(fenced.trim());
  // commands with their comments, which look like headings
  if (/^(?: {4}|\t)# [^\n]*\n(?: {4}|\t)[^\s#]/.test(text)) return undefined;
  const inside = cutMargin(text);
  return inside !== undefined && (isText(inside) || isQuotedText(text, inside)) ? inside : undefined;
}

/** A quotation of everything, with headings further down. Behind spaces they could be comments of code. */
function isQuotedText(text: string, inside: string): boolean {
  return text.trimStart().startsWith('>') && /^#{1,6}[ \t]/m.test(inside);
}

/** Whether the tag that a text begins with ends before the text does: it was the first of two. */
function closesWithin(content: string, tag: string): boolean {
  const end = content.indexOf(`</${tag}>`);
  return end >= 0 && !content.slice(0, end).includes(`<${tag}`);
}

/** Whether a skill's text begins here, or something that is taken off next. */
function isText(text: string): boolean {
  const begin = text.trimStart().replace('<![CDATA[', '').trimStart();
  return /^(?:#{1,6}[ \t]|---[ \t]*\n|`{3,}|~{3,}|\{)/.test(begin) || OPENING_TAG.exec(begin)?.index === 0;
}
