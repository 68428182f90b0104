import { parseSync } from 'vite';

export interface FunctionShape {
  /** Its own name, or that of the variable, member or property that holds it; empty for a function that is handed over. */
  readonly name: string;
  readonly lines: number;
  /** How many values a call gives it by their place; one object that is taken apart counts once. */
  readonly positional: number;
}

/** Every function of a TypeScript text, the ones inside others too, in the order in which they begin. */
export function functionsOf(path: string, text: string): readonly FunctionShape[] {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  const found: FunctionShape[] = [];
  visit(program, '', (node, name) => {
    // as: what `isFunction` lets through has these
    const { start, end, params } = node as unknown as {
      start: number;
      end: number;
      params: readonly unknown[];
    };
    found.push({ name, lines: text.slice(start, end).split('\n').length, positional: params.length });
  });
  return found;
}

type Node = Readonly<Record<string, unknown>>;

function visit(value: unknown, holder: string, found: (node: Node, name: string) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, holder, found);
  if (!isNode(value)) return;
  const name = nameOf(value) ?? holder;
  if (isFunction(value)) found(value, name);
  for (const [key, child] of Object.entries(value)) visit(child, keepsName(key) ? name : '', found);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node)['type'] === 'string';
}

function isFunction({ type }: Node): boolean {
  return (
    type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'
  );
}

/** `id` of declarations, `key` of members and properties. */
function nameOf(node: Node): string | undefined {
  for (const at of ['id', 'key']) {
    const named = node[at];
    if (isNode(named) && typeof named['name'] === 'string') return named['name'];
  }
  return undefined;
}

/** The value of a variable, member or property is called as it is; what stands deeper is not. */
function keepsName(key: string): boolean {
  return key === 'init' || key === 'value';
}
