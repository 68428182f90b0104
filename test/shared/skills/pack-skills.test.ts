import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { packSkills } from '../../../shared/skills/pack-skills.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';

const named = (name: string, body = 'Do it.\n') => ({ manifest: { name, description: 'd' }, body });
const foldersOf = (...names: readonly string[]): string[] =>
  Object.keys(unzipSync(packSkills(names.map((name) => named(name))))).map((path) =>
    path.replace(/\/SKILL\.md$/, ''),
  );

test('each draft is a folder of its name with its SKILL.md', () => {
  const drafts = [named('collect-changes', '# Collect\n'), named('write-notes', '# Write\n')];
  const files = unzipSync(packSkills(drafts));
  expect(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)])).toEqual(
    drafts.map(({ manifest, body }) => [`${manifest.name}/SKILL.md`, writeSkill(manifest, body)]),
  );
});

test('what lies beside a SKILL.md is packed in its folders', () => {
  const file = { path: 'scripts/count.mjs', content: 'console.log(1);\n' };
  const files = unzipSync(packSkills([{ ...named('one'), files: [file] }, named('two')]));
  expect(Object.keys(files)).toEqual(['one/SKILL.md', 'one/scripts/count.mjs', 'two/SKILL.md']);
  expect(strFromU8(files['one/scripts/count.mjs'] ?? new Uint8Array())).toBe(file.content);
});

test('drafts of one name all stay, also beside one that has the next name', () => {
  expect(foldersOf('same', 'same', 'same-2', 'same')).toEqual(['same', 'same-2', 'same-2-2', 'same-3']);
});

test('a name that is a device to Windows gets another folder', () => {
  expect(foldersOf('con', 'lpt1', 'nul', 'console')).toEqual([
    'con-skill',
    'lpt1-skill',
    'nul-skill',
    'console',
  ]);
});

test('one time of editing gives equal bytes', () => {
  const pack = (at: string): Buffer => Buffer.from(packSkills([named('one')], at));
  expect(pack('2026-11-21T10:00:00.000Z').equals(pack('2026-11-21T10:00:00.000Z'))).toBe(true);
  expect(pack('2026-11-21T10:00:00.000Z').equals(pack('2026-11-22T10:00:00.000Z'))).toBe(false);
});
