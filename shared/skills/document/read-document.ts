/**
 * Splits Markdown into passages and code blocks in one pass over its lines. It knows as much of CommonMark as tells code from prose
 * (fences, also in lists and quotes), comments from what a reader sees, and which words introduce what; a test holds its fences against
 * markdown-it's. Every step looks at a line once, so that no text takes more than linear time.
 */
import type { CodeBlock, Passage, SkillDocument } from './document.ts';
import { columnsOf, fenceOf, markerOf } from './marks.ts';
import { MAX_PASSAGE_CHARS, PassageText } from './passage-text.ts';

const HEADING = /^#{1,6}(?:[ \t]|$)/;
const UNDERLINE = /^(?:={1,200}|-{2,200})[ \t]*$/;
/** `[//]: # (text)`, which Markdown shows nowhere. */
const HIDDEN_DEFINITION = /^\[(?:\/\/|comment|_|#)\]:/i;
const MAX_LEAD_CHARS = 300;
/** More pieces than the longest public skill has by far. A text with more is reported, and not read to its end. */
const MAX_PIECES = 10_000;

interface OpenFence {
  readonly marks: string;
  readonly language: string;
  readonly lines: string[];
  readonly firstLine: number;
  readonly lead: string;
  readonly indent: number;
  readonly quoted: boolean;
}

/** `firstNumber` is the line of the SKILL.md at which `text` begins, since the body follows a front matter. */
export function readDocument(text: string, firstNumber: number): SkillDocument {
  const reader = new Reader();
  let number = firstNumber;
  for (let from = 0; from <= text.length; number++) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (to - from <= MAX_PASSAGE_CHARS) reader.line(text.slice(from, to), number);
    else reader.longLine(text.slice(from, to), number);
    if (end < 0 || reader.full) break;
    from = end + 1;
  }
  return reader.end();
}

class Reader {
  private readonly passages: Passage[] = [];
  private readonly blocks: CodeBlock[] = [];
  private fence: OpenFence | undefined;
  private inComment = false;
  private kind: Passage['kind'] = 'paragraph';
  private readonly text = new PassageText((piece) =>
    this.passages.push({ ...piece, kind: this.kind, lead: this.lead }),
  );
  private headings: string[] = [];
  private lead = '';
  /** The column at which the text of each open list item begins. */
  private items: number[] = [];

  get full(): boolean {
    return this.passages.length + this.blocks.length > MAX_PIECES;
  }

  /** Only the beginning of a line can be a fence, a heading or a list item. */
  longLine(line: string, number: number): void {
    this.line(line.slice(0, MAX_PASSAGE_CHARS), number);
    for (let from = MAX_PASSAGE_CHARS; from < line.length; from += MAX_PASSAGE_CHARS)
      this.goOn(line.slice(from, from + MAX_PASSAGE_CHARS), number);
  }

  private goOn(piece: string, number: number): void {
    if (this.fence) this.fence.lines[this.fence.lines.length - 1] += piece;
    else if (this.inComment) this.comment(piece, number);
    else this.uncommented(piece, number, (text) => this.text.append(text, number));
  }

  line(line: string, number: number): void {
    if (this.fence) {
      this.code(line, number, this.fence);
      return;
    }
    if (this.inComment) {
      this.comment(line, number);
      return;
    }
    const trimmed = line.trimStart();
    if (trimmed === '') {
      this.close();
      return;
    }

    let indent = columnsOf(line, line.length - trimmed.length);
    let rest = trimmed;
    const quoted = rest.startsWith('>');
    if (quoted) {
      rest = rest.replace(/^(?:>[ \t]?){1,20}/, '');
      indent = 0;
      if (this.kind !== 'quote') this.close();
      if (rest.trim() === '') {
        this.close();
        return;
      }
    } else {
      while (this.items.length > 0 && indent < (this.items.at(-1) ?? 0) && this.text.current === '')
        this.items.pop();
    }

    if (this.opensFence(rest, indent, number, quoted)) return;
    if (rest.startsWith('[') && HIDDEN_DEFINITION.test(rest)) {
      this.hidden(rest, number);
      return;
    }
    this.uncommented(rest, number, (text) => this.prose(text, indent, number, quoted));
  }

  private uncommented(text: string, number: number, show: (text: string) => void): void {
    const opening = text.indexOf('<!--');
    if (opening < 0) {
      show(text);
      return;
    }
    if (opening > 0) show(text.slice(0, opening));
    this.inComment = true;
    this.comment(text.slice(opening + 4), number);
  }

  end(): SkillDocument {
    this.close();
    if (this.fence) this.closeFence(this.fence, true);
    return { passages: this.passages, blocks: this.blocks, complete: !this.full };
  }

  private opensFence(rest: string, indent: number, number: number, quoted: boolean): boolean {
    // A list item may begin with a fence.
    const marker = markerOf(rest);
    const opening = fenceOf(rest.slice(marker.length));
    if (!opening || indent - this.itemIndent(indent) > 3) return false;
    this.close();
    if (marker !== '') this.openItem(indent, marker);
    this.fence = {
      ...opening,
      lines: [],
      firstLine: number + 1,
      lead: this.lead,
      indent: indent + marker.length,
      quoted,
    };
    return true;
  }

  private code(line: string, number: number, fence: OpenFence): void {
    const content = fence.quoted ? line.replace(/^[ \t]{0,3}>[ \t]?/, '') : line;
    const trimmed = content.trim();
    const leaves = fence.quoted && !/^[ \t]{0,3}>/.test(line);
    if (leaves || (trimmed.startsWith(fence.marks) && /^(?:`{1,1000}|~{1,1000})$/.test(trimmed))) {
      this.closeFence(fence, false);
      if (leaves) this.line(line, number);
      return;
    }
    const margin = Math.min(fence.indent, content.length - content.trimStart().length);
    fence.lines.push(content.slice(margin));
  }

  private closeFence({ language, lines, firstLine, lead }: OpenFence, open: boolean): void {
    this.blocks.push({ language, lines, firstLine, lead, open });
    this.fence = undefined;
  }

  private comment(line: string, number: number): void {
    const end = line.indexOf('-->');
    this.hidden(end < 0 ? line : line.slice(0, end), number);
    if (end < 0) return;
    this.inComment = false;
    const after = line.slice(end + 3);
    if (after.trim() !== '') this.line(after, number);
  }

  private hidden(text: string, number: number): void {
    if (this.kind !== 'comment') this.close();
    this.kind = 'comment';
    this.text.append(text, number);
    if (!this.inComment) this.close();
  }

  private prose(rest: string, indent: number, number: number, quoted: boolean): void {
    const first = rest[0];
    if (
      (first === '=' || first === '-') &&
      this.kind === 'paragraph' &&
      this.text.current !== '' &&
      UNDERLINE.test(rest)
    ) {
      this.kind = 'heading';
      this.close(1);
      return;
    }
    if (first === '#' && HEADING.test(rest)) {
      this.close();
      this.items = [];
      this.kind = 'heading';
      this.text.append(rest.replace(/^#{1,6}[ \t]*/, ''), number);
      this.close(rest.length - rest.replace(/^#{1,6}/, '').length);
      return;
    }
    const marker = markerOf(rest);
    if (marker !== '') {
      this.close();
      this.openItem(indent, marker);
      this.kind = 'item';
    } else if (first === '|') {
      this.close();
      this.kind = 'row';
    } else if (quoted) this.kind = 'quote';
    this.text.append(rest.slice(marker.length), number);
    if (this.kind === 'row') this.close();
  }

  private openItem(indent: number, marker: string): void {
    while (this.items.length > 0 && indent < (this.items.at(-1) ?? 0)) this.items.pop();
    if (this.items.length < 50) this.items.push(indent + marker.length);
  }

  /** The indentation of the innermost list item that this line belongs to. */
  private itemIndent(indent: number): number {
    return this.items.findLast((column) => column <= indent) ?? 0;
  }

  private close(depth = 0): void {
    if (this.text.current !== '') {
      const { kind } = this;
      const text = this.text.current;
      this.text.flush();
      if (kind === 'heading') this.introduce('', [...this.headings.slice(0, Math.max(0, depth - 1)), text]);
      else if (kind === 'paragraph' || kind === 'quote') this.introduce(text);
      else if (kind === 'item' && /[:：]\s{0,9}$/.test(text)) this.introduce(text);
    }
    this.kind = 'paragraph';
  }

  private introduce(introduction: string, headings = this.headings): void {
    this.headings = headings.map((heading) => heading.slice(0, MAX_LEAD_CHARS));
    this.lead = `${this.headings.slice(-2).join('\n')}\n${introduction.slice(-MAX_LEAD_CHARS)}`;
  }
}
