import { beforeAll, expect, it } from 'vitest';
import { STARTER_SKILLS } from '../../../server/registry/starter/starter-skills.ts';
import { bundlePage } from '../../../shared/contract/registry.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { Client } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { publishAs, signUpAuthor, testRegistry } from './registry-app.ts';
import { GOALS } from './search-goals.ts';

/** How often a goal, in whichever of five languages, finds what it should among the first three. */

const WANTED_SHARE = 0.85;
const { app } = testRegistry(await testStorage());
const stranger = new Client(app);

beforeAll(async () => {
  const ada = await signUpAuthor(app, 'ada');
  for (const { name, description, body } of STARTER_SKILLS) {
    const content = writeSkill({ name, description, license: 'MIT' }, body);
    await publishAs(ada, { name, skills: { [name]: [{ path: 'SKILL.md', content }] } });
  }
});

it(`finds at least ${WANTED_SHARE * 100} % of the goals, and in each language three of four`, async () => {
  const missed: string[] = [];
  for (const [goal, skill] of GOALS) {
    const { json } = await stranger.send('GET', `/v1/bundles?limit=3&q=${encodeURIComponent(goal)}`);
    const first = bundlePage.parse(json).bundles.map(({ name }) => name);
    if (!first.includes(skill)) missed.push(`${goal}: ${first.join(', ')}`);
  }
  const share = 1 - missed.length / GOALS.length;
  expect(share, missed.join('\n')).toBeGreaterThanOrEqual(WANTED_SHARE);
  for (let at = 0; at < GOALS.length; at += 8) {
    const language = GOALS.slice(at, at + 8).filter(([goal]) => missed.some((one) => one.startsWith(goal)));
    expect(language.length, missed.join('\n')).toBeLessThanOrEqual(2);
  }
  console.info(`search: ${Math.round(share * 100)} % of ${GOALS.length} goals`);
});
