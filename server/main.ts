#!/usr/bin/env node
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishStarter } from './registry/starter/publish-starter.ts';
import { buildId } from './start/build-id.ts';
import { forbidCoreDumps } from './start/forbid-core-dumps.ts';
import { runProgram } from './start/run-program.ts';
import { hearStopSignals } from './start/stop-signals.ts';
import { startStorage } from './storage/start-storage.ts';
import { storageFields } from './storage/storage-error.ts';

/** `npm start`. Starts and stops; everything else is in `startServer`. */
void runProgram(async (config, log) => {
  const here = dirname(fileURLToPath(import.meta.url));
  if (!forbidCoreDumps())
    log.warn(
      'core files are on: a crash could write keys to disk; install prlimit (util-linux), or set LimitCORE=1',
    );
  const signals = hearStopSignals(log);
  // the rest is loaded while PostgreSQL starts in processes of its own
  const [storage, { startServer }] = await Promise.all([
    startStorage({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR, log }),
    import('./start/start-server.ts'),
  ]);
  if (signals.asked()) {
    signals.stopWith(() => storage.stop());
    return;
  }
  const server = await startServer(config, {
    log,
    build: buildId(here),
    webRoot: resolve(here, '../web'),
    storage,
  }).catch(async (error: unknown) => {
    // the embedded PostgreSQL runs in processes of its own, which would outlive this one
    await storage
      .stop()
      .catch((reason: unknown) => log.error('the database did not stop', storageFields(reason)));
    throw error;
  });
  console.log(`Oneturn ${server.url}`);
  // nobody waits for it: what is there is found again at the next start
  if (config.STARTER_CATALOGUE === 'on') void publishStarter(storage.db, log);

  signals.stopWith(() => server.stop());
});
