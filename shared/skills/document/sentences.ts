/** A sentence of a passage, with its closing mark. */
export interface Sentence {
  readonly text: string;
  /** Its position in the passage. */
  readonly at: number;
}

// A point inside of a name, a number or an address does not end a sentence.
const END = /[.!?](?=["'”’)*_\]]{0,4}(?:\s|$))["'”’)*_\]]{0,4}|[。！？]/g;

/** Splits a passage into sentences, well enough for rules that look at words near each other, not for grammar. */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (const { 0: end, index } of text.matchAll(END)) {
    const to = index + end.length;
    if (to - from > 2) sentences.push({ text: text.slice(from, to), at: from });
    from = to;
  }
  if (from < text.length) sentences.push({ text: text.slice(from), at: from });
  return sentences;
}
