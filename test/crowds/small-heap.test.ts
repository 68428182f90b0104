import { expect, onTestFinished, test } from 'vitest';
import { timesOf } from '../full.ts';
import { readAll } from '../leak/byo-client.ts';
import { createTestSandbox } from '../sandbox/create-test-sandbox.ts';
import { until } from '../until.ts';
import { crowdedServer } from './crowded-server.ts';

const RUNS = timesOf(100, 300);
const HEAP_MB = 96;

test.runIf(process.platform === 'linux')(
  `with ${HEAP_MB} MB of heap many runs that are all open at once come to their end`,
  { timeout: 900_000 },
  async () => {
    const sandbox = await createTestSandbox({ pace: 'instant' });
    onTestFinished(() => sandbox.close());
    // each run has its plan, and waits for its first draft until all others do too
    sandbox.script([{ phase: 'draft', held: true }]);
    const crowd = await crowdedServer([{ id: 'crowd', format: 'openai', baseUrl: `${sandbox.origin}/v1` }], {
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
    });
    onTestFinished(crowd.stop);

    const runs = Array.from({ length: RUNS }, async () =>
      readAll(await (await crowd.send('crowd')).response),
    );
    await until(async () => expect(await crowd.metric('oneturn_active_streams')).toBe(RUNS));
    await until(() => expect(sandbox.counters.requests).toBe(3 * RUNS));
    // one to each client and one to the provider: the count that other tests here wait for to be nothing
    expect(crowd.connections()).toBeGreaterThanOrEqual(2 * RUNS);
    sandbox.release();
    const answers = await Promise.all(runs);
    expect(answers.filter((text) => !text.includes('event: done'))).toEqual([]);
    expect(crowd.server.isAlive()).toBe(true);
    expect(crowd.server.printed()).not.toMatch(/"level":"(?:error|fatal)"/);
  },
);
