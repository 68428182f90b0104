import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** A class that no style sheet has, or that only another feature's has, looks right until the page is loaded directly. */
const files = readdirSync('web', { recursive: true, encoding: 'utf8' }).map((name) => join('web', name));
const sheets = files.filter((name) => name.endsWith('.css'));
const modules = sheets.filter((name) => name.endsWith('.module.css'));
const components = files.filter((name) => name.endsWith('.tsx'));
const read = (file: string): string => readFileSync(file, 'utf8');

/** The classes that a sheet's own selectors name, without what it says is global. */
function classesOf(file: string): ReadonlySet<string> {
  const css = read(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/:global\([^)]*\)/g, '');
  const selectors = [...css.matchAll(/([^{};]+)\{/g)].map(([, text = '']) => text.trim());
  return new Set(
    selectors
      .filter((text) => !text.startsWith('@'))
      .flatMap((text) => [...text.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = '']) => name)),
  );
}

const usesOf = (component: string): readonly string[] =>
  [...read(component).matchAll(/\bstyles\['([\w-]+)'\]/g)].map(([, name = '']) => name);

function moduleOf(component: string): string | undefined {
  const path = /import styles from '([^']+)'/.exec(read(component))?.[1];
  return path === undefined ? undefined : relative('.', join(component, '..', path));
}

test('sheets outside of ui/sheets are modules, each with a name of its own', () => {
  expect(sheets.filter((name) => !name.startsWith('web/ui/sheets/') && !modules.includes(name))).toEqual([]);
  const names = modules.map((name) => basename(name));
  expect(names.length).toBe(new Set(names).size);
});

test('a component asks only for classes that its module has, and every class is asked for', () => {
  const asked = new Map<string, Set<string>>(modules.map((name) => [name, new Set()]));
  for (const component of components) {
    const module = moduleOf(component);
    if (module === undefined) {
      expect(usesOf(component), component).toEqual([]);
      continue;
    }
    const known = classesOf(module);
    expect(
      usesOf(component).filter((name) => !known.has(name)),
      component,
    ).toEqual([]);
    for (const name of usesOf(component)) asked.get(module)?.add(name);
  }
  for (const [module, names] of asked) {
    expect(
      [...classesOf(module)].filter((name) => !names.has(name)),
      module,
    ).toEqual([]);
  }
});

test('every other class is one of ui/sheets', () => {
  const global = new Set(
    sheets.filter((name) => name.startsWith('web/ui/sheets/')).flatMap((name) => [...classesOf(name)]),
  );
  for (const component of components) {
    const texts = [
      ...read(component).matchAll(/className=(?:"([^"]*)"|\{([^}]*(?:\$\{[^}]*\}[^}]*)*)\})/g),
    ].flatMap(
      ([, plain, code = '']) =>
        plain ??
        [...code.replaceAll(/\$\{[^}]*\}/g, ' ').matchAll(/['"`]([\w -]*)['"`]/g)].map(
          ([, text = '']) => text,
        ),
    );
    const names = texts.flatMap((text) => text.split(' ')).filter((name) => name !== '');
    const local = new Set(usesOf(component));
    expect(
      names.filter((name) => !global.has(name) && !local.has(name)),
      component,
    ).toEqual([]);
  }
});
