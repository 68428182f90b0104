import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createHostedMetrics } from '../../../server/hosted/hosted-metrics.ts';
import type { Database } from '../../../server/storage/database.ts';
import { createMetrics } from '../../../server/telemetry/metrics.ts';

const FILE = join(import.meta.dirname, '../../../server/deploy/grafana.json');
const dashboard = z
  .object({
    panels: z.array(
      z.object({
        title: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).min(1),
      }),
    ),
    templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
  })
  .parse(JSON.parse(readFileSync(FILE, 'utf8')));
const targets = dashboard.panels.flatMap((panel) => panel.targets);

interface Metric {
  readonly name: string;
  readonly type: unknown;
  readonly labels: readonly string[];
}

/** What `/metrics` has, as Prometheus keeps it. */
async function metricsOfTheServer(): Promise<readonly Metric[]> {
  const { registry } = createMetrics();
  createHostedMetrics({
    registry,
    // as: gauges that cannot be read are left out of a scrape, and names are all that is asked for here
    db: {} as Kysely<Database>,
    budget: { serverUsd: 1, accountUsd: 1 },
    now: () => new Date(0),
  });
  // as: prom-client keeps the names of labels, and has no type for it
  return (await registry.getMetricsAsArray()).map((metric) => ({
    name: metric.name,
    type: metric.type,
    labels: (metric as unknown as { readonly labelNames?: readonly string[] }).labelNames ?? [],
  }));
}

test('the dashboard shows every metric that the server has, and no other', async () => {
  const metrics = await metricsOfTheServer();
  const named = targets.flatMap(({ expr }) => expr.match(/oneturn_\w+/g) ?? []);
  const shown = new Set(named.map((name) => name.replace(/_bucket$/, '')));
  expect([...shown].sort()).toEqual(metrics.map(({ name }) => name).sort());
  // histograms by their buckets, counters as rates: as they are, neither says anything
  for (const { name, type } of metrics)
    for (const { expr } of targets.filter((one) => one.expr.includes(name))) {
      expect(expr.includes('histogram_quantile('), expr).toBe(String(type) === 'histogram');
      expect(expr.includes('rate('), expr).toBe(String(type) !== 'gauge');
    }
});

test('it groups and names by labels that the metric has', async () => {
  const metrics = await metricsOfTheServer();
  for (const { expr, legendFormat } of targets) {
    const metric = metrics.find(({ name }) => expr.includes(name));
    const grouped = (/by \(([^)]*)\)/.exec(expr)?.[1] ?? '').split(/,\s*/).filter(Boolean);
    const legend = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
    expect([...(metric?.labels ?? []), 'le'], expr).toEqual(expect.arrayContaining(grouped));
    expect(grouped.filter((label) => label !== 'le')).toEqual(expect.arrayContaining(legend));
    const variables = dashboard.templating.list.map(({ name }) => `$${name}`);
    for (const [used] of expr.matchAll(/\$\w+/g))
      if (!used.startsWith('$__')) expect(variables).toContain(used);
  }
});

test('no panel lies over another', () => {
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
});
