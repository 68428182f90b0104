import { expect, test } from 'vitest';
import { entryFiles, exportsOf, faultOf } from './docstrings.ts';
import { readImports, TREES } from './imports.ts';

const roomOf = (file: string): string => file.split('/').slice(0, 2).join('/');
const files = entryFiles(readImports(TREES));

test.each([...new Set(files.map(roomOf))])(
  'whatever %s exports has a docstring that says something',
  (room) => {
    const faults = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => exportsOf(file))
      .flatMap((one) => {
        const fault = faultOf(one);
        return fault === undefined ? [] : [`${one.file}: ${one.name} ${fault}`];
      });
    expect(faults).toEqual([]);
  },
);

test.each<readonly [string, string, string | undefined]>([
  ['nothing', 'export function costOf(run: Run): number { return 1; }', 'has no docstring'],
  [
    'a plain comment',
    '// USD, or null where no price is known.\nexport const costOf = (run: Run) => 1;',
    'has no docstring',
  ],
  [
    'one for the file',
    '/** Costs of runs, in USD. */\n\nimport "./x.ts";\nexport class Cost {}',
    'has no docstring',
  ],
  [
    'the name again',
    '/** The cost of the cost. */\nexport const costOf = (run: Run) => 1;',
    'says no more than the name',
  ],
  [
    'a heading',
    '/** Money of a whole run in USD */\nexport interface Cost {}',
    'is no sentence: it does not end',
  ],
  ['a sentence', '/** USD; null where no price is known. */\nexport type Cost = number | null;', undefined],
])('finds %s wanting or not', (_, source, fault) => {
  expect(exportsOf('one.ts', source).map(faultOf)).toEqual([fault]);
});

test.each([
  ['a number with its unit', 'export const TIMEOUT_MS = 3 * 1000;'],
  ['what zod infers', 'export type Goal = z.infer<typeof goal>;'],
  ['a member of a list', 'export type Role = (typeof ROLES)[number];'],
  ['the schema of a list', 'export const role = z.enum(ROLES);'],
  ['what is not exported', 'const cost = (run: Run) => 1;'],
])('asks nothing of %s', (_, source) => {
  expect(exportsOf('one.ts', source)).toEqual([]);
});
