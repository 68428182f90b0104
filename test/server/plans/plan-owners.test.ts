import { afterAll, describe, expect, it } from 'vitest';
import { createPlans } from '../../../server/plans/create-plans.ts';
import { savedPlan } from '../../../shared/contract/saved-plan.ts';
import { Client, failed, signUp, testAccounts } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { list, save } from './plan-client.ts';
import { finishedPlan } from './plan-fixture.ts';

const storage = await testStorage();
const { db } = storage;
const { app, audit, findWho } = testAccounts(storage);
const plans = createPlans({ db, audit, findWho, log: quiet, reusedFolders: async () => [] });
app.route('/', plans.routes);
afterAll(() => plans.stop());

describe('other people', () => {
  it('get the same answer for a plan of mine as for none, on every route', async () => {
    const owner = await signUp(app);
    const { id } = await save(owner);
    const stranger = await signUp(app);
    const unknown = '00000000-0000-4000-8000-000000000000';
    const attempts: [string, (id: string) => string, unknown?, Record<string, string>?][] = [
      ['GET', (plan) => `/v1/plans/${plan}`],
      ['PATCH', (plan) => `/v1/plans/${plan}`, { title: 'mine now' }, { 'if-match': '"1"' }],
      ['DELETE', (plan) => `/v1/plans/${plan}`],
      ['POST', (plan) => `/v1/plans/${plan}/copy`],
      ['POST', (plan) => `/v1/plans/${plan}/restore`],
      ['GET', (plan) => `/v1/plans/${plan}/export?format=json`],
    ];
    for (const [method, path, body, headers] of attempts) {
      const theirs = await stranger.send(method, path(id), body, headers);
      const none = await stranger.send(method, path(unknown), body, headers);
      const malformed = await stranger.send(method, path("1'or'1"), body, headers);
      expect(theirs.status).toBe(404);
      expect([none.text, malformed.text, none.status, malformed.status]).toEqual([
        theirs.text,
        theirs.text,
        404,
        404,
      ]);
      expect(failed(await new Client(app).send(method, path(id), body, headers))).toMatchObject({
        status: 401,
      });
    }
    expect((await list(stranger)).total).toBe(0);
    expect(savedPlan.parse((await owner.send('GET', `/v1/plans/${id}`)).json)).toMatchObject({
      rev: 1,
      title: 'Weekly release notes',
    });
  });

  it('read plans with a token that may, and change nothing', async () => {
    const owner = await signUp(app);
    const { id } = await save(owner);
    const tokenFor = async (scope: string) => {
      const made = await owner.send('POST', '/v1/tokens', {
        name: 't',
        scopes: [scope],
        expiresInDays: null,
      });
      // as: the test reads its own server's answer
      return new Client(app, { authorization: `Bearer ${(made.json as { token: string }).token}` });
    };
    const reader = await tokenFor('plans:read');
    expect((await reader.send('GET', `/v1/plans/${id}`)).status).toBe(200);
    expect((await reader.send('GET', '/v1/plans')).status).toBe(200);
    expect(failed(await reader.send('POST', '/v1/plans', finishedPlan()))).toMatchObject({ status: 403 });
    expect(failed(await reader.send('DELETE', `/v1/plans/${id}`))).toMatchObject({ status: 403 });
    const runner = await tokenFor('runs:write');
    expect(failed(await runner.send('GET', `/v1/plans/${id}`))).toMatchObject({
      status: 403,
      message: expect.stringContaining('plans:read'),
    });
  });
});
