import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { createPlans } from '../../../server/plans/create-plans.ts';
import { purgePlans } from '../../../server/plans/plan-store.ts';
import { planSummary } from '../../../shared/contract/saved-plan.ts';
import { signUp, testAccounts } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { list, save } from './plan-client.ts';

const storage = await testStorage();

const { db } = storage;

const { app, audit, findWho } = testAccounts(storage);

const plans = createPlans({ db, audit, findWho, log: quiet, reusedFolders: async () => [] });

app.route('/', plans.routes);

afterAll(() => plans.stop());

describe('copies, deletion and undo', () => {
  it('copies a plan as one of its own', async () => {
    const client = await signUp(app);
    const { id } = await save(client);
    const copy = planSummary.parse((await client.send('POST', `/v1/plans/${id}/copy`)).json);
    expect(copy).toMatchObject({ title: 'Weekly release notes (copy)', rev: 1, drafts: 2 });
    await client.send('DELETE', `/v1/plans/${id}`);
    expect((await client.send('GET', `/v1/plans/${copy.id}`)).status).toBe(200);
  });

  it('deletes, brings back within the time, and purges after it', async () => {
    const client = await signUp(app);
    const { id } = await save(client);
    const deleted = await client.send('DELETE', `/v1/plans/${id}`);
    // as: the test reads its own server's answer
    const until = Date.parse((deleted.json as { undoUntil: string }).undoUntil);
    expect(Math.round((until - Date.now()) / 3_600_000)).toBe(24);
    expect((await client.send('GET', `/v1/plans/${id}`)).status).toBe(404);
    expect((await client.send('DELETE', `/v1/plans/${id}`)).status).toBe(404);
    expect((await list(client)).total).toBe(0);
    expect((await client.send('POST', `/v1/plans/${id}/restore`)).status).toBe(200);
    expect((await client.send('POST', `/v1/plans/${id}/restore`)).status).toBe(404);
    expect((await list(client)).total).toBe(1);

    await client.send('DELETE', `/v1/plans/${id}`);
    expect(await purgePlans(db)).toBe(0);
    await sql`update intent_plans set deleted_at = deleted_at - interval '24 hours' where id = ${id}`.execute(
      db,
    );
    expect((await client.send('POST', `/v1/plans/${id}/restore`)).status).toBe(404);
    expect(await purgePlans(db)).toBe(1);
  });

  it('goes with the account', async () => {
    const client = await signUp(app, 'goner');
    const { id } = await save(client);
    await client.send('POST', '/v1/auth/delete-user', { password: 'correct horse battery' });
    expect((await sql`select 1 from intent_plans where id = ${id}`.execute(db)).rows).toEqual([]);
  });
});

it('writes down what happens to plans', async () => {
  const client = await signUp(app, 'scribe');
  const { id } = await save(client);
  await client.send('PATCH', `/v1/plans/${id}`, { title: 'x' }, { 'if-match': '"1"' });
  await client.send('PATCH', `/v1/plans/${id}`, { title: 'x' }, { 'if-match': '"1"' });
  await client.send('GET', `/v1/plans/${id}/export`);
  await client.send('DELETE', `/v1/plans/${id}`);
  const rows = await db
    .selectFrom('audit_entries')
    .select(['action', 'subject', 'provider', 'detail'])
    .where('handle', '=', 'scribe')
    .where('action', 'like', 'plan.%')
    .orderBy('seq')
    .execute();
  expect(rows).toEqual([
    { action: 'plan.save', subject: id, provider: 'sandbox', detail: '{}' },
    { action: 'plan.edit', subject: id, provider: null, detail: '{"fields":"title"}' },
    { action: 'plan.export', subject: id, provider: null, detail: '{"format":"zip"}' },
    { action: 'plan.delete', subject: id, provider: null, detail: '{}' },
  ]);
});
