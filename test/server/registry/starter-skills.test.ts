import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from 'skills-ref';
import { expect, it } from 'vitest';
import { STARTER_SKILLS } from '../../../server/registry/starter/starter-skills.ts';
import { CATEGORIES } from '../../../shared/contract/categories.ts';
import { judgeSkill } from '../../../shared/registry/judge-skill.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';

it('has at least 24 skills, and some in every category', () => {
  expect(STARTER_SKILLS.length).toBeGreaterThanOrEqual(24);
  expect(new Set(STARTER_SKILLS.map(({ name }) => name)).size).toBe(STARTER_SKILLS.length);
  const shelves = new Set(STARTER_SKILLS.flatMap(({ categories }) => categories));
  expect([...shelves].toSorted()).toEqual(CATEGORIES.toSorted());
});

it.each(STARTER_SKILLS)('$name is valid, and the registry’s rules find nothing in it', async (skill) => {
  const { name, description, body } = skill;
  const content = writeSkill({ name, description, license: 'MIT' }, body);
  const { verdict, findings } = judgeSkill([{ path: 'SKILL.md', content }]);
  expect(findings.map(({ rule, line, message }) => [rule, line, message])).toEqual([]);
  expect(verdict).toBe('pass');
  const root = mkdtempSync(join(tmpdir(), 'oneturn-starter-'));
  try {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'SKILL.md'), content);
    expect(await validate(join(root, name))).toEqual([]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
