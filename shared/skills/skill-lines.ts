/** One line of Markdown with what a rule has to know of its place. */
export interface SkillLine {
  /** Counts in the SKILL.md, from 1. */
  readonly number: number;
  readonly text: string;
  /** Inside a fenced code block. */
  readonly code: boolean;
  /** Inside a code block that is shown as what not to do. */
  readonly counterExample: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const WARNS =
  /\b(?:bad|wrong|incorrect|avoid|unsafe|insecure|vulnerable|anti-?patterns?|never|don['’]t|do not|malicious|attack)\b|❌|🚫/i;
// How far above a code block its label stands: a heading or sentence, perhaps with a blank line between.
const LABEL_LINES = 3;
// Rules run over pieces, so that their time stays linear in the text whatever its lines look like.
const MAX_LINE_CHARS = 2_000;

export function markLines(text: string, firstNumber: number): readonly SkillLine[] {
  const lines: SkillLine[] = [];
  const source = text.split('\n');
  let fence = '';
  let counterExample = false;
  for (const [index, line] of source.entries()) {
    const [, marks = '', info = ''] = FENCE.exec(line) ?? [];
    const opens = fence === '' && marks !== '' && !(marks.startsWith('`') && info.includes('`'));
    const closes = fence !== '' && marks.startsWith(fence) && info.trim() === '';
    if (opens)
      counterExample = source
        .slice(Math.max(0, index - LABEL_LINES), index)
        .some((above) => WARNS.test(above));
    const code = fence !== '' && !closes;
    // A comment in the block's first line labels it just as well.
    if (code && lines.at(-1)?.code === false && /^\s*(?:#|\/\/|--)/.test(line) && WARNS.test(line))
      counterExample = true;
    for (let from = 0; from === 0 || from < line.length; from += MAX_LINE_CHARS) {
      lines.push({
        number: firstNumber + index,
        text: line.slice(from, from + MAX_LINE_CHARS),
        code,
        counterExample: code && counterExample,
      });
    }
    if (opens) fence = marks;
    if (closes) fence = '';
  }
  return lines;
}
