import { expect, it } from 'vitest';
import { createPlans } from '../../../server/plans/create-plans.ts';
import { publishState } from '../../../shared/contract/publish-draft.ts';
import { planSummary } from '../../../shared/contract/saved-plan.ts';
import { testAccounts } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';
import { signedBundle, skillFiles } from './author.ts';
import { publishWork } from './publish-work.ts';
import { signUpAuthor, testRegistry } from './registry-app.ts';

const storage = await testStorage();
const { app } = testRegistry(storage);
const { audit, findWho } = testAccounts(storage);
const plans = createPlans({ db: storage.db, audit, findWho, log: quiet, reusedFolders: async () => [] });
plans.stop();
app.route('/', plans.routes);
const ada = await signUpAuthor(app, 'ada');
const send: typeof ada.client.send = (...request) => ada.client.send(...request);

async function newPlan(): Promise<string> {
  return planSummary.parse((await send('POST', '/v1/plans', finishedPlan())).json).id;
}
const stateOf = async (id: string) =>
  publishState.parse((await send('GET', `/v1/publish-drafts/${id}`)).json);
const put = (id: string, work: object, headers: Readonly<Record<string, string>>) =>
  send('PUT', `/v1/publish-drafts/${id}`, work, headers);

it('keeps what was done, and of two tabs lets the second compare', async () => {
  const id = await newPlan();
  expect(await stateOf(id)).toEqual({ draft: null, published: [] });
  expect(await put(id, publishWork(), { 'if-none-match': '*' })).toMatchObject({
    status: 200,
    json: { rev: 1 },
  });
  // a second tab began as well
  expect(await put(id, publishWork({ name: 'other' }), { 'if-none-match': '*' })).toMatchObject({
    status: 409,
    json: { current: { rev: 1, work: { name: 'release-notes' } } },
  });
  expect(await put(id, publishWork({ step: 'name' }), { 'if-match': '"1"' })).toMatchObject({
    json: { rev: 2 },
  });
  expect(await put(id, publishWork(), { 'if-match': '"1"' })).toMatchObject({
    status: 409,
    json: { error: { code: 'conflict' }, current: { rev: 2, work: { step: 'name' } } },
  });
  expect(await put(id, publishWork(), {})).toMatchObject({ status: 400 });
  expect((await send('GET', '/v1/publish-drafts')).json).toMatchObject({
    drafts: [{ planId: id, step: 'name' }],
  });
});

it('is gone with the publishing of its plan, whole or not at all', async () => {
  const id = await newPlan();
  await put(id, publishWork(), { 'if-none-match': '*' });
  const wish = { handle: 'ada', name: 'mending', skills: { 'mend-nets': skillFiles('mend-nets') } };
  const bundle = { ...(await signedBundle(wish, ada.signer)), planId: id };
  const refused = { ...bundle, skills: [{ files: skillFiles('mend-nets', 'Changed.\n') }] };
  expect((await send('POST', '/v1/bundles', refused)).status).toBe(422);
  expect((await stateOf(id)).draft?.rev).toBe(1);
  expect((await send('POST', '/v1/bundles', bundle)).status).toBe(201);
  expect(await stateOf(id)).toMatchObject({
    draft: null,
    published: [{ publisher: 'ada', name: 'mending', version: '1.0.0' }],
  });
  // a tab that was open meanwhile learns it, and brings nothing back
  expect(await put(id, publishWork(), { 'if-match': '"1"' })).toMatchObject({
    status: 409,
    json: { current: null },
  });
});

it('does not outlive its plan', async () => {
  const id = await newPlan();
  await put(id, publishWork(), { 'if-none-match': '*' });
  await send('DELETE', `/v1/plans/${id}`);
  expect((await send('GET', `/v1/publish-drafts/${id}`)).status).toBe(404);
  expect((await put(id, publishWork(), { 'if-match': '"1"' })).status).toBe(404);
  await send('POST', `/v1/plans/${id}/restore`);
  expect((await stateOf(id)).draft?.rev).toBe(1);
});
