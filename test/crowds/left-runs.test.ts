import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { timesOf } from '../full.ts';
import { readAll } from '../leak/byo-client.ts';
import { createTestSandbox } from '../sandbox/create-test-sandbox.ts';
import { until } from '../until.ts';
import { crowdedServer } from './crowded-server.ts';

const STARTS = timesOf(300, 22_000);
const AT_ONCE = 20;
/** A run takes about as long where little else happens. */
const LONGEST_MS = 300;
const MOST_CHUNKS = 12;
const cancelled = 'oneturn_byo_runs_total{provider="crowd",outcome="cancelled"}';

test.runIf(process.platform === 'linux')(
  'runs that are left at random moments leave no connection, at either end',
  { timeout: 1_800_000 },
  async () => {
    const sandbox = await createTestSandbox({ pace: { firstMs: 3, eventMs: 1, charsPerEvent: 60 } });
    onTestFinished(() => sandbox.close());
    const crowd = await crowdedServer([{ id: 'crowd', format: 'openai', baseUrl: `${sandbox.origin}/v1` }]);
    onTestFinished(crowd.stop);

    let begun = 0;
    const leaveOneByOne = async (): Promise<void> => {
      while (begun < STARTS) {
        begun += 1;
        const sent = await crowd.send('crowd');
        // half of them after so much time, which may be before the request is out, and half after so much of the stream
        if (begun % 2) await delay(Math.random() * LONGEST_MS);
        else await chunksOf(sent.response, Math.ceil(Math.random() * MOST_CHUNKS));
        sent.destroy();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, leaveOneByOne));

    await until(async () => expect(await crowd.metric('oneturn_active_streams')).toBe(0));
    await until(() => expect(crowd.connections()).toBe(0));
    await until(() => expect(sandbox.counters.openSockets).toBe(0));
    expect(await crowd.metric(cancelled)).toBeGreaterThan(STARTS / 10);
    expect(sandbox.counters.aborted).toBeGreaterThan(0);
    expect(crowd.server.printed()).not.toMatch(/"level":"(?:error|fatal)"/);

    const last = await (await crowd.send('crowd')).response;
    expect(await readAll(last)).toContain('event: done');
  },
);

/** Reads so many pieces of a response, or to its end. */
async function chunksOf(response: Promise<AsyncIterable<unknown>>, count: number): Promise<void> {
  let read = 0;
  for await (const _ of await response) {
    read += 1;
    if (read >= count) return;
  }
}
