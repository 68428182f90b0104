import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import { type Storage, startStorage } from '../../server/storage/start-storage.ts';
import { createLog, type Log } from '../../server/telemetry/log.ts';

/**
 * A migrated database for one test file, cloned from a template: a copy of a cluster's folder, or on the server of
 * TEST_DATABASE_URL a copy of a template database. Templates are named after the migrations, so a stale one is never used.
 */

export const quiet: Log = createLog('silent');

const schema = schemaDigest();

/** Starts the file's database and stops it after the file's last test. */
export async function testStorage(): Promise<Storage> {
  const url = process.env['TEST_DATABASE_URL'];
  const { storage, remove } = url === undefined ? await cloneCluster() : await cloneDatabase(url);
  afterAll(async () => {
    await storage.stop();
    await remove();
  });
  return storage;
}

interface Clone {
  readonly storage: Storage;
  readonly remove: () => void | Promise<void>;
}

async function cloneCluster(): Promise<Clone> {
  const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-test-'));
  // as root the cluster runs as another user, who must get through
  chmodSync(dataDir, 0o711);
  await seedDataDir(dataDir);
  const storage = await startStorage({ databaseUrl: undefined, dataDir, log: quiet });
  return { storage, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** Puts a migrated cluster into an empty data folder, which spares the first start's second. */
export async function seedDataDir(dataDir: string): Promise<void> {
  execFileSync('cp', ['-a', join(await clusterTemplate(), 'postgres'), dataDir]);
}

/** Made once for each schema and user of the machine. The programs stay beside it, so that a clone links to them. */
async function clusterTemplate(): Promise<string> {
  const template = join(tmpdir(), `oneturn-test-template-${process.getuid?.() ?? 0}-${schema}`);
  if (existsSync(template)) return template;

  const draft = mkdtempSync(join(tmpdir(), 'oneturn-test-draft-'));
  chmodSync(draft, 0o711);
  const storage = await startStorage({ databaseUrl: undefined, dataDir: draft, log: quiet });
  await storage.stop();
  const postgres = join(draft, 'postgres');
  const programs = readdirSync(postgres).find((name) => name.startsWith('programs-')) ?? '';
  renameSync(join(postgres, programs), join(draft, programs));
  symlinkSync(join(template, programs), join(postgres, programs));
  try {
    renameSync(draft, template);
  } catch {
    // another test file was first
    rmSync(draft, { recursive: true, force: true });
  }
  return template;
}

async function cloneDatabase(url: string): Promise<Clone> {
  const template = `oneturn_template_${schema}`;
  const name = `oneturn_test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  // two clones at once would find the template in use
  await admin.query("select pg_advisory_lock(hashtext('oneturn-test-template'))");
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
  if (rowCount === 0) {
    await admin.query(`create database ${template}_draft`);
    const storage = await startStorage({
      databaseUrl: withDatabase(url, `${template}_draft`),
      dataDir: tmpdir(),
      log: quiet,
    });
    await storage.stop();
    await admin.query(`alter database ${template}_draft rename to ${template}`);
  }
  await admin.query(`create database ${name} template ${template}`);
  await admin.query("select pg_advisory_unlock(hashtext('oneturn-test-template'))");

  const storage = await startStorage({ databaseUrl: withDatabase(url, name), dataDir: tmpdir(), log: quiet });
  return {
    storage,
    remove: async () => {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** An empty database beside the file's own, and how to remove it. */
export async function emptyDatabase(
  beside: Storage,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `fresh_${randomUUID().replaceAll('-', '')}`;
  await beside.pool.query(`create database ${name} template template0`);
  return {
    url: urlOf(beside, name),
    drop: async () => void (await beside.pool.query(`drop database ${name} with (force)`)),
  };
}

/** A further, migrated database beside the file's own, gone when it is stopped. */
export async function freshStorage(beside: Storage): Promise<Storage> {
  const { url, drop } = await emptyDatabase(beside);
  const storage = await startStorage({ databaseUrl: url, dataDir: tmpdir(), log: quiet });
  return { ...storage, stop: () => storage.stop().then(drop) };
}

/** A URL for another database on the server of `storage`. */
export function urlOf(storage: Storage, name: string): string {
  const { address } = storage;
  if ('connectionString' in address) return withDatabase(address.connectionString, name);
  return `postgresql://${address.user}@localhost/${name}?host=${encodeURIComponent(address.host)}`;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function schemaDigest(): string {
  const migrations = join(import.meta.dirname, '../../server/storage/migrations');
  const hash = createHash('sha256').update(readFileSync(join(import.meta.dirname, '../../package.json')));
  for (const name of readdirSync(migrations).sort()) hash.update(readFileSync(join(migrations, name)));
  return hash.digest('hex').slice(0, 12);
}
