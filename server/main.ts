import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config/config.ts';
import { loadEnv } from './config/load-env.ts';
import { buildId } from './start/build-id.ts';
import { forbidCoreDumps } from './start/forbid-core-dumps.ts';
import { refuseUnsafeStart } from './start/refuse-unsafe-start.ts';
import { hearStopSignals } from './start/stop-signals.ts';
import { startStorage } from './storage/start-storage.ts';
import { StorageError, storageFields } from './storage/storage-error.ts';
import { bugFields, createLog } from './telemetry/log.ts';

/** Starts and stops; everything else is in `startServer`. */
async function main(): Promise<void> {
  loadEnv();
  const config = readConfig(process.env);
  refuseUnsafeStart(process.env, process.execArgv);
  // Without a listener Node would open its debugger on this signal.
  process.on('SIGUSR1', () => undefined);
  const here = dirname(fileURLToPath(import.meta.url));
  const log = createLog(config.LOG_LEVEL);
  // The last net: a bug must not print its message, which may quote what it choked on.
  process.on('uncaughtException', (error) => log.error('uncaught', bugFields(error)));
  process.on('unhandledRejection', (error) => log.error('unhandled rejection', bugFields(error)));
  // Whoever read them has gone: a server does not end for its log, nor write about it for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  if (!forbidCoreDumps())
    log.warn('core files are on: a crash could write keys to disk; set ulimit -c 0 or LimitCORE=0');
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

  signals.stopWith(() => server.stop());
}

main().catch((error: unknown) => {
  const reason =
    error instanceof ConfigError || error instanceof StorageError
      ? error.message
      : `The start failed (${bugFields(error)['kind']} at ${bugFields(error)['at']}).`;
  console.error(reason);
  process.exit(1);
});
