import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Programs, types, and what a test or a package looks for by its name. */
const UNIMPORTED =
  /^(?:@types\/.*|@biomejs\/biome|tsx|typescript|clawdhub|skill-check|skills|skills-next|jsdom|@sparticuz\/chromium|@testing-library\/dom)$/;

/** The packages that a folder's files import, without the part of a package. */
function importedPackages(...trees: readonly string[]): readonly string[] {
  const files = trees.flatMap((tree) =>
    readdirSync(join(ROOT, tree), { recursive: true, encoding: 'utf8' }).map((name) => join(tree, name)),
  );
  return [...new Set(files.filter((name) => /\.tsx?$/.test(name)).flatMap(packagesIn))];
}

function packagesIn(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import\(?) '([^'.][^']*)'/g)].map(([, specifier = '']) => {
    const [scope = '', part = ''] = specifier.split('/');
    return scope.startsWith('@') ? `${scope}/${part}` : scope;
  });
}

// as: npm has checked the file's form
const { dependencies = {}, devDependencies } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** What the build needs is bundled by it: who installs the package gets PostgreSQL's programs beside it, and nothing else. */
test('every package that the product imports is a direct one, and none is installed beside the bundle', () => {
  const imported = importedPackages('server', 'shared', 'web');
  const packages = imported.filter((name) => !name.startsWith('node:'));
  expect(packages.filter((name) => !(name in devDependencies))).toEqual([]);
  expect(dependencies).toEqual({});
});

test('every direct dependency is imported somewhere, or is a program', () => {
  const imported = [...importedPackages('server', 'shared', 'web', 'test'), ...packagesIn('vite.config.ts')];
  const unused = Object.keys(devDependencies).filter((name) => !imported.includes(name));
  expect(unused.filter((name) => !UNIMPORTED.test(name))).toEqual([]);
});

/** Whether one of the alternatives of a range admits Node 20: `^20.1`, `20 || >=22`, `>=18`. */
function admitsNode20(range: string): boolean {
  return range.split('||').some((one) => {
    const [, operator = '', major = '0'] = /^\s*(>=|>|\^|~)?\s*v?(\d+|\*|x)?/.exec(one) ?? [];
    if (!/^\d+$/.test(major)) return true;
    return operator.startsWith('>') ? Number(major) <= 20 : Number(major) === 20;
  });
}

test('the packages that ask for a newer Node than 20 are the ones that CONTRIBUTING names', () => {
  // as: npm writes the file
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
  };
  const newer = Object.entries(packages)
    .filter(([path, { engines }]) => path !== '' && !admitsNode20(engines?.node ?? '*'))
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  const contributing = readFileSync(join(ROOT, '.github/CONTRIBUTING.md'), 'utf8');
  expect(newer.length).toBeGreaterThan(0);
  expect(newer.filter((name) => !contributing.includes(`\`${name}\``))).toEqual([]);
});
