import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { packSkills } from '../../../web/compose/skill-archive.ts';
import { draftOf } from '../support/fixtures.ts';

const named = (item: string, name: string) => draftOf(item, { manifest: { name, description: 'd' } });

test('each draft is a folder of its name with its SKILL.md', async () => {
  const files = unzipSync(await packSkills([draftOf('i1'), draftOf('i2')]));
  expect(Object.keys(files)).toEqual(['collect-changes/SKILL.md', 'write-notes/SKILL.md']);
  const first = files['collect-changes/SKILL.md'];
  expect(first && strFromU8(first)).toBe(writeSkill(draftOf('i1').manifest, draftOf('i1').body));
});

test('two drafts of one name both stay', async () => {
  expect(Object.keys(unzipSync(await packSkills([named('a', 'same'), named('b', 'same')])))).toEqual(['same/SKILL.md', 'same-2/SKILL.md']);
});

test('a name that is a device to Windows gets another folder', async () => {
  expect(Object.keys(unzipSync(await packSkills([named('a', 'con'), named('b', 'lpt1'), named('c', 'console')])))).toEqual([
    'con-skill/SKILL.md',
    'lpt1-skill/SKILL.md',
    'console/SKILL.md',
  ]);
});
