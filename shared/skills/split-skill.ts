/** A SKILL.md at the lines of --- around its front matter. `header` and `body` together are the text with LF line ends. */
export interface SkillParts {
  /** What stands between the two lines; its first line is the file's second. */
  readonly yaml: string;
  /** Everything before the body, the empty lines too. */
  readonly header: string;
  readonly body: string;
}

/** A byte order mark and CRLF are accepted. Undefined where there is no front matter. Reads no YAML, and needs no package for it. */
export function splitSkill(text: string): SkillParts | undefined {
  const whole = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const close = closingLine(whole);
  if (close === undefined) return undefined;
  const start = afterBlankLines(whole, close.end);
  return {
    yaml: whole.slice(whole.indexOf('\n') + 1, close.start),
    header: whole.slice(0, start),
    body: whole.slice(start),
  };
}

/** The position of the line of --- that ends the front matter, and of the line after it. */
function closingLine(text: string): { readonly start: number; readonly end: number } | undefined {
  const first = text.indexOf('\n');
  if (first < 0 || !isFence(text, 0, first)) return undefined;
  for (let at = text.indexOf('\n---', first); at >= 0; at = text.indexOf('\n---', at + 1)) {
    const next = text.indexOf('\n', at + 1);
    const end = next < 0 ? text.length : next;
    if (isFence(text, at + 1, end)) return { start: at, end: Math.min(text.length, end + 1) };
  }
  return undefined;
}

function isFence(text: string, from: number, to: number): boolean {
  return to - from < 100 && text.slice(from, to).trimEnd() === '---';
}

/** The beginning of the first line that is not empty; the end when there is none. */
function afterBlankLines(text: string, from: number): number {
  let start = from;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) start = at + 1;
    else if (code !== 32 && code !== 9 && text.slice(at, at + 1).trim() !== '') return start;
  }
  return text.length;
}
