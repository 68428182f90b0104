/**
 * Bidirectional marks, zero-width characters, tags and other characters that a reader does not see but that change or hide what is read.
 */
const INVISIBLE = new RegExp(
  [
    '\\u00ad|\\u034f|\\u061c|[\\u115f\\u1160]|[\\u17b4\\u17b5]|[\\u180b-\\u180f]|[\\u200b-\\u200f]|[\\u202a-\\u202e]',
    '[\\u2060-\\u206f]|[\\ufe00-\\ufe0f]|\\ufeff|[\\ufff9-\\ufffb]|\\udb40[\\udc00-\\udfff]',
  ].join('|'),
  'g',
);
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Makes text of a stranger one line that can be shown anywhere, without control, bidirectional, invisible or broken characters. */
export function plainText(text: string): string {
  return text
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(/\s{1,100}/g, ' ')
    .trim();
}

/** What an HTML page says to its reader. Other text stays as it is. */
export function pageText(text: string): string {
  if (!/^\s{0,100}<(?:!doctype|html|head|body|\?xml|h1|center)/i.test(text)) return text;
  return text
    .replace(/<(script|style)\b[^>]{0,500}>[\s\S]{0,20000}?<\/\1>/gi, ' ')
    .replace(/<[^<>]{0,500}>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

/** Cuts to at most so many UTF-16 units, with an ellipsis as the last one when something was cut; never half of a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
