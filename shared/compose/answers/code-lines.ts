// In a list item the fence is indented with the item, by more than the three blanks of plain text.
const FENCE = /^ {0,12}(`{3,}|~{3,})(.*)$/;

/** A line that can open or close a code block. */
export interface FenceMark {
  readonly marks: string;
  readonly info: string;
}

/** The fence that a line consists of, with its info string; undefined where the line is none. */
export function fenceMark(line: string): FenceMark | undefined {
  const [, marks, info = ''] = FENCE.exec(line) ?? [];
  // A backtick in the info string makes it inline code (CommonMark 4.5).
  return marks === undefined || (marks.startsWith('`') && info.includes('`'))
    ? undefined
    : { marks, info: info.trim() };
}

/** Whether each line belongs to a fenced code block, its fences included. */
export function codeLines(lines: readonly string[]): readonly boolean[] {
  return walkFences(lines).code;
}

/** The line of a code block that is never closed. */
export function openFenceLine(lines: readonly string[]): number | undefined {
  return walkFences(lines).open;
}

function walkFences(lines: readonly string[]): {
  readonly code: readonly boolean[];
  readonly open: number | undefined;
} {
  let marks = '';
  let open: number | undefined;
  const code = lines.map((line, index) => {
    const mark = fenceMark(line);
    if (marks === '') {
      if (!mark) return false;
      ({ marks } = mark);
      open = index;
    } else if (mark?.marks.startsWith(marks) && mark.info === '') {
      marks = '';
      open = undefined;
    }
    return true;
  });
  return { code, open };
}
