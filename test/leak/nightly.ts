import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Canary } from './canary.ts';
import { createEchoProvider } from './echo-provider.ts';
import { ALL_ECHOES, nextCanary, playEcho, shuffled } from './echo-scenarios.ts';
import { forkServer } from './forked.ts';
import { residueOf } from './memory-scan.ts';

/**
 * `npm run prove:nightly`: thousands of runs whose provider sends the key back, four at a time, in every spelling and place, on fresh
 * servers, with other work on every processor half of the time and garbage collected in the middle. `--runs`: how many, 5000 at first. `--node`: the Node that runs the servers.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5000' }, node: { type: 'string', default: process.execPath } },
});
const wanted = Number(values.runs);
const AT_ONCE = 4;
const EACH_SCAN = 40;

const busy = `setInterval(() => { const until = Date.now() + 15; while (Date.now() < until); }, 30)`;
const provider = await createEchoProvider();
const left: string[] = [];
let runs = 0;
for (let round = 0; runs < wanted; round++) {
  const load = round % 2 ? [0, 1].map(() => new Worker(busy, { eval: true })) : [];
  const server = await forkServer(
    { UPSTREAM: provider.origin, UPSTREAM_CA: provider.ca, ...(round % 4 > 1 && { TAKE_FREED: '1' }) },
    values.node,
  );
  const echoes = shuffled(ALL_ECHOES).slice(0, wanted - runs);
  for (let from = 0; from < echoes.length; from += EACH_SCAN) {
    const canaries: Canary[] = [];
    const some = echoes.slice(from, from + EACH_SCAN);
    for (let at = 0; at < some.length; at += AT_ONCE) {
      const playing = some.slice(at, at + AT_ONCE).map((echo) => {
        const canary = nextCanary();
        canaries.push(canary);
        return playEcho(server.url, provider, echo, canary);
      });
      await server.collectGarbage(at % 3 ? 'minor' : 'major');
      await Promise.all(playing);
    }
    runs += some.length;
    const { hit, found } = residueOf(server.pid, canaries);
    if (hit > 0) left.push(`${hit} of ${some.length}: ${JSON.stringify(found)}`);
    process.stdout.write(`\r${runs} runs, ${left.length} searches found something `);
  }
  await server.kill();
  await Promise.all(load.map((worker) => worker.terminate()));
}
provider.close();
console.log(`\n${left.length === 0 ? `0 of ${runs} keys were left` : left.join('\n')} by ${values.node}`);
process.exit(left.length === 0 ? 0 : 1);
