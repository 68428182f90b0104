import pg from 'pg';
import { hostedSummary } from '../../../shared/contract/hosted.ts';
import { Browser } from '../../faults/browser.ts';
import { databaseUrl } from '../../faults/stage.ts';

const GOAL = 'turn merged pull requests into weekly release notes';
const OVER = /^event: (done|failed|cancelled)$/m;

export interface HostedTimes {
  /** From sending POST /v1/intent to the first phase in the stream of the run's events. */
  readonly firstPhaseMs: readonly number[];
  /** By the database's clock: from the transaction that makes the row to the worker's taking it. */
  readonly startedMs: readonly number[];
}

/** One after another, each watched to its end, so that workers are idle when the next one comes. */
export async function hostedRuns(url: string, dataDir: string, runs: number): Promise<HostedTimes> {
  const browser = await new Browser(() => url).signUp('runner');
  // its first run connects and compiles
  await watchedRun(browser);
  const ids: string[] = [];
  const firstPhaseMs: number[] = [];
  for (let n = 0; n < runs; n++) {
    const run = await watchedRun(browser);
    ids.push(run.id);
    firstPhaseMs.push(run.firstPhaseMs);
  }
  return { firstPhaseMs, startedMs: await startTimes(dataDir, ids) };
}

async function watchedRun(browser: Browser): Promise<{ readonly id: string; readonly firstPhaseMs: number }> {
  const from = performance.now();
  const { status, json, text } = await browser.send('POST', '/v1/intent', { goal: GOAL });
  if (status !== 202) throw new Error(`a hosted run was answered by ${status} ${text.slice(0, 300)}`);
  const { id } = hostedSummary.parse(json);
  const events = await browser.open('GET', `/v1/intent/${id}/events`);
  if (!events.body) throw new Error('the events of a hosted run have no body');

  let seen = '';
  let firstPhaseMs = Number.NaN;
  for await (const piece of events.body.pipeThrough(new TextDecoderStream())) {
    seen += piece;
    if (Number.isNaN(firstPhaseMs) && seen.includes('event: phase\n'))
      firstPhaseMs = performance.now() - from;
  }
  const end = OVER.exec(seen)?.[1];
  if (end !== 'done') throw new Error(`a hosted run ended as ${end ?? 'nothing'}`);
  return { id, firstPhaseMs };
}

async function startTimes(dataDir: string, ids: readonly string[]): Promise<number[]> {
  const client = new pg.Client({ connectionString: databaseUrl(dataDir) });
  await client.connect();
  const { rows } = await client.query<{ ms: number }>(
    'select 1000 * extract(epoch from started_at - created_at)::float8 as ms from intent_jobs where id = any($1::uuid[])',
    [ids],
  );
  await client.end();
  return rows.map(({ ms }) => ms);
}
