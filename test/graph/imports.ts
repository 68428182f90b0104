import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const TREES = ['web', 'server', 'shared', 'test'] as const;
export type Tree = (typeof TREES)[number];

export interface Import {
  readonly from: string;
  readonly to: string;
  /** Gone when the code runs: only shapes come in. */
  readonly typeOnly: boolean;
}

const STATEMENT =
  /^\s*(?:import|export)(\s+type)?\s([^;'"]*?from\s*)?['"](\.[^'"]+)['"]|^\s*import\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/gm;

/** Every relative import of the TypeScript files under `trees`, dynamic ones and those of types included. */
export function readImports(trees: readonly Tree[]): readonly Import[] {
  return trees.flatMap((tree) => sourceFiles(tree).flatMap(importsOf));
}

export function sourceFiles(tree: Tree): readonly string[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(tree, name));
}

function importsOf(from: string): readonly Import[] {
  return [...readFileSync(from, 'utf8').matchAll(STATEMENT)].map((match) => {
    const target = match[3] ?? match[4] ?? match[5] ?? '';
    return {
      from,
      to: normalize(join(dirname(from), target.replace(/\?.*$/, ''))),
      typeOnly: match[1] !== undefined || namesOnlyTypes(match[2]),
    };
  });
}

function namesOnlyTypes(clause: string | undefined): boolean {
  const names = /\{([^}]*)\}/
    .exec(clause ?? '')?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return names?.filter(Boolean).every((name) => name.startsWith('type ')) ?? false;
}

/** The folder below the tree, or the file itself where it lies in the tree's top folder. */
export function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** Room by room, which others of the same tree it imports; tests and styles count like everything else. */
export function arrowsOf(tree: Tree, imports: readonly Import[]): ReadonlyMap<string, readonly string[]> {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    if (!from.startsWith(`${tree}/`)) continue;
    const found = arrows.get(roomOf(from)) ?? new Set<string>();
    arrows.set(roomOf(from), found);
    if (to.startsWith(`${tree}/`) && roomOf(to) !== roomOf(from)) found.add(roomOf(to));
  }
  for (const room of [...arrows.values()].flatMap((targets) => [...targets]))
    if (!arrows.has(room)) arrows.set(room, new Set());
  return new Map([...arrows].map(([room, targets]) => [room, [...targets].sort()]));
}
