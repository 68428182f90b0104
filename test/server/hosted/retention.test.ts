import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { verifyAudit } from '../../../server/audit/verify-audit.ts';
import { keepTidy } from '../../../server/hosted/keep-tidy.ts';
import { signUp } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { ended, start, testHosted } from './hosted-app.ts';

const storage = await testStorage();
const hosted = await testHosted(storage);
afterAll(() => hosted.stop());

const DAY_MS = 86_400_000;
const inDays = (days: number) => () => new Date(Date.now() + days * DAY_MS);
const tidy = (RETENTION_DAYS: number | undefined, days: number): Promise<void> =>
  keepTidy({ storage, settings: { RETENTION_DAYS }, log: quiet, now: inDays(days) }).stop();

test('runs go with their events when they are old, what was made of them and the audit log stay', async () => {
  const client = await signUp(hosted.app, 'keeper');
  const old = await ended(client, await start(client));
  const young = await ended(client, await start(client));
  await sql`update intent_jobs set ended_at = ended_at - interval '3 days' where id = ${old.id}`.execute(
    storage.db,
  );
  await sql`insert into intent_jobs (id, owner_id, workspace_id, handle, request, provider, model, credentials, state, budget_day, reserved_micros, usage, created_at)
    select gen_random_uuid(), owner_id, workspace_id, handle, request, provider, model, credentials, 'queued', budget_day, 0, usage, created_at - interval '9 days'
    from intent_jobs where id = ${old.id}`.execute(storage.db);

  await tidy(undefined, 400);
  expect((await client.send('GET', '/v1/intent')).json).toMatchObject({ runs: { length: 3 } });

  await tidy(30, 28);
  const left = await client.send('GET', '/v1/intent');
  expect(left.json).toMatchObject({ runs: [{ id: young.id }, { state: 'queued' }] });
  expect((await client.send('GET', `/v1/intent/${old.id}`)).status).toBe(404);
  const events = sql<{ jobs: number }>`select count(distinct job_id) as jobs from intent_events`;
  expect((await events.execute(storage.db)).rows).toEqual([{ jobs: 1 }]);

  expect((await client.send('GET', `/v1/plans/${old.planId}`)).status).toBe(200);
  const told = storage.db.selectFrom('audit_entries').select('action').where('subject', '=', old.id);
  expect((await told.orderBy('seq').execute()).map(({ action }) => action)).toEqual(['run.start', 'run.end']);
  expect(await verifyAudit(storage.db, hosted.headFile)).toMatchObject({ ok: true });
});
