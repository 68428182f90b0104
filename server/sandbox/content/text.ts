const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Cuts between characters as readers see them, so that neither an emoji nor an accent is torn. */
export function shorten(text: string, maxChars: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= maxChars) return line;
  let kept = '';
  for (const { segment } of graphemes.segment(line.slice(0, maxChars))) {
    if (kept.length + segment.length > maxChars - 1) break;
    kept += segment;
  }
  const space = kept.lastIndexOf(' ');
  return `${(space > maxChars / 2 ? kept.slice(0, space) : kept).replace(/[\s,;:.–-]+$/, '')}…`;
}

/** 32 bits of FNV-1a: all the chance that the sandbox has, so that one prompt always gets one answer. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

export function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Lower-case ASCII words joined by hyphens; empty when the text has no Latin letters or digits. */
export function slug(text: string, maxChars = 64): string {
  const ascii = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/['’]/g, '')
    .toLowerCase();
  const whole = ascii.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  if (whole.length <= maxChars) return whole;
  const cut = whole.slice(0, maxChars + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf('-'), 1)).replace(/-+$/, '');
}

const STOP_WORDS = new Set(
  'a about after all also an and any anything are as at be been before but by can do does each every everything for from has have how i if in into is it its just me my new no not of on one or our out over own per so some something such than that the their them then there these they this those to too up us use used using very via was we were what when where which while who will with without would you your'.split(
    ' ',
  ),
);

/** The words that carry meaning, lower case, in order, each once; words of every script. */
export function contentWords(text: string): readonly string[] {
  const words =
    text
      .toLowerCase()
      .match(
        /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:-[\p{L}\p{N}\p{M}]+)+|[\p{L}\p{N}][\p{L}\p{N}\p{M}]+|\p{N}+/gu,
      ) ?? [];
  return [...new Set(words.filter((word) => !STOP_WORDS.has(word)))];
}

/** A crude English stem, good enough to see that `reviews`, `reviewing` and `review` are one word. */
export function stem(word: string): string {
  const bare = word.toLowerCase().replace(/(?:ies|y)$/, 'i');
  return bare.length < 5 ? bare.replace(/s$/, '') : bare.replace(/(?:ations?|ing|ed|es|s|e)$/, '');
}
