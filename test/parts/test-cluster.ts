import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../server/storage/embedded/embedded-postgres.ts';
import { startStorage } from '../../server/storage/start-storage.ts';
import { createLog } from '../../server/telemetry/log.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import type { Made, RunParts } from './run-parts.ts';
import { withDatabase } from './test-databases.ts';

const quiet = createLog('silent');

/**
 * What is switched off keeps data through a crash of the machine, which tests do not have; the tests of crashes start clusters of
 * their own. Several files have pools, workers and listeners at once: hence more connections than a product needs.
 */
const SETTINGS = [
  'fsync = off',
  'synchronous_commit = off',
  'full_page_writes = off',
  'max_connections = 200',
];

/** A migrated cluster, stopped, in a data folder to copy. The programs lie beside it, so that a copy links to them. */
export async function makeCluster(): Promise<Made<RunParts['cluster']>> {
  const folder = makeDataFolder('cluster');
  const storage = await startStorage({ databaseUrl: undefined, dataDir: folder, log: quiet });
  await storage.stop();
  const postgres = join(folder, 'postgres');
  const programs = readdirSync(postgres).find((name) => name.startsWith('programs-')) ?? '';
  renameSync(join(postgres, programs), join(folder, programs));
  symlinkSync(join(folder, programs), join(postgres, programs));
  return { part: { folder }, end: () => removeDataFolder(folder) };
}

/** Puts the cluster of `from` into an empty data folder, which spares a first start its initdb and its migrations. */
export function copyCluster(from: RunParts['cluster'], dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  execFileSync('cp', ['-a', join(from.folder, 'postgres'), dataDir]);
}

/** The server that has a database for each test file; or that of TEST_DATABASE_URL. */
export async function startDatabase(
  clusterOfRun: () => Promise<RunParts['cluster']>,
): Promise<Made<RunParts['database']>> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return databaseOn(given);
  const dataDir = makeDataFolder('database');
  copyCluster(await clusterOfRun(), dataDir);
  const first = await startEmbeddedPostgres(dataDir, quiet);
  const admin = new pg.Client({ ...first.address, database: ADMIN });
  await admin.connect();
  for (const setting of SETTINGS) await admin.query(`alter system set ${setting}`);
  await admin.end();
  await first.stop();

  const { address, stop } = await startEmbeddedPostgres(dataDir, quiet);
  return {
    part: {
      url: `postgresql://${address.user}@localhost/${ADMIN}?host=${encodeURIComponent(address.host)}`,
      template: address.database,
    },
    end: async () => {
      await stop();
      removeDataFolder(dataDir);
    },
  };
}

/** Every PostgreSQL has it, and nobody works in it. */
const ADMIN = 'template1';

async function databaseOn(url: string): Promise<Made<RunParts['database']>> {
  const template = `oneturn_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${template}`);
  const databaseUrl = withDatabase(url, template);
  const storage = await startStorage({ databaseUrl, dataDir: '/nowhere', log: quiet });
  await storage.stop();
  return {
    part: { url, template },
    end: async () => {
      await admin.query(`drop database ${template} with (force)`);
      await admin.end();
    },
  };
}
