/** A Markdown text as the analysis sees it, split into text and code. Lines count in the SKILL.md, from 1. */
export interface SkillDocument {
  readonly passages: readonly Passage[];
  readonly blocks: readonly CodeBlock[];
  /** False: it has more pieces than any skill, and was not read to its end. */
  readonly complete: boolean;
}

/** A heading, paragraph, list item, table row or quote. Wrapped lines are joined by blanks. */
export interface Passage {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'row' | 'quote' | 'comment';
  readonly text: string;
  /** Where each line begins in `text`. */
  readonly starts: readonly number[];
  /** The line number of each of `starts`. */
  readonly numbers: readonly number[];
  /** The headings and the sentence before it: "The following must be refused:". */
  readonly lead: string;
}

/** A block of code: what stands in a fence, or a whole file beside the SKILL.md. */
export interface CodeBlock {
  /** The first word after the fence, in lower case. */
  readonly language: string;
  readonly lines: readonly string[];
  /** The line number of the first of `lines`. */
  readonly firstLine: number;
  /** The headings and the sentence before it. */
  readonly lead: string;
  /** The text ends before the fence is closed. */
  readonly open: boolean;
}

/** The line number of a position in a passage. */
export function lineOf({ starts, numbers }: Passage, at: number): number {
  const index = starts.findLastIndex((start) => start <= at);
  return numbers[Math.max(0, index)] ?? 1;
}
