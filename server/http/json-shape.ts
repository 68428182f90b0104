/**
 * One pass over JSON text, before it is parsed, for what JSON.parse keeps quiet about: nesting deeper than `MAX_DEPTH`
 * (stringify and structuredClone overflow the stack from about 10,000 on Node 20), a key given twice (the last one wins,
 * so that two readers may see two requests) and keys that reach a prototype. Anything that is not JSON is left to JSON.parse.
 */

export const MAX_DEPTH = 64;
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export type ShapeProblem = {
  readonly kind: 'deep' | 'duplicate' | 'prototype';
  readonly path: readonly (string | number)[];
};

/** An open object has the keys seen so far, an open array counts its items; `at` is where we are in it. */
type Open = { readonly keys: Set<string> | undefined; at: string | number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function findShapeProblem(text: string): ShapeProblem | undefined {
  const open: Open[] = [];
  let expectsKey = false;

  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const top = open.at(-1);

    if (code === QUOTE) {
      const end = endOfString(text, i);
      if (end < 0) return undefined;
      if (expectsKey && top?.keys !== undefined) {
        const key = keyOf(text.slice(i, end + 1));
        top.at = key;
        if (PROTOTYPE_KEYS.has(key)) return { kind: 'prototype', path: pathOf(open) };
        if (top.keys.has(key)) return { kind: 'duplicate', path: pathOf(open) };
        top.keys.add(key);
        expectsKey = false;
      }
      i = end;
    } else if (code === 0x7b || code === 0x5b) {
      if (open.length >= MAX_DEPTH) return { kind: 'deep', path: pathOf(open) };
      open.push(code === 0x7b ? { keys: new Set(), at: '' } : { keys: undefined, at: 0 });
      expectsKey = code === 0x7b;
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
      expectsKey = false;
    } else if (code === 0x2c && top !== undefined) {
      if (typeof top.at === 'number') top.at += 1;
      expectsKey = top.keys !== undefined;
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

/** `"pl\u0061n"` and `"plan"` are the same key. */
function keyOf(quoted: string): string {
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
