import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { SkillFolder } from '../../../server/cli/skill-folder.ts';
import { writeReused } from '../../../server/cli/write-reused.ts';
import { createPlans } from '../../../server/plans/create-plans.ts';
import { BUILTIN_CATALOG } from '../../../shared/compose/builtin-catalog.ts';
import type { PlanItem } from '../../../shared/contract/plan.ts';
import { planSummary } from '../../../shared/contract/saved-plan.ts';
import { readSkill } from '../../../shared/skills/read-skill.ts';
import { signUp } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';
import { skillFiles } from './author.ts';
import { publishAs, signUpAuthor, testRegistry } from './registry-app.ts';

const storage = await testStorage();
const { app, registry, audit, findWho } = testRegistry(storage);
const { reusedFolders } = registry;
const plans = createPlans({ db: storage.db, audit, findWho, log: quiet, reusedFolders });
app.route('/', plans.routes);
afterAll(() => plans.stop());

const files = skillFiles('bind-books');
const reader = await signUp(app, 'reader');
const ada = await signUpAuthor(app, 'ada');
await publishAs(ada, { name: 'bindery', skills: { 'bind-books': files } });
await publishAs(ada, {
  name: 'bindery',
  version: '2.0.0',
  skills: { 'bind-books': skillFiles('bind-books', '1. Glue it.\n') },
});
await publishAs(ada, {
  name: 'own',
  visibility: 'private',
  skills: { 'own-tricks': skillFiles('own-tricks') },
});

function reusing(owner: string, name: string, version = '1.0.0'): PlanItem {
  const item = finishedPlan().plan?.items[0];
  if (!item) throw new Error('the fixture has a plan');
  return { ...item, id: 'r1', action: 'reuse', name, covers: ['c2'], ref: { owner, name, version } };
}

async function exported(item: PlanItem): Promise<Record<string, string>> {
  const { plan, drafts, analyses, ...rest } = finishedPlan();
  const [first] = plan?.items ?? [];
  const body = {
    ...rest,
    plan: { ...plan, items: [first, item] },
    drafts: drafts.slice(0, 1),
    analyses: analyses.slice(0, 1),
  };
  const saved = planSummary.parse((await reader.send('POST', '/v1/plans', body)).json);
  const cookie = [...reader.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await app.request(`/v1/plans/${saved.id}/export?format=zip`, { headers: { cookie } });
  const entries = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(Object.entries(entries).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

it('a plan is exported with the skills that it reuses, whole and as they were signed', async () => {
  const entries = await exported(reusing('ada', 'bind-books'));
  for (const { path, content } of files) expect(entries[`bind-books/${path}`]).toBe(content);
  expect(JSON.parse(entries['bind-books/skill.oms.sig'] ?? '')).toHaveProperty('dsseEnvelope');
});

it('leaves out what the reader may not see, and versions that are not there', async () => {
  for (const item of [
    reusing('ada', 'own-tricks'),
    reusing('ada', 'bind-books', '9.0.0'),
    reusing('eve', 'bind-books'),
  ])
    expect(Object.keys(await exported(item))).toEqual(['collect-prs/SKILL.md']);
});

it('packs a built-in skill that is not published here as the catalogue has it', async () => {
  const [builtin] = BUILTIN_CATALOG;
  if (!builtin) throw new Error('there are built-in skills');
  const entries = await exported(reusing(builtin.owner, builtin.name, builtin.version));
  const skill = readSkill(entries[`${builtin.name}/SKILL.md`] ?? '');
  expect(skill).toMatchObject({ ok: true, file: { fields: { name: builtin.name } } });
});

it('the command line writes it too, and says which it was not given', async () => {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  const out = mkdtempSync(join(tmpdir(), 'oneturn-reused-'));
  try {
    await new Promise((listening) => server.once('listening', listening));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const folder = new SkillFolder(out, { force: false, say });
    await writeReused(url, folder, [reusing('ada', 'bind-books'), reusing('ada', 'own-tricks')], say);
    for (const { path, content } of files)
      expect(readFileSync(join(out, 'bind-books', path), 'utf8')).toBe(content);
    expect(existsSync(join(out, 'bind-books', 'skill.oms.sig'))).toBe(true);
    expect(existsSync(join(out, 'own-tricks'))).toBe(false);
    expect(said).toEqual(['The plan reuses ada/own-tricks 1.0.0, which this registry does not give.']);
  } finally {
    server.close();
    rmSync(out, { recursive: true, force: true });
  }
});
