/** What each line may stand behind: a quotation, a code block by indentation, a patch that adds a file. */
const MARGINS = [/^[ \t]*> ?/, /^(?: {4}|\t)/, /^\+/];
const NUMBER = /^[ \t]*(\d{1,5})(?:\t|[ \t]*[:|→] ?|\. )/;
const PATCH_HEAD =
  /^(?:diff --git|index |new file|--- |\+\+\+ |@@|\*\*\* (?:Begin Patch|Add File|Update File))[^\n]*\n/;
const PATCH_END = /\n\*\*\* End (?:Patch|of File)\s*$/;

/** A text without what stands before each of its lines, or undefined where nothing does. Blank lines may stand without it. */
export function cutMargin(text: string): string | undefined {
  let bare = text.replace(PATCH_END, '');
  while (PATCH_HEAD.test(bare)) bare = bare.replace(PATCH_HEAD, '');
  const lines = bare.split('\n');
  if (isNumbered(lines)) return lines.map((line) => line.replace(NUMBER, '')).join('\n');
  const margin = MARGINS.find((one) => lines.every((line) => line.trim() === '' || one.test(line)));
  return margin && lines.map((line) => line.replace(margin, '')).join('\n');
}

/** Counted from the first line to the last. A list of steps may be too: what stands behind the numbers tells, and the caller looks. */
function isNumbered(lines: readonly string[]): boolean {
  const first = Number(NUMBER.exec(lines[0] ?? '')?.[1]);
  return lines.length > 3 && lines.every((line, index) => Number(NUMBER.exec(line)?.[1]) === first + index);
}
