import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** The packages that the product's own files import, without the part of a package. */
function importedPackages(): ReadonlySet<string> {
  const packages = new Set<string>();
  for (const tree of ['server', 'shared', 'web']) {
    for (const name of readdirSync(join(ROOT, tree), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name)) continue;
      const text = readFileSync(join(ROOT, tree, name), 'utf8');
      for (const [, specifier = ''] of text.matchAll(/(?:from|import\(?) '([^'.][^']*)'/g)) {
        const [scope = '', part = ''] = specifier.split('/');
        packages.add(scope.startsWith('@') ? `${scope}/${part}` : scope);
      }
    }
  }
  return packages;
}

test('every direct dependency is imported somewhere, and every import is a direct dependency', () => {
  // as: npm has checked the file's form
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const declared = Object.keys(dependencies);
  const imported = importedPackages();
  expect(declared.filter((name) => !imported.has(name))).toEqual([]);
  const packages = [...imported].filter((name) => !name.startsWith('node:'));
  expect(packages.filter((name) => !declared.includes(name))).toEqual([]);
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
