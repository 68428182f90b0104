/**
 * One pass over JSON text, before it is parsed, for what JSON.parse keeps quiet about: nesting deeper than `MAX_DEPTH`
 * (stringify and structuredClone overflow the stack from about 10,000 on Node 20), a field given twice (the last one wins,
 * so that two readers may see two requests) and names that reach a prototype. Anything that is not JSON is left to JSON.parse.
 */

export const MAX_DEPTH = 64;
const PROTOTYPE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

export type ShapeProblem = {
  readonly kind: 'deep' | 'duplicate' | 'prototype';
  readonly path: readonly (string | number)[];
};

/** An open object has the names seen so far, an open array counts its items; `at` is where we are in it. */
type Open = { readonly names: Set<string> | undefined; at: string | number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function findShapeProblem(text: string): ShapeProblem | undefined {
  const open: Open[] = [];
  let expectsName = false;

  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const top = open.at(-1);

    if (code === QUOTE) {
      const end = endOfString(text, i);
      if (end < 0) return undefined;
      if (expectsName && top?.names !== undefined) {
        const name = nameOf(text.slice(i, end + 1));
        top.at = name;
        if (PROTOTYPE_NAMES.has(name)) return { kind: 'prototype', path: pathOf(open) };
        if (top.names.has(name)) return { kind: 'duplicate', path: pathOf(open) };
        top.names.add(name);
        expectsName = false;
      }
      i = end;
    } else if (code === 0x7b || code === 0x5b) {
      if (open.length >= MAX_DEPTH) return { kind: 'deep', path: pathOf(open) };
      open.push(code === 0x7b ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
      expectsName = code === 0x7b;
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
      expectsName = false;
    } else if (code === 0x2c && top !== undefined) {
      if (typeof top.at === 'number') top.at += 1;
      expectsName = top.names !== undefined;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i += 1;
  }
  return -1;
}

/** `"pl\u0061n"` and `"plan"` are the same name. */
function nameOf(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function pathOf(open: readonly Open[]): (string | number)[] {
  return open.map((one) => one.at);
}
