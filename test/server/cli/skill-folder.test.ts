import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SkillFolder } from '../../../server/cli/skill-folder.ts';

let home: string;
let out: string;
let said: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oneturn-folder-'));
  out = join(home, 'skills');
  said = [];
});
afterEach(() => rmSync(home, { recursive: true }));

const open = (force = false): SkillFolder => new SkillFolder(out, { force, say: (line) => said.push(line) });
const read = (...path: string[]): string => readFileSync(join(home, ...path), 'utf8');

function write(path: string, text: string): void {
  mkdirSync(join(home, path, '..'), { recursive: true });
  writeFileSync(join(home, path), text);
}

test('writes the files beside a SKILL.md into their folders, again after a redraft, and over nothing of others', () => {
  const file = (content: string) => [{ path: 'scripts/count.mjs', content }];
  const folder = open();
  folder.writeSkill('log-changes', 'first');
  folder.writeSkill('log-changes', 'first', file('one'));
  folder.writeSkill('log-changes', 'second', file('two'));
  expect(read('skills', 'log-changes', 'scripts', 'count.mjs')).toBe('two');
  open().writeSkill('log-changes', 'other', file('three'));
  expect(read('skills', 'log-changes', 'scripts', 'count.mjs')).toBe('two');
  expect(read('skills-2', 'log-changes', 'scripts', 'count.mjs')).toBe('three');
});

test('writes where it is told to, and its own skill again after a redraft', () => {
  const folder = open();
  folder.choose(['log-changes']);
  folder.writeSkill('log-changes', 'first');
  folder.writeSkill('log-changes', 'second');
  expect(read('skills', 'log-changes', 'SKILL.md')).toBe('second');
  expect(said).toEqual([]);
});

test('leaves a skill of that name as it is, and offers the whole run another folder', () => {
  write('skills/write-notes/SKILL.md', 'mine');
  const folder = open();
  folder.choose(['log-changes', 'write-notes']);
  folder.writeSkill('log-changes', 'new');
  folder.writeSkill('write-notes', 'new');
  expect(read('skills', 'write-notes', 'SKILL.md')).toBe('mine');
  expect(readdirSync(out)).toEqual(['write-notes']);
  expect(readdirSync(join(home, 'skills-2')).sort()).toEqual(['log-changes', 'write-notes']);
  expect(folder.path).toBe(join(home, 'skills-2'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`${join(out, 'write-notes')} is there already`);
  expect(said[0]).toContain('skills-2');
  expect(said[0]).toContain('--force');
});

test('goes on to the next folder that has none of the names', () => {
  write('skills/a/SKILL.md', 'mine');
  write('skills-2/b/SKILL.md', 'mine');
  write('skills-3/c/SKILL.md', 'mine');
  const folder = open();
  folder.choose(['a', 'b']);
  expect(folder.path).toBe(join(home, 'skills-3'));
});

test('minds a skill’s folder without a SKILL.md, a file and a link in its place', () => {
  write('skills/a/notes.md', 'mine');
  write('skills/b', 'mine');
  mkdirSync(join(home, 'elsewhere'));
  symlinkSync(join(home, 'elsewhere'), join(out, 'c'));
  symlinkSync(join(home, 'nowhere'), join(out, 'd'));
  for (const name of ['a', 'b', 'c', 'd']) open().writeSkill(name, 'new');
  expect(readdirSync(join(home, 'elsewhere'))).toEqual([]);
  expect(existsSync(join(home, 'nowhere'))).toBe(false);
  expect(read('skills', 'b')).toBe('mine');
  expect(readdirSync(join(out, 'a'))).toEqual(['notes.md']);
  expect(readdirSync(join(home, 'skills-2')).sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('does not overwrite a skill whose name was not in the plan', () => {
  write('skills/late/SKILL.md', 'mine');
  const folder = open();
  folder.choose(['early']);
  folder.writeSkill('early', 'new');
  folder.writeSkill('late', 'new');
  expect(read('skills', 'late', 'SKILL.md')).toBe('mine');
  expect(read('skills-2', 'late', 'SKILL.md')).toBe('new');
});

test('gives a second receipt a name of its own', () => {
  expect(open().writeFile('receipt.json', 'one')).toBe(join(out, 'receipt.json'));
  expect(open().writeFile('receipt.json', 'two')).toBe(join(out, 'receipt-2.json'));
  expect(read('skills', 'receipt.json')).toBe('one');
});

test('overwrites with force', () => {
  write('skills/a/SKILL.md', 'mine');
  write('skills/receipt.json', 'mine');
  const folder = open(true);
  folder.choose(['a']);
  folder.writeSkill('a', 'new');
  folder.writeFile('receipt.json', 'new');
  expect(read('skills', 'a', 'SKILL.md')).toBe('new');
  expect(read('skills', 'receipt.json')).toBe('new');
  expect(readdirSync(home)).toEqual(['skills']);
  expect(said).toEqual([]);
});
