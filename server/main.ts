#!/usr/bin/env node
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config/config.ts';
import { buildId } from './start/build-id.ts';
import { forbidCoreDumps } from './start/forbid-core-dumps.ts';
import { runProgram } from './start/run-program.ts';
import { hearStopSignals, type StopSignals } from './start/stop-signals.ts';
import { type Storage, startStorage } from './storage/start-storage.ts';
import { storageFields } from './storage/storage-error.ts';
import type { Log } from './telemetry/log.ts';

const here = dirname(fileURLToPath(import.meta.url));
const webRoot = resolve(here, '../web');

/** `npm start`. Starts and stops; everything else is in `start/`, for this process alone or for the one of several that it is. */
void runProgram(async (config, log) => {
  if (!forbidCoreDumps())
    log.warn(
      'core files are on: a crash could write keys to disk; install prlimit (util-linux), or set LimitCORE=1',
    );
  const signals = hearStopSignals(log);
  const processes = config.PROCESSES === 'auto' ? availableParallelism() : config.PROCESSES;
  if (cluster.isWorker) {
    const { runMember } = await import('./start/run-member.ts');
    return runMember(config, { processes, build: buildId(here), webRoot, log, signals });
  }
  // the rest is loaded while PostgreSQL starts in processes of its own
  const [storage, start] = await Promise.all([
    startStorage({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR, processes, log }),
    processes === 1 ? loadAlone() : loadPrimary(processes),
  ]);
  if (signals.asked()) {
    signals.stopWith(() => storage.stop());
    return;
  }
  const server = await start(config, { storage, log, signals }).catch(async (error: unknown) => {
    // the embedded PostgreSQL runs in processes of its own, which would outlive this one
    await storage
      .stop()
      .catch((reason: unknown) => log.error('the database did not stop', storageFields(reason)));
    throw error;
  });
  console.log(`Oneturn ${server.url}`);
  signals.stopWith(() => server.stop());
});

interface Begun {
  readonly storage: Storage;
  readonly log: Log;
  readonly signals: StopSignals;
}

type Start = (
  config: Config,
  begun: Begun,
) => Promise<{ readonly url: string; readonly stop: () => Promise<void> }>;

async function loadAlone(): Promise<Start> {
  const [{ startServer }, { publishStarter }] = await Promise.all([
    import('./start/start-server.ts'),
    import('./registry/starter/publish-starter.ts'),
  ]);
  return async (config, { storage, log }) => {
    const server = await startServer(config, { log, build: buildId(here), webRoot, storage });
    // nobody waits for it: what is there is found again at the next start
    if (config.STARTER_CATALOGUE === 'on') void publishStarter(storage.db, log);
    return server;
  };
}

async function loadPrimary(processes: number): Promise<Start> {
  const { startPrimary } = await import('./start/run-primary.ts');
  return (config, begun) => startPrimary(config, { ...begun, processes });
}
