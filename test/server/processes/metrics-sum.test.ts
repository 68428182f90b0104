import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createMetricsSum } from '../../../server/processes/metrics-sum.ts';

function counts() {
  const registers = [new Registry()];
  const runs = new Counter({ name: 'runs', help: 'r', labelNames: ['how'], registers });
  const open = new Gauge({ name: 'open', help: 'o', registers });
  const depth = new Gauge({ name: 'depth', help: 'd', aggregator: 'max', registers });
  const ms = new Histogram({ name: 'ms', help: 'm', buckets: [1, 10], registers });
  return { runs, open, depth, ms, read: () => registers[0]?.getMetricsAsJSON() ?? Promise.resolve([]) };
}

test('adds up what members counted, keeps what the dead counted and not what they measured', async () => {
  const [a, b] = [counts(), counts()];
  const sum = createMetricsSum();
  // as: prom-client takes what it gave
  const text = () => AggregatorRegistry.aggregate([...sum.all()] as never).metrics();
  const see = async () => {
    sum.saw(0, await a.read());
    sum.saw(1, await b.read());
  };
  a.runs.inc({ how: 'done' }, 3);
  b.runs.inc({ how: 'done' }, 4);
  b.runs.inc({ how: 'failed' });
  for (const one of [a, b]) {
    one.open.set(5);
    one.depth.set(7);
    one.ms.observe(4);
  }
  await see();
  expect(await text()).toMatch(/^runs\{how="done"\} 7$/m);
  expect(await text()).toMatch(/^open 10$/m);
  expect(await text()).toMatch(/^depth 7$/m);
  expect(await text()).toMatch(/^ms_bucket\{le="10"\} 2$/m);

  for (let deaths = 0; deaths < 2; deaths++) {
    sum.lost(1);
    sum.saw(1, await b.read());
  }
  expect(await text()).toMatch(/^runs\{how="done"\} 15$/m);
  expect(await text()).toMatch(/^runs\{how="failed"\} 3$/m);
  expect(await text()).toMatch(/^open 10$/m);
  expect(await text()).toMatch(/^ms_bucket\{le="10"\} 4$/m);
  expect(await text()).toMatch(/^ms_bucket\{le="1"\} 0$/m);
  expect(await text()).toMatch(/^ms_count 4$/m);
});
