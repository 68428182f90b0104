import { expect, test } from 'vitest';
import { circlesOf } from './circles.ts';
import { arrowsOf, type Import, readImports, TREES } from './imports.ts';
import { drawArrows, drawnArrows } from './picture.ts';

const imports = readImports(TREES);
const product = imports.filter(({ from }) => !from.startsWith('test/'));

const between = (from: RegExp, to: RegExp): readonly Import[] =>
  product.filter((one) => from.test(one.from) && to.test(one.to));

test.each(TREES)('the README of %s draws exactly the arrows that there are', (tree) => {
  expect(drawArrows(tree, imports)).toBe(drawnArrows(tree));
});

test.each(['web', 'server', 'shared'] as const)('no way leads from a room of %s back to it', (tree) => {
  expect(circlesOf(arrowsOf(tree, imports))).toEqual([]);
});

test('no way leads from a file back to it, by types neither', () => {
  const files = new Map<string, string[]>();
  for (const { from, to } of imports) files.set(from, [...(files.get(from) ?? []), to]);
  expect(circlesOf(files)).toEqual([]);
});

test('web and server do not import each other, shared imports neither, and nothing imports a test', () => {
  const treeOf = (file: string): string => file.split('/')[0] ?? '';
  const allowed: Readonly<Record<string, readonly string[]>> = {
    web: ['web', 'shared'],
    server: ['server', 'shared'],
    shared: ['shared'],
  };
  expect(product.filter(({ from, to }) => !allowed[treeOf(from)]?.includes(treeOf(to)))).toEqual([]);
});

test('users’ keys and the operator’s credentials share no code', () => {
  const users = /^server\/(?:byo|keys|vault)\//;
  const operators = /^server\/(?:operator)\//;
  expect(between(users, operators)).toEqual([]);
  expect(between(operators, users)).toEqual([]);
});

test('users’ keys are in the hands of byo and vault alone', () => {
  expect(between(/^server\/(?!(?:keys|byo|vault|start)\/)/, /^server\/keys\//)).toEqual([]);
});

test('hosted runs know no credential', () => {
  expect(between(/^server\/hosted\//, /^server\/(?:byo|keys|vault|operator)\//)).toEqual([]);
});

test('a pasted key’s run knows nothing of stored ones', () => {
  expect(between(/^server\/byo\//, /^server\/vault\//)).toEqual([]);
});

test('the transport imports nothing of either credential', () => {
  expect(between(/^server\/providers\//, /^server\/(?:byo|keys|vault|hosted|operator)\//)).toEqual([]);
});

test('a run on the user’s key can reach no database', () => {
  const database = /^server\/(?:storage|plans|accounts|audit|hosted|registry)\//;
  expect(between(/^server\/(?:byo|keys|runs)\//, database)).toEqual([]);
});
