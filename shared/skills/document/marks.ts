const FENCE = /^(`{3,1000}|~{3,1000})([^\n]*)$/;
const MARKER = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)[ \t]{0,4}/;

/** The marks of a fence that a line opens, and the language that it names. */
export function fenceOf(line: string): { readonly marks: string; readonly language: string } | undefined {
  const first = line[0];
  if (first !== '`' && first !== '~') return undefined;
  const [, marks = '', info = ''] = FENCE.exec(line) ?? [];
  if (marks === '' || (first === '`' && info.includes('`'))) return undefined;
  return { marks, language: (/^[^\s{,:]{1,40}/.exec(info.trim())?.[0] ?? '').toLowerCase() };
}

/** The mark of a list item with the blanks after it; empty when there is none. */
export function markerOf(line: string): string {
  const first = line.charCodeAt(0);
  // only - * + and digits begin one
  if (first > 57 || first < 42) return '';
  return MARKER.exec(line)?.[0] ?? '';
}

/** Width of the first `length` characters, which are blanks and tabs; a tab goes to the next multiple of four. */
export function columnsOf(line: string, length: number): number {
  let columns = 0;
  for (let at = 0; at < length && columns < 200; at++) columns += line[at] === '\t' ? 4 - (columns % 4) : 1;
  return columns;
}
