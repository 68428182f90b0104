import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostedRun, hostedSummary, isOver } from '../../../shared/contract/hosted.ts';
import { Browser } from '../../faults/browser.ts';
import { type RunningServer, startServer, startWorker } from '../../faults/processes.ts';
import { buildPrograms } from '../../faults/programs.ts';
import { until } from '../../until.ts';
import { testStorage, urlTo } from '../database.ts';
import { feedEvents } from './hosted-app.ts';

/** As on three machines: a server that runs nothing itself, and two workers, with nothing in common but a database. */

const goal = 'turn merged pull requests into weekly release notes';
const undo: (() => Promise<void> | void)[] = [];
const workers: number[] = [];
let server: RunningServer;
let browser: Browser;

const storage = await testStorage();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-machines-'));
  chmodSync(folder, 0o711);
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const programs = await buildPrograms();
  const common = {
    DATABASE_URL: urlTo(storage),
    SHUTDOWN_GRACE_MS: '0',
    SANDBOX_PACE: 'fast',
  };
  server = await startServer(programs.server, {
    ...common,
    DATA_DIR: join(folder, 'server'),
    HOSTED_WORKERS: '0',
  });
  undo.push(() => server.end('SIGTERM'));
  for (const name of ['one', 'two']) {
    const worker = await startWorker(programs.worker, {
      ...common,
      DATA_DIR: join(folder, name),
      HOSTED_WORKERS: '1',
    });
    undo.push(() => worker.end('SIGTERM'));
    workers.push(worker.pid);
  }
  browser = await new Browser(() => server.url).signUp('watcher');
});
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

async function begin(): Promise<string> {
  return hostedSummary.parse((await browser.send('POST', '/v1/intent', { goal })).json).id;
}

async function read(id: string) {
  return hostedRun.parse((await browser.send('GET', `/v1/intent/${id}`)).json);
}

async function over(id: string) {
  await until(async () => expect(isOver((await read(id)).state)).toBe(true));
  return read(id);
}

it('two workers share what one server takes in', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, begin));
  for (const id of ids)
    expect(await over(id)).toMatchObject({ state: 'done', attempts: 1, planId: expect.any(String) });
  const rows = await storage.db.selectFrom('intent_jobs').select('worker').where('id', 'in', ids).execute();
  const took = new Set(rows.map(({ worker }) => Number(worker?.split(':').at(-1))));
  expect([...took].sort()).toEqual([...workers].sort());
});

it('a run’s events come to the client through the server while a worker makes them', async () => {
  const id = await begin();
  const response = await browser.open('GET', `/v1/intent/${id}/events`);
  let text = '';
  let stateAtFirstText = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (stateAtFirstText === '' && text.includes('event: text')) stateAtFirstText = (await read(id)).state;
  }
  expect(stateAtFirstText).toBe('running');
  const events = feedEvents(text);
  const numbered = events.flatMap((event) => event.id ?? []);
  expect(numbered).toEqual(numbered.map((_, i) => i + 1));
  expect(events.at(-1)?.name).toBe('done');
});

it('a cancel at the server ends the run in the worker', async () => {
  const id = await begin();
  await until(async () => expect((await read(id)).state).toBe('running'));
  expect((await browser.send('DELETE', `/v1/intent/${id}`)).status).toBe(202);
  expect(await over(id)).toMatchObject({ state: 'cancelled', attempts: 1 });
});
