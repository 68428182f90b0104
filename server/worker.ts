import { Registry } from 'prom-client';
import { createAudit } from './audit/create-audit.ts';
import { requireHeadFile } from './audit/head-file.ts';
import { ConfigError, readConfig } from './config/config.ts';
import { loadEnv } from './config/load-env.ts';
import { createHosted } from './hosted/create-hosted.ts';
import { createOperator } from './operator/operator.ts';
import { DEFAULT_LIMITS } from './providers/call-limits.ts';
import { builtinCatalog } from './runs/skill-catalog.ts';
import { createSandbox } from './sandbox/create-sandbox.ts';
import { reachable } from './start/reachable.ts';
import { refuseUnsafeStart } from './start/refuse-unsafe-start.ts';
import { startStorage } from './storage/start-storage.ts';
import { StorageError } from './storage/storage-error.ts';
import { bugFields, createLog } from './telemetry/log.ts';

/** `npm run worker`: takes hosted runs from the queue of DATABASE_URL, as many machines as wanted. Listens to nothing. */
async function main(): Promise<void> {
  loadEnv();
  const config = readConfig(process.env);
  refuseUnsafeStart(process.env, process.execArgv);
  process.on('SIGUSR1', () => undefined);
  if (config.DATABASE_URL === undefined) {
    throw new ConfigError(
      'A worker needs DATABASE_URL, the same as the server’s. The embedded PostgreSQL has workers in its own server.',
    );
  }
  const log = createLog(config.LOG_LEVEL);
  // Whoever read them has gone: a server does not end for its log, nor write about it for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => log.error('uncaught', bugFields(error)));
  process.on('unhandledRejection', (error) => log.error('unhandled rejection', bugFields(error)));
  const sandbox = await createSandbox({ pace: config.SANDBOX_PACE });
  const { vendors, connector } = reachable(config, sandbox.origin);
  const operator = createOperator({ vendors, connector, settings: config });
  const headFile = requireHeadFile(config);
  const storage = await startStorage({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR, log });
  const audit = createAudit({ db: storage.db, headFile, log });
  const limits = {
    ...DEFAULT_LIMITS,
    firstByteMs: config.FIRST_BYTE_LIMIT_MS,
    idleMs: config.IDLE_LIMIT_MS,
    runMs: config.RUN_LIMIT_MS,
  };
  const hosted = await createHosted({
    storage,
    audit,
    payer: operator.payer,
    catalog: builtinCatalog,
    settings: config,
    limits,
    log,
    registry: new Registry(),
    now: () => new Date(),
  });
  log.info('worker ready', { provider: operator.offer.provider, atOnce: config.HOSTED_WORKERS });

  let stopping = false;
  const stop = async (): Promise<void> => {
    // a second signal ends the wait
    if (stopping) process.exit(1);
    stopping = true;
    await hosted.drain(config.SHUTDOWN_GRACE_MS);
    await hosted.stop();
    await operator.close();
    await audit.stop();
    await storage.stop();
    await sandbox.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof StorageError;
  console.error(
    known ? error.message : `The start failed (${bugFields(error)['kind']} at ${bugFields(error)['at']}).`,
  );
  process.exit(1);
});
