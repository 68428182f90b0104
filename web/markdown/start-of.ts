// A closed tile shows about ten lines of forty characters; headings and lists take more room, never less.
const LINES = 16;
const CHARS = 1_200;

/** As much of a Markdown text as a preview can show: whole lines, so that no mark is cut in two. */
export function startOf(markdown: string): string {
  let end = 0;
  for (let line = 0; line < LINES && end < markdown.length; line++) {
    const next = markdown.indexOf('\n', end);
    const lineEnd = next < 0 ? markdown.length : next + 1;
    if (lineEnd > CHARS) return markdown.slice(0, end === 0 ? CHARS : end);
    end = lineEnd;
  }
  return markdown.slice(0, end);
}
