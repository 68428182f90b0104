/** A command with its arguments; quotes are taken off, expansions stay as they are written. */
export interface Command {
  /** Without its path: `/usr/bin/curl` is `curl`. Lower case. */
  readonly name: string;
  readonly args: readonly string[];
  /** Files that its output goes to. */
  readonly outputs: readonly string[];
  /** A file that its input comes from. */
  readonly input: string | undefined;
}

const WORD = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.){0,4000}"|'[^']{0,4000}'|["'])+/gs;
// Words before a command that change how it runs and not what it is.
const BEFORE = new Set([
  'sudo',
  'doas',
  'env',
  'command',
  'builtin',
  'exec',
  'nohup',
  'time',
  'nice',
  'setsid',
  'stdbuf',
  'then',
  'do',
  'else',
  'if',
  'while',
  'until',
  '!',
  '(',
  '{',
  '&',
  'run',
  '-',
  'xargs',
  'busybox',
]);
const TAKES_A_VALUE = new Set(['-u', '-g', '-n', '-I', '-P', '-L', '-i']);

/** Reads one stage of a pipeline. `sudo`, `env` and the like are skipped, so that the name is that of the program that runs. */
export function readCommand(stage: string): Command {
  const outputs: string[] = [];
  let input: string | undefined;
  const words: string[] = [];
  const raw = (stage.match(WORD) ?? []).map(unquote);
  for (let at = 0; at < raw.length; at++) {
    const word = raw[at] ?? '';
    const [, before = '', mark, target = ''] = /^([12&]?)(>>?|<)(?![(&])(.*)$/s.exec(word) ?? [];
    if (mark === undefined) words.push(word);
    else {
      const file = target === '' ? (raw[++at] ?? '') : target;
      if (mark === '<') input = file;
      else if (before !== '2') outputs.push(file);
    }
  }

  let first = 0;
  for (; first < words.length; first++) {
    const word = (words[first] ?? '').replace(/^[({]+(?=.)/, '');
    if (/^[A-Za-z_]\w{0,80}\+?=/.test(word) && !word.includes('$(')) continue;
    if (!BEFORE.has(word.toLowerCase()) && !(first > 0 && word.startsWith('-'))) break;
    if (first > 0 && TAKES_A_VALUE.has(word)) first++;
  }
  const name = (words[first] ?? '')
    .replace(/^[({]+/, '')
    .replace(/^.{0,200}[\\/]/s, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
  return { name, args: words.slice(first + 1), outputs, input };
}

function unquote(word: string): string {
  return word.replaceAll(
    /\\(.)|"((?:[^"\\]|\\.){0,4000})"|'([^']{0,4000})'/gs,
    (_, escaped, double, single) => String(escaped ?? double ?? single),
  );
}
