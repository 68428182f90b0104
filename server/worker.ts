#!/usr/bin/env node
import { Registry } from 'prom-client';
import { createAudit } from './audit/create-audit.ts';
import { HEAD_KEY, requireHeadFile } from './audit/head-file.ts';
import { ConfigError } from './config/config.ts';
import { createHosted } from './hosted/create-hosted.ts';
import { createOperator } from './operator/operator.ts';
import { createRegistryCatalog } from './registry/registry-catalog.ts';
import { createSandbox } from './sandbox/create-sandbox.ts';
import { limitsOf, reachable } from './start/reachable.ts';
import { runProgram } from './start/run-program.ts';
import { startWorkerVault } from './start/start-vault.ts';
import { hearStopSignals } from './start/stop-signals.ts';
import { signingKey } from './storage/signing-key.ts';
import { startStorage } from './storage/start-storage.ts';

/** `npm run worker`: takes hosted runs from the queue of DATABASE_URL, as many machines as wanted. Listens to nothing. */
void runProgram(async (config, log) => {
  if (config.DATABASE_URL === undefined) {
    throw new ConfigError(
      'A worker needs DATABASE_URL, the same as the server’s. The embedded PostgreSQL has workers in its own server.',
    );
  }
  const signals = hearStopSignals(log);
  const sandbox = await createSandbox({ pace: config.SANDBOX_PACE });
  const { vendors, connector } = reachable(config, sandbox.origin);
  const operator = createOperator({ vendors, connector, settings: config });
  const headFile = requireHeadFile(config);
  const storage = await startStorage({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR, log });
  const audit = createAudit({
    db: storage.db,
    headFile,
    headKey: signingKey(config.DATA_DIR, HEAD_KEY),
    log,
  });
  const vault = startWorkerVault({ config, storage, audit, vendors, connector, log });
  const catalog = createRegistryCatalog(storage.db, log);
  const hosted = await createHosted({
    storage,
    audit,
    payers: { operator: operator.payer, stored: vault?.payer },
    catalog,
    settings: config,
    limits: limitsOf(config),
    log,
    registry: new Registry(),
    now: () => new Date(),
  });
  log.info('worker ready', { provider: operator.offer.provider, atOnce: config.HOSTED_WORKERS });

  signals.stopWith(async () => {
    await hosted.drain(config.SHUTDOWN_GRACE_MS);
    await hosted.stop();
    await operator.close();
    await vault?.stop();
    catalog.stop();
    await audit.stop();
    await storage.stop();
    await sandbox.close();
  });
});
