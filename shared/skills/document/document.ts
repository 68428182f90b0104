/** A Markdown text as the analysis sees it: what a reader reads, and code. Lines count in the SKILL.md, from 1. */
export interface SkillDocument {
  readonly passages: readonly Passage[];
  readonly blocks: readonly CodeBlock[];
  /** False: it has more pieces than any skill, and was not read to its end. */
  readonly complete: boolean;
}

/** A heading, paragraph, list item, table row or quote: text that runs on, its wrapped lines joined by blanks. */
export interface Passage {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'row' | 'quote' | 'comment';
  readonly text: string;
  /** Where each line begins in `text`. */
  readonly starts: readonly number[];
  /** The number of each. */
  readonly numbers: readonly number[];
  /** Headings and the sentence that introduce it: "The following must be refused:". */
  readonly lead: string;
}

export interface CodeBlock {
  /** The first word after the fence, in lower case. */
  readonly language: string;
  readonly lines: readonly string[];
  /** Number of the first of `lines`. */
  readonly firstLine: number;
  /** Headings and the sentence that introduce it. */
  readonly lead: string;
  /** The text ends before the fence does. */
  readonly open: boolean;
}

/** The line of a place in a passage. */
export function lineOf({ starts, numbers }: Passage, at: number): number {
  const index = starts.findLastIndex((start) => start <= at);
  return numbers[Math.max(0, index)] ?? 1;
}
