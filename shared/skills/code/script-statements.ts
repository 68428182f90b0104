/** One statement of a language with calls and assignments; lines are joined while a bracket is open. */
export interface ScriptStatement {
  readonly line: number;
  readonly text: string;
  readonly indent: number;
}

const OPENS_BODY = /(?:\)|=>|\belse|\btry|\bfinally)\s{0,9}\{\s{0,9}$/;
const MAX_STATEMENT_LINES = 40;
const MAX_STATEMENT_CHARS = 4_000;

/**
 * Splits code into statements with the numbers of their first lines. A statement that goes on too long is cut, so that an unclosed bracket
 * costs no more than a few lines.
 */
export function splitScript(lines: readonly string[], firstLine: number): readonly ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let text = '';
  let begun = 0;
  let depth = 0;
  for (const [index, raw] of lines.entries()) {
    // Only a comment that stands alone in its line is cut: inside of strings both marks are common.
    const line = /^\s{0,200}(?:#(?!!)|\/\/)/.test(raw) ? '' : raw.replace(/^(?:>>>|\.\.\.)[ ]/, '');
    if (text === '') begun = index;
    text += text === '' ? line : `\n${line}`;
    depth = Math.max(0, depth + balanceOf(line));
    const long = index - begun >= MAX_STATEMENT_LINES || text.length > MAX_STATEMENT_CHARS;
    // The body of a function is read line by line, not as one statement.
    if (depth > 0 && !long && !OPENS_BODY.test(line)) continue;
    if (text.trim() !== '')
      statements.push({
        line: firstLine + begun,
        text: text.slice(0, MAX_STATEMENT_CHARS * 2),
        indent: text.length - text.trimStart().length,
      });
    text = '';
    depth = 0;
  }
  if (text.trim() !== '') statements.push({ line: firstLine + begun, text, indent: 0 });
  return statements;
}

function balanceOf(line: string): number {
  let balance = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 40 || code === 91 || code === 123) balance++;
    else if (code === 41 || code === 93 || code === 125) balance--;
  }
  return balance;
}
