// Collects passages in pieces of bounded length, so that the rules take linear time whatever the lines look like.
export const MAX_PASSAGE_CHARS = 2_000;

/** The text of a passage, and where each of its lines begins. */
export interface PassagePiece {
  readonly text: string;
  readonly starts: readonly number[];
  readonly numbers: readonly number[];
}

/** Collects the lines of one passage. One that is longer than a piece goes to `flush` in several. */
export class PassageText {
  private text = '';
  private starts: number[] = [];
  private numbers: number[] = [];
  private readonly flushed: (piece: PassagePiece) => void;

  constructor(flushed: (piece: PassagePiece) => void) {
    this.flushed = flushed;
  }

  get current(): string {
    return this.text;
  }

  append(text: string, number: number): void {
    for (let from = 0; from === 0 || from < text.length; from += MAX_PASSAGE_CHARS) {
      const piece = text.slice(from, from + MAX_PASSAGE_CHARS);
      if (this.text.length + piece.length > MAX_PASSAGE_CHARS && this.text !== '') this.flush();
      if (this.text !== '') this.text += ' ';
      this.starts.push(this.text.length);
      this.numbers.push(number);
      this.text += piece;
    }
  }

  flush(): void {
    const { text, starts, numbers } = this;
    this.text = '';
    this.starts = [];
    this.numbers = [];
    if (text.trim() !== '') this.flushed({ text, starts, numbers });
  }
}
