import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { writeEvents } from '../../../server/hosted/feed/event-store.ts';
import { requeueJob, takeJob } from '../../../server/hosted/job-store.ts';
import { startServer } from '../../../server/start/start-server.ts';
import { startStorage } from '../../../server/storage/start-storage.ts';
import { hostedRun, hostedSummary } from '../../../shared/contract/hosted.ts';
import { Browser } from '../../faults/browser.ts';
import { migratedDatabase } from '../../parts/test-databases.ts';
import { until } from '../../until.ts';
import { signUp } from '../accounts/accounts-app.ts';
import { freshStorage, quiet } from '../database.ts';
import { feedEvents, start, testHosted } from './hosted-app.ts';

/** A server that is told to stop while it works on a hosted run that somebody watches. */

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function stopDuringRun(graceMs: number) {
  const { url: databaseUrl, drop } = await migratedDatabase();
  undo.push(drop);
  const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-stop-'));
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const storage = await startStorage({ databaseUrl, dataDir, log: quiet });
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    SANDBOX_PACE: 'real',
    SHUTDOWN_GRACE_MS: String(graceMs),
  });
  const server = await startServer(config, { log: quiet, build: 'test', storage });
  const browser = await new Browser(() => server.url).signUp('patient');
  const goal = 'write one skill that lists files';
  const { id } = hostedSummary.parse((await browser.send('POST', '/v1/intent', { goal })).json);
  const watching = browser.open('GET', `/v1/intent/${id}/events`).then((response) => response.text());
  const drafting = async () => {
    const { calls } = hostedRun.parse((await browser.send('GET', `/v1/intent/${id}`)).json);
    expect(calls.some(({ call }) => call.startsWith('draft'))).toBe(true);
  };
  await until(drafting);
  await server.stop();

  const after = await startStorage({ databaseUrl, dataDir, log: quiet });
  undo.push(() => after.stop());
  const job = await after.db
    .selectFrom('intent_jobs')
    .select(['state', 'attempt', 'plan_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { rows: queued } = await sql<{ state: string; transaction: string }>`
    select state::text, xmin::text as transaction from pgboss.job where name = 'compose' and data->>'job' = ${id}
    union all select 'row', xmin::text from intent_jobs where id = ${id} order by 1
  `.execute(after.db);
  return { job, queued, events: feedEvents(await watching) };
}

it('lets the run finish in the time of grace, and whoever watches sees its end', async () => {
  const { job, events } = await stopDuringRun(50_000);
  expect(job).toEqual({ state: 'done', attempt: 1, plan_id: expect.any(String) });
  expect(events.at(-1)?.name).toBe('done');
});

it('puts the run back into the queue when the time is over, and tells whoever watches', async () => {
  const { job, queued, events } = await stopDuringRun(0);
  expect(job).toEqual({ state: 'queued', attempt: 1, plan_id: null });
  // in one transaction, or a crash in between would leave the run to two workers, or to none
  expect(queued.map(({ state }) => state)).toEqual(['completed', 'created', 'row']);
  expect(new Set(queued.map(({ transaction }) => transaction)).size).toBe(1);
  expect(events.at(-1)?.name).toBe('queued');
});

it('tells a place in the queue again that the run had before it was put back', async () => {
  const storage = await freshStorage();
  const hosted = await testHosted(storage, { settings: { HOSTED_WORKERS: '0' } });
  undo.push(
    () => storage.stop(),
    () => hosted.stop(),
  );
  const client = await signUp(hosted.app);
  const id = await start(client);
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await hosted.app.request(`/v1/intent/${id}/events`, { headers: { cookie } });
  const told: string[] = [];
  for await (const chunk of response.body ?? []) {
    const [event] = feedEvents(new TextDecoder().decode(chunk));
    if (event === undefined) continue;
    told.push(event.name);
    if (told.length === 1) {
      await takeJob(storage.db, id, 'worker');
      await writeEvents(storage.db, { job: id, attempt: 1 }, [
        { seq: 1, event: { event: 'run', data: { id } } },
      ]);
    }
    if (told.length === 2)
      await storage.db.transaction().execute((trx) => requeueJob(trx, { job: id, attempt: 1 }));
    if (told.length === 3) break;
  }
  expect(told).toEqual(['queued', 'run', 'queued']);
});
