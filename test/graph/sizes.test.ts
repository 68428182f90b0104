import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functionsOf } from './functions.ts';
import * as allowed from './sizes.ts';

/** What git tracks, and what it would: not the built page, nor what an editor leaves. */
const files = execFileSync('git', [
  'ls-files',
  '-co',
  '--exclude-standard',
  'web',
  'server',
  'shared',
  'test',
])
  .toString()
  .split('\n')
  .filter((file) => /\.(?:tsx?|css|mjs)$/.test(file));
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const linesOf = (file: string): number => (texts.get(file) ?? '').split('\n').length - 1;
const product = files.filter((file) => !file.startsWith('test/'));
const code = files.filter((file) => /\.tsx?$/.test(file));

/** What breaks a rule has to be what the list names, to the letter: a name that is not needed any more goes. */
const expectOnly = (found: readonly string[], named: Readonly<Record<string, string>>): void => {
  expect([...found].sort()).toEqual(Object.keys(named).sort());
};

test('the files are found', () => {
  expect(product.length).toBeGreaterThan(500);
});

describe('files', () => {
  test('none is over 250 lines but data', () => {
    expectOnly(
      files.filter((file) => linesOf(file) > 250),
      allowed.LONG_FILES,
    );
  });

  test('half of the product’s are under 60 lines', () => {
    const lines = product.filter((file) => /\.tsx?$/.test(file)).map(linesOf);
    expect(lines.sort((a, b) => a - b)[Math.floor(lines.length / 2)]).toBeLessThan(60);
  });

  test('none of the product is under ten lines, where a neighbour could take it in', () => {
    expectOnly(
      product.filter((file) => /\.tsx?$/.test(file) && linesOf(file) < 10),
      allowed.SHORT_FILES,
    );
  });

  test('no folder has 25', () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expectOnly(
      [...counts].filter(([, count]) => count >= 25).map(([folder]) => folder),
      allowed.LARGE_FOLDERS,
    );
  });
});

describe('functions', () => {
  const shapes = code.flatMap((file) =>
    functionsOf(file, texts.get(file) ?? '').map((shape) => ({ ...shape, file })),
  );

  test('none of the product is longer than a screen: 60 lines, a component 90', () => {
    expectOnly(
      shapes
        .filter(({ file, lines }) => !file.startsWith('test/') && lines > (file.endsWith('.tsx') ? 90 : 60))
        .map(({ file, name }) => `${file} ${name}`.trim()),
      allowed.LONG_FUNCTIONS,
    );
  });

  // A function without a name in a test is a row of a table, or of a property: its columns stand above it.
  test('none takes five values by their place', () => {
    expectOnly(
      shapes
        .filter(({ file, name, positional }) => positional > 4 && (name !== '' || !file.startsWith('test/')))
        .map(({ file, name }) => `${file} ${name}`.trim()),
      allowed.MANY_ARGUMENTS,
    );
  });

  test('are told by their names, lines and arguments', () => {
    const text = 'const a = (b: number, { c }: D) => {\n  e((f) => f);\n};\nclass G {\n  h() {}\n}\n';
    expect(functionsOf('a.ts', text)).toEqual([
      { name: 'a', lines: 3, positional: 2 },
      { name: '', lines: 1, positional: 1 },
      { name: 'h', lines: 1, positional: 0 },
    ]);
  });
});
