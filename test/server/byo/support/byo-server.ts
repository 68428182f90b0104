import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { readConfig as readSettings } from '../../../../server/config/config.ts';
import { type RunningServer, startServer } from '../../../../server/start/start-server.ts';
import { createLog } from '../../../../server/telemetry/log.ts';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import type { ServerConfig } from '../../../../shared/contract/server-config.ts';
import { readConfig } from '../../../leak/byo-client.ts';
import { type Canary, makeCanary } from '../../../leak/canary.ts';
import { createTestSandbox, type TestSandbox } from '../../../sandbox/create-test-sandbox.ts';
import { type LiveRun, openRun, type RunBody, type RunOptions } from './live-run.ts';
import { placesOf } from './places.ts';

export const GOAL = 'turn merged pull requests into weekly release notes';

/** One server for a file or a block of tests, with a sandbox where every provider would be, and a fresh canary for each test. */
export interface ByoServer {
  readonly url: string;
  readonly running: RunningServer;
  readonly sandbox: TestSandbox;
  readonly config: ServerConfig;
  readonly key: string;
  readonly canary: Canary;
  /** A canary that looks like another provider's key, for the rest of this test. */
  takeKey(prefix: string, length?: number): void;
  /** What this test logged so far, without the line that each request has. */
  readonly lines: readonly LogLine[];
  readonly accessLines: readonly LogLine[];
  lineOf(run: string): LogLine | undefined;
  metrics(): Promise<string>;
  /** The value of a counter or gauge, by its name and labels as Prometheus reads them. */
  metric(series: string): Promise<number>;
  /** Sends the canary, sealed unless told otherwise. */
  open(body?: RunBody, options?: RunOptions): Promise<LiveRun>;
  /** Responses that came another way than through `open`, to be searched for the canary too. */
  note(received: string): void;
  /** This test's provider, or its client, is shown the key on purpose. */
  allow(place: 'response' | 'journal'): void;
  /** Nothing of a run is left: no lease, no run, no response under way at the provider. */
  quiet(): Promise<void>;
}

export type LogLine = Readonly<Record<string, unknown>>;

interface ByoServerOptions {
  /** Where every provider of the catalogue would be; `false`: they are where they are, and nobody calls them. */
  readonly standIn?: boolean;
  readonly webRoot?: string;
  /** Settings that are only known once the sandbox listens. */
  readonly settingsFor?: (sandbox: TestSandbox) => Readonly<Record<string, string>>;
}

const PATIENT_MS = 240_000;
const ROOMY = {
  PORT: '0',
  SANDBOX_PACE: 'instant',
  RUNS_PER_MINUTE: '100000',
  CONCURRENT_RUNS: '1000',
  SHUTDOWN_GRACE_MS: '0',
};

function linesOf(printed: readonly string[]): LogLine[] {
  return printed.filter((line) => line.startsWith('{')).map((line): LogLine => JSON.parse(line));
}

/** Starts a server before the tests of this block and stops it after them; after each test it looks for the canary everywhere. */
export function byoServer(
  settings: Readonly<Record<string, string>> = {},
  options: ByoServerOptions = {},
): ByoServer {
  const printed: string[] = [];
  const received: string[] = [];
  const allowed = new Set<string>();
  const runs: LiveRun[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-byo-'));
  let parts:
    | { readonly running: RunningServer; readonly sandbox: TestSandbox; readonly config: ServerConfig }
    | undefined;
  let canary = makeCanary();

  const ready = (): NonNullable<typeof parts> => {
    if (!parts) throw new Error('the server of this block has not been started: use it inside a test');
    return parts;
  };
  const metrics = async (): Promise<string> => (await fetch(ready().running.url + ROUTES.metrics)).text();

  beforeAll(async () => {
    const sandbox = await createTestSandbox({ pace: 'instant', journal: true });
    const log = createLog('debug', { write: (line) => void printed.push(line) });
    const config = readSettings({
      DATA_DIR: dataDir,
      ...ROOMY,
      ...settings,
      ...options.settingsFor?.(sandbox),
    });
    const standIn = options.standIn === false ? {} : { standIn: { origin: sandbox.origin } };
    const webRoot = options.webRoot === undefined ? {} : { webRoot: options.webRoot };
    const running = await startServer(config, { log, build: 'test', ...webRoot, ...standIn });
    // on a busy machine too, what a provider refuses at once is a status
    Object.assign(running.parts, { headWaitMs: PATIENT_MS });
    parts = { running, sandbox, config: await readConfig(running.url) };
  });
  afterAll(async () => {
    await parts?.running.stop();
    await parts?.sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    for (const name of ['log', 'info', 'warn', 'error'] as const) {
      vi.spyOn(console, name).mockImplementation(
        (...said) => void printed.push(`console.${name} ${said.map(String).join(' ')}`),
      );
    }
    canary = makeCanary();
    ready().sandbox.script([]);
    ready().sandbox.clear();
    printed.length = 0;
    received.length = 0;
    allowed.clear();
    runs.length = 0;
  });
  afterEach(async () => {
    for (const run of runs) run.leave('reset');
    await server.quiet();
    vi.restoreAllMocks();
    expect(
      printed.filter((line) => !line.startsWith('{')),
      'console output',
    ).toEqual([]);
    const found = placesOf(canary, {
      log: printed.join(''),
      metrics: await metrics(),
      response: [...received, ...runs.map(({ head, text }) => head + text)].join('\n'),
      journal: ready().sandbox.journal,
    });
    expect(
      found.filter((place) => !allowed.has(place)),
      'places that have the key',
    ).toEqual([]);
  });

  const server: ByoServer = {
    get url() {
      return ready().running.url;
    },
    get running() {
      return ready().running;
    },
    get sandbox() {
      return ready().sandbox;
    },
    get config() {
      return ready().config;
    },
    get key() {
      return canary.key;
    },
    get canary() {
      return canary;
    },
    get lines() {
      return linesOf(printed).filter(({ msg }) => msg !== 'request');
    },
    get accessLines() {
      return linesOf(printed).filter(({ msg }) => msg === 'request');
    },
    takeKey(prefix, length) {
      canary = makeCanary(prefix, length);
    },
    lineOf: (run) => server.lines.find((line) => line['run'] === run),
    metrics,
    async metric(series) {
      const line = (await metrics()).split('\n').find((one) => one.startsWith(`${series} `));
      return Number(line?.slice(series.length + 1) ?? 0);
    },
    async open(body = {}, how = {}) {
      const run = await openRun(server.url, server.config, body, { key: canary.key, ...how });
      runs.push(run);
      return run;
    },
    note: (text) => void received.push(text),
    allow: (place) => void allowed.add(place),
    async quiet() {
      const { running, sandbox } = ready();
      const open = (): object => ({
        leases: running.parts.sockets.leases,
        runs: running.parts.running.size,
        unfinished: sandbox.journal.filter(({ ended }) => ended === 'open').length,
      });
      await expect.poll(open).toEqual({ leases: 0, runs: 0, unfinished: 0 });
    },
  };
  return server;
}
