/** What a draft's text is called among the fields of an answer. */
const BODY_TAG =
  /<(body|instructions|content|markdown|skill[_-]?body|skill[_-]?md|text|draft|parameter)(?: [^<>\n]{0,200})?>(?=\s*(?:<!\[CDATA\[\s*)?(?:#{1,6}[ \t]|---[ \t]*\n|`{3,}|~{3,}))/i;
const CDATA = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/;
const ELEMENT = /<([\w:.-]{1,40})(?: [^<>\n]{0,200})?>[^<>]*<\/\1>/g;
const TAG = /<[^<>]*>/g;

/** The text of an answer that has one element per field, `<name>…</name><body>…</body>`; undefined where more than fields is beside it. */
export function unwrapFields(text: string): string | undefined {
  if (!text.startsWith('<')) return undefined;
  const opening = BODY_TAG.exec(text);
  if (opening === null) return undefined;
  const from = opening.index + opening[0].length;
  const to = text.lastIndexOf(`</${opening[1]}>`);
  if (to < from) return undefined;
  const isBare = (part: string): boolean => part.replace(ELEMENT, '').replace(TAG, '').trim() === '';
  if (!isBare(text.slice(0, opening.index)) || !isBare(text.slice(to))) return undefined;
  const inside = text.slice(from, to);
  return CDATA.exec(inside)?.[1] ?? inside;
}
