import { afterAll, expect, it } from 'vitest';
import { savedPlan } from '../../../shared/contract/saved-plan.ts';
import { signUp } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { ended, start, testHosted, watch } from './hosted-app.ts';

const storage = await testStorage();
const hosted = await testHosted(storage);
afterAll(() => hosted.stop());

it('a hosted run’s plan has the files beside its skills, and keeps no pieces of them', async () => {
  const client = await signUp(hosted.app);
  const id = await start(client, {
    goal: 'Parse the server logs with a script, and report the slowest pages',
  });
  const { planId, calls } = await ended(client, id);
  expect(calls.map(({ call }) => call)).toContain('file-i1-1-1');
  const plan = savedPlan.parse((await client.send('GET', `/v1/plans/${planId}`)).json);
  expect(plan.drafts[0]?.files).toEqual([
    { path: 'scripts/parse-server-logs.mjs', content: expect.stringContaining("from 'node:fs'") },
  ]);
  const names = (await watch(client, id)).map(({ name }) => name);
  expect(names).toContain('draft');
  expect(names.filter((name) => name === 'file' || name === 'text')).toEqual([]);
  expect(plan.drafts.map(({ item }) => item)).toEqual(plan.plan?.items.map(({ id }) => id));
  const packed = await client.send('GET', `/v1/plans/${planId}/export?format=markdown`);
  expect(packed.text).toContain('### parse-server-logs/scripts/parse-server-logs.mjs');
});
