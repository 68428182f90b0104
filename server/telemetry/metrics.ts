import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Counters and histograms in the names of this server, read by `GET /metrics`. Times are in ms. */
export interface Metrics {
  readonly contentType: string;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
  readonly byoRuns: Counter<'provider' | 'outcome'>;
  readonly byoStatus: Counter<'status'>;
  readonly activeStreams: Gauge;
  readonly upstreamMs: Histogram<'provider' | 'phase'>;
  readonly cancelMs: Histogram;
  readonly registry: Registry;
}

/** Labels are ids of the catalogue and names of the contract only: nothing a client could invent, nothing of a key. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    byoRuns: new Counter({
      name: 'oneturn_byo_runs_total',
      help: 'Runs on a key that the user pasted.',
      labelNames: ['provider', 'outcome'],
      registers,
    }),
    byoStatus: new Counter({
      name: 'oneturn_byo_status_total',
      help: 'How BYO requests ended: HTTP status, 499 for a client that left.',
      labelNames: ['status'],
      registers,
    }),
    activeStreams: new Gauge({
      name: 'oneturn_active_streams',
      help: 'Runs whose events are being streamed now.',
      registers,
    }),
    upstreamMs: new Histogram({
      name: 'oneturn_upstream_milliseconds',
      help: 'Duration of provider calls.',
      labelNames: ['provider', 'phase'],
      buckets: [100, 300, 1000, 3000, 10_000, 30_000, 100_000],
      registers,
    }),
    cancelMs: new Histogram({
      name: 'oneturn_cancel_milliseconds',
      help: 'From the client seen gone to the last upstream socket closed.',
      buckets: [0.5, 1, 2, 5, 10, 50, 1000],
      registers,
    }),
  };
}
