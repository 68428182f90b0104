import { readFileSync } from 'node:fs';
import { type ESTree, parseSync } from 'vite';
import { type Import, roomOf } from './imports.ts';

/** One exported declaration with the docstring that stands directly above it. */
export interface Exported {
  readonly file: string;
  readonly name: string;
  /** The text between the comment's marks, without asterisks; undefined where there is none. */
  readonly docstring: string | undefined;
}

type Declaration = NonNullable<ESTree.ExportNamedDeclaration['declaration']>;

/** The files whose exports a stranger meets first: all of `shared/`, and what one room takes from another. */
export function entryFiles(imports: readonly Import[]): readonly string[] {
  const entries = imports.filter(
    ({ from, to }) =>
      !from.startsWith('test/') &&
      /\.tsx?$/.test(to) &&
      (to.startsWith('shared/') || roomOf(from) !== roomOf(to) || from.split('/')[0] !== to.split('/')[0]),
  );
  return [...new Set(entries.map(({ to }) => to))].sort();
}

/** What `file` exports under a name: functions, classes, types, interfaces, and constants that are more than a literal. */
export function exportsOf(file: string, source = readFileSync(file, 'utf8')): readonly Exported[] {
  const { program, comments, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const docstringBefore = (start: number): string | undefined => {
    const above = comments.findLast(({ end }) => end <= start && source.slice(end, start).trim() === '');
    if (above?.type === 'Line' && above.value.startsWith(' biome-ignore'))
      return docstringBefore(above.start);
    return above?.type === 'Block' && above.value.startsWith('*') ? textOf(above.value) : undefined;
  };
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) return [];
    return namesOf(statement.declaration).map((name) => ({
      file,
      name,
      docstring: docstringBefore(statement.start),
    }));
  });
}

function namesOf(declaration: Declaration): readonly string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && !isLiteral(init) ? [id.name] : [],
    );
  if (declaration.type === 'TSTypeAliasDeclaration' && isDerived(declaration)) return [];
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
}

/** A number, a string, or arithmetic of numbers: its name with its unit says all. */
function isLiteral(node: ESTree.Expression | null): boolean {
  if (node?.type === 'BinaryExpression')
    return isLiteral(node.left as ESTree.Expression) && isLiteral(node.right);
  if (node?.type === 'CallExpression') return isEnumOf(node);
  return node?.type === 'Literal' && !('regex' in node);
}

/** `z.enum(STATES)`: the docstring is that of the list. */
function isEnumOf({ callee, arguments: [list] }: ESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'enum' &&
    list?.type === 'Identifier'
  );
}

/** `z.infer<typeof x>`, `keyof typeof X`, `(typeof X)[number]`: the docstring is that of the value. */
function isDerived({ typeAnnotation }: ESTree.TSTypeAliasDeclaration): boolean {
  if (typeAnnotation.type === 'TSTypeOperator') return typeAnnotation.typeAnnotation.type === 'TSTypeQuery';
  if (typeAnnotation.type === 'TSIndexedAccessType') return isTypeOf(typeAnnotation.objectType);
  if (typeAnnotation.type !== 'TSTypeReference') return false;
  const { typeName } = typeAnnotation;
  return typeName.type === 'TSQualifiedName' && /^(?:infer|input|output)$/.test(typeName.right.name);
}

function isTypeOf(node: ESTree.TSType): boolean {
  return node.type === 'TSParenthesizedType' ? isTypeOf(node.typeAnnotation) : node.type === 'TSTypeQuery';
}

function textOf(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*+ ?/, '').trim())
    .join(' ')
    .trim();
}

const EMPTY = new Set(
  'a an the of for in on to and or is are its it this that with from by as at be one each'.split(' '),
);

/** What is wrong with a docstring, or undefined where it is a sentence that says more than the name does. */
export function faultOf({ name, docstring }: Exported): string | undefined {
  if (docstring === undefined) return 'has no docstring';
  if (!/[.!?:)`]$/.test(docstring)) return 'is no sentence: it does not end';
  const words = docstring.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const named = new Set(name.split(/(?=[A-Z])|_/).map((part) => part.toLowerCase()));
  const own = words.filter(
    (word) => !EMPTY.has(word) && !named.has(word) && !named.has(word.replace(/s$/, '')),
  );
  if (words.length < 4 || own.length < 2) return 'says no more than the name';
  return undefined;
}
