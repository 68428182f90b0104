/**
 * Splits shell code into statements, and these into the stages of their pipeline. It is lenient: a quote that is never closed is an
 * ordinary character, and prompts are removed. Nothing is expanded and nothing is run.
 */
export interface ShellStatement {
  readonly line: number;
  /** The statement in one line, without comments and line continuations. */
  readonly text: string;
  /** Its text between the bars of a pipeline. */
  readonly stages: readonly string[];
  /** Follows the statement before it in the same line: `a && b`, `a; b`. */
  readonly chained: boolean;
  /** The text of a here-document that is its input. */
  readonly heredoc: string;
}

// A quoted text is at most code of another language. The end of a longer one is not searched for.
const MAX_QUOTE_CHARS = 4_000;
const MAX_STATEMENT_CHARS = 4_000;
const MAX_HEREDOC_LINES = 300;
const MAX_STAGES = 50;
const PROMPT =
  /^[ \t]{0,20}(?:\$|>|%|❯|PS [^>\n]{0,80}>|[\w.-]{1,40}@[\w.-]{1,40}:[^$#\n]{0,80}[$#])[ \t]{1,8}/;
const HEREDOC = /<<-?[ \t]{0,4}(['"]?)([A-Za-z_]\w{0,40})\1/;

/** Longer lines are read up to this length; the caller has cut them before. */
export function splitShell(lines: readonly string[], firstLine: number): readonly ShellStatement[] {
  const statements: ShellStatement[] = [];
  let state = empty(firstLine, false);
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] ?? '').slice(0, MAX_STATEMENT_CHARS).replace(PROMPT, '');
    if (state.text.trim() === '') state.line = firstLine + index;
    const goesOn = scan(line, state, (chained) => {
      push(statements, state);
      state = empty(firstLine + index, chained);
      return state;
    });
    if (goesOn && state.text.length < MAX_STATEMENT_CHARS) continue;
    const [, , end] = HEREDOC.exec(state.text) ?? [];
    if (end !== undefined) {
      const ahead = lines.slice(index + 1, index + 1 + MAX_HEREDOC_LINES);
      const length = ahead.findIndex((candidate) => candidate.trim() === end);
      if (length >= 0) {
        state.heredoc = ahead.slice(0, length).join('\n');
        index += length + 1;
      }
    }
    push(statements, state);
    state = empty(firstLine + index + 1, false);
  }
  push(statements, state);
  return statements;
}

interface State {
  line: number;
  text: string;
  stage: string;
  stages: string[];
  /** Open `$(`, `(` and `{`. */
  depth: number;
  quote: string;
  heredoc: string;
  chained: boolean;
}

const empty = (line: number, chained: boolean): State => ({
  line,
  text: '',
  stage: '',
  stages: [],
  depth: 0,
  quote: '',
  heredoc: '',
  chained,
});

function push(statements: ShellStatement[], { line, text, stage, stages, chained, heredoc }: State): void {
  if (text.trim() !== '') statements.push({ line, text, stages: [...stages, stage], chained, heredoc });
}

/** Reads one line into the state. Returns whether the statement goes on in the next. */
function scan(line: string, begun: State, next: (chained: boolean) => State): boolean {
  let state = begun;
  const add = (piece: string): void => {
    state.text += piece;
    state.stage += piece;
  };
  if (state.text !== '') add(' ');
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (char === '\\') {
      if (at === line.length - 1) return true;
      add(char + (line[++at] ?? ''));
    } else if (state.quote !== '') {
      if (char === state.quote) state.quote = '';
      add(char);
    } else if (char === '"' || char === "'") {
      const end = line.indexOf(char, at + 1);
      // don't: an apostrophe; a quote that spans lines is closed by chance at most
      if (end > at && end - at < MAX_QUOTE_CHARS) state.quote = char;
      add(char);
    } else if (char === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) return false;
    else if (char === '(' || char === '{') {
      state.depth += 1;
      add(char);
    } else if (char === ')' || char === '}') {
      state.depth = Math.max(0, state.depth - 1);
      add(char);
    } else if (state.depth > 0) add(char);
    else if (char === ';' || (char === '&' && endsStatement(line, at)) || line.startsWith('||', at)) {
      if (line[at + 1] === char) at++;
      state = next(true);
    } else if (char === '|' && state.stages.length >= MAX_STAGES) state = next(true);
    else if (char === '|') {
      state.text += char;
      state.stages.push(state.stage);
      state.stage = '';
    } else add(char);
  }
  // A bar at the end goes on; an open parenthesis does in a function's body only, and that is read line by line.
  state.depth = 0;
  state.quote = '';
  return state.stage.trim() === '' && state.stages.length > 0;
}

/** `&` in `2>&1`, `&>` and `|&` is part of a redirection. */
function endsStatement(line: string, at: number): boolean {
  return line[at - 1] !== '>' && line[at - 1] !== '|' && line[at + 1] !== '>';
}
