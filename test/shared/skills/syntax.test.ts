import { expect, it } from 'vitest';
import { analyzeSkill, fileFindings } from '../../../shared/skills/analyze-skill.ts';

const faults = (path: string, text: string) =>
  fileFindings(path, text)
    .filter(({ rule }) => rule === 'quality.file.syntax')
    .map(({ line }) => line);

it.each([
  ['scripts/a.mjs', '#!/usr/bin/env node\nexport const a = await import("node:fs");\n'],
  ['scripts/a.js', 'const fs = require("node:fs");\nif (!fs) return;\n'.replace('return;', 'throw 1;')],
  ['scripts/a.js', 'import fs from "node:fs";\nawait fs;\n'],
  ['scripts/a.cjs', 'module.exports = { a: 1 };\n'],
  ['references/a.json', '{"a": [1, 2]}\n'],
  ['references/a.yaml', 'a: 1\n---\nb: [1, 2]\n'],
  ['scripts/a.py', 'def a(:\n'],
  ['scripts/a.sh', 'if [ ; then\n'],
  ['references/a.md', '{ not code ['],
])('%s that can be read has no finding', (path, text) => {
  expect(faults(path, text)).toEqual([]);
});

it.each([
  ['scripts/a.mjs', 'const a = 1;\nconst a = 2;\n', 2],
  ['scripts/a.js', 'let x = ;\n', 1],
  ['scripts/a.cjs', 'export const a = 1;\n', 1],
  ['references/a.json', '{"a": 1,}\n', undefined],
  ['references/a.yml', 'a: 1\nb: [1, 2\n', 3],
])('%s that breaks its language is told by its line', (path, text, line) => {
  expect(faults(path, text)).toEqual([line]);
});

it.each([
  ['references/a.yaml', '['.repeat(150_000)],
  ['references/a.yaml', `a: ${'{a: '.repeat(5000)}`],
  ['references/a.yaml', '- '.repeat(50_000)],
  ['references/a.yml', 'a: '.repeat(50_000)],
  [
    'references/a.yml',
    Array.from({ length: 500 }, (_, at) => `${' '.repeat(at)}a:`)
      .join('\n')
      .concat('\nb'),
  ],
  ['scripts/a.js', '('.repeat(150_000)],
])('%s that is nested deeper than a parser can go is not parsed', (path, text) => {
  expect(faults(path, text)).toEqual([]);
});

it('reads what is nested as deeply as people write', () => {
  expect(faults('scripts/a.js', `${'['.repeat(50)}${']'.repeat(49)}`)).toEqual([1]);
  expect(faults('references/a.yaml', `${'- '.repeat(50)}a: [`)).toEqual([1]);
});

it.each(['constructor', '__proto__'])('takes an ending of .%s for no language', (ending) => {
  expect(faults(`scripts/a.${ending}`, 'a')).toEqual([]);
});

it.each([`a: 1 # ${']'.repeat(3000)}\nb: ${'['.repeat(3000)}`, `a: 1\nb:\n  ${'- &a '.repeat(2000)}`])(
  'front matter that hides how deep it nests is refused before it is parsed',
  (yaml) => {
    const { findings } = analyzeSkill(`---\n${yaml}\n---\nBody.\n`, { goal: '', files: [] });
    expect(findings.map(({ rule }) => rule)).toContain('spec.frontmatter.size');
  },
);
