/**
 * Characters that change what a reader sees without being seen: bidi controls, zero-width characters, invisible tags, control
 * codes (terminal escapes), and piles of combining marks. A model's text may have them to hide orders, so they are shown.
 */
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]+|(?<!\p{Extended_Pictographic}\ufe0f?|[\u{1f3fb}-\u{1f3ff}])\u200d|(?<=\p{M}{4})\p{M}+/gu;

/** A piece of a text, either visible as it is or standing for hidden characters. */
export interface Stretch {
  readonly text: string;
  /** This stretch stands for hidden characters; `text` names them. */
  readonly hidden: boolean;
}

/** Splits a text so that hidden characters can be drawn as marks. The pieces in order give the whole text. */
export function splitHidden(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > from) stretches.push({ text: text.slice(from, match.index), hidden: false });
    stretches.push({ text: nameOf(match[0]), hidden: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) stretches.push({ text: text.slice(from), hidden: false });
  return stretches;
}

/** The same in plain text: `a⟦U+202E⟧b`. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (found) => `⟦${nameOf(found)}⟧`);
}

function nameOf(found: string): string {
  const [first] = found;
  const code = `U+${(first?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const count = [...found].length;
  return count === 1 ? code : `${code} and ${count - 1} more`;
}
