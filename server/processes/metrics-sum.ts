import type { MetricValue } from 'prom-client';
import type { MetricList } from './calls.ts';

/** What all members of one server have counted, those that are gone included: a sum that fell would look like a restart to Prometheus. */
export interface MetricsSum {
  /** The latest of a member. */
  saw(member: number, metrics: MetricList): void;
  /** A member is gone: what it counted stays, and what it measured of its present goes. */
  lost(member: number): void;
  all(): readonly MetricList[];
}

export function createMetricsSum(): MetricsSum {
  const latest = new Map<number, MetricList>();
  let gone: MetricList = [];
  return {
    saw: (member, metrics) => void latest.set(member, metrics),
    lost(member) {
      // as: prom-client's types have an enum for what is a text at run time
      const counted = (latest.get(member) ?? []).filter(({ type }) => (type as unknown) !== 'gauge');
      latest.delete(member);
      gone = added(gone, counted);
    },
    all: () => [gone, ...latest.values()],
  };
}

function added(before: MetricList, more: MetricList): MetricList {
  const known = new Map(before.map((metric) => [metric.name, metric]));
  for (const metric of more) {
    const old = known.get(metric.name);
    known.set(
      metric.name,
      old ? { ...metric, values: addedValues([...old.values, ...metric.values]) } : metric,
    );
  }
  return [...known.values()];
}

function addedValues(values: readonly MetricValue<string>[]): MetricValue<string>[] {
  const sums = new Map<string, MetricValue<string>>();
  for (const one of values) {
    const { metricName = '', labels } = one as { metricName?: string } & MetricValue<string>; // as: a histogram's values have it
    const id = JSON.stringify([metricName, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const sum = sums.get(id);
    sums.set(id, sum ? { ...sum, value: sum.value + one.value } : one);
  }
  return [...sums.values()];
}
