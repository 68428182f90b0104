import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** What a compound may be the key of, where it is not the provider's: the word before `Key`. */
const QUALIFIERS = new Set([
  ...['signing', 'public', 'private', 'signer', 'head', 'sealing', 'receipt', 'browser', 'crypto'],
  // One request's own name, react-query's and JavaScript's own words, and a key that is pressed.
  ...['idempotency', 'query', 'property', 'meta', 'ctrl', 'shift', 'on'],
]);

/** Places where the word is not ours: React's `key`, fields of YAML's and Node's own objects, methods such as `Object.keys`. */
function isForeign(
  node: Readonly<Record<string, unknown>>,
  parent: Readonly<Record<string, unknown>>,
): boolean {
  return (
    (parent['type'] === 'MemberExpression' && parent['property'] === node && parent['computed'] === false) ||
    (parent['type'] === 'Property' && parent['key'] === node && parent['shorthand'] === false) ||
    (parent['type'] === 'TSPropertySignature' && parent['key'] === node)
  );
}

/** Names in a file that call something a key without saying of what. */
export function unqualifiedKeys(file: string, source = readFileSync(file, 'utf8')): readonly string[] {
  const found = new Set<string>();
  const walk = (node: unknown, parent: Readonly<Record<string, unknown>>): void => {
    if (Array.isArray(node)) for (const one of node) walk(one, parent);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    // as: a node of the tree has named fields
    const fields = node as Readonly<Record<string, unknown>>;
    const { type, name } = fields;
    if (
      type === 'Identifier' &&
      typeof name === 'string' &&
      isUnqualified(name) &&
      !isForeign(fields, parent)
    )
      found.add(name);
    for (const field of Object.values(fields)) walk(field, fields);
  };
  walk(parseSync(file, source).program, {});
  return [...found];
}

function isUnqualified(name: string): boolean {
  const words = (/[a-z]/.test(name) ? name.split(/(?=[A-Z])/) : name.split('_')).map((word) =>
    word.toLowerCase(),
  );
  if (!/^keys?$/.test(words.at(-1) ?? '')) return false;
  return !QUALIFIERS.has(words.at(-2) ?? '');
}
