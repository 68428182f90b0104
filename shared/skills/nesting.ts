/** A parser calls itself at each level. Where the stack ends, the engine may end the whole process, so that deep texts are not parsed. */
const MAX_DEPTH = 100;
const MAX_INDENT = 200;

/** Whether brackets nest too deep for a parser. Those in strings and comments count too. */
export function isDeepInBrackets(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\](){}]/g)) {
    depth = '[({'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** The same of YAML, which also nests by indentation, and within a line by each `-`, `?` and `:`. */
export function isDeepYaml(text: string): boolean {
  return isDeepInBrackets(text) || text.split('\n').some(isDeepInLine);
}

function isDeepInLine(line: string): boolean {
  return line.search(/\S/) > MAX_INDENT || (line.match(/[-?:](?=\s|$)/g) ?? []).length > MAX_DEPTH;
}
