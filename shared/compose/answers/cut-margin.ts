/** What each line may stand behind: a quotation, a code block by indentation, a patch that adds a file, comments. */
const MARGINS = [/^[ \t]*> ?/, /^(?: {4}|\t)/, /^\+/, /^\/\/ ?/];
const NUMBER = /^[ \t]*(\d{1,5})(?:\t|[ \t]*[:|→] ?|\. )/;
const PATCH_HEAD =
  /^(?:diff --git|index |new file|--- |\+\+\+ |@@|\*\*\* (?:Begin Patch|Add File|Update File))[^\n]*\n/;
const PATCH_END = /\n\*\*\* End (?:Patch|of File)\s*$/;

/** A text without what stands before each of its lines, or undefined where nothing does. Blank lines may stand without it. */
export function cutMargin(text: string): string | undefined {
  const patched = newText(text);
  if (patched !== undefined) return patched;
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

/** The new text of a patch with one part, from the first line on. Of several parts what stands between them is not known. */
function newText(text: string): string | undefined {
  if (!PATCH_HEAD.test(text)) return undefined;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => /^@@ -\d+(?:,\d+)? \+1(?:,\d+)? @@/.test(line));
  if (at < 0 || at > 6 || lines.some((line, index) => index > at && line.startsWith('@@'))) return undefined;
  const part = lines.slice(at + 1);
  if (!part.every((line) => line === '' || /^[ +\-\\]/.test(line))) return undefined;
  return part
    .filter((line) => !/^[-\\]/.test(line))
    .map((line) => line.slice(1))
    .join('\n');
}
