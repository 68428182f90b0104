import { createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { unpackTar } from 'modern-tar';
import { afterEach, expect, test } from 'vitest';
import { HEAD_KEY } from '../../../server/audit/head-file.ts';
import { verifyAudit } from '../../../server/audit/verify-audit.ts';
import { readConfig } from '../../../server/config/config.ts';
import { type RunningServer, startServer } from '../../../server/start/start-server.ts';
import { makeBackup } from '../../../server/storage/backup.ts';
import type { Database } from '../../../server/storage/database.ts';
import { restoreBackup } from '../../../server/storage/restore.ts';
import { type Storage, startStorage } from '../../../server/storage/start-storage.ts';
import { makeDataFolder, removeDataFolder } from '../../data-folder.ts';
import { Browser } from '../../faults/browser.ts';
import { until } from '../../until.ts';
import { quiet, seedDataDir } from '../database.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';

const folders: string[] = [];
const storages: Storage[] = [];
const servers: RunningServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const storage of storages.splice(0)) await storage.stop();
  for (const folder of folders.splice(0)) removeDataFolder(folder);
});

function folder(name: string): string {
  const made = makeDataFolder(name);
  folders.push(made);
  return made;
}

async function serve(dataDir: string): Promise<{ url: string; db: Kysely<Database>; receiptKey: unknown }> {
  const storage = await startStorage({ databaseUrl: undefined, dataDir, log: quiet });
  storages.push(storage);
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, SHUTDOWN_GRACE_MS: '0', HOSTED_WORKERS: '0' });
  const server = await startServer(config, { log: quiet, build: 'test', storage });
  servers.push(server);
  // as: the contract of the route
  const { receiptKey } = (await (await fetch(`${server.url}/v1/config`)).json()) as { receiptKey: unknown };
  return { url: server.url, db: storage.db, receiptKey };
}

const headsOf = (dataDir: string): string => join(dataDir, 'audit-heads.log');
const backup = (dataDir: string, file: string): Promise<void> =>
  makeBackup({ dataDir, headFile: headsOf(dataDir), file, withDatabase: true, log: quiet });
const restore = (file: string, dataDir: string) =>
  restoreBackup({ dataDir, headFile: headsOf(dataDir), file, log: quiet });

test('a backup that is made while people write is a server that goes on where it was', async () => {
  const dataDir = folder('backup');
  await seedDataDir(dataDir);
  const file = join(folder('archive'), 'backup.tar.gz');
  const target = join(folder('restored'), 'data');
  const first = await serve(dataDir);
  let url = first.url;
  const reader = new Browser(() => url);
  await reader.signUp('reader');
  await reader.send('POST', '/v1/plans', finishedPlan({ goal: 'Kept through it all' }));

  await sql`create table counted (n int primary key)`.execute(first.db);
  let done = false;
  let written = 0;
  const writing = (async () => {
    for (; !done; written += 1) await sql`insert into counted values (${written})`.execute(first.db);
  })();
  await until(() => expect(written).toBeGreaterThan(50));
  const before = written;
  await backup(dataDir, file);
  done = true;
  await writing;
  expect(statSync(file).mode & 0o077).toBe(0);
  await servers.pop()?.stop();

  expect(await restore(file, target)).toMatchObject({ database: true, heads: true });
  const second = await serve(target);
  url = second.url;
  const plans = await reader.send('GET', '/v1/plans');
  expect(plans.json).toMatchObject({ total: 1, plans: [{ goal: 'Kept through it all' }] });
  expect(second.receiptKey).toEqual(first.receiptKey);
  const { rows } = await sql<{ n: number }>`select n from counted order by n`.execute(second.db);
  expect(rows.length).toBeGreaterThanOrEqual(before);
  expect(rows.map(({ n }) => n)).toEqual(rows.map((_, index) => index));
  const key = createPublicKey(readFileSync(join(target, HEAD_KEY)));
  expect(await verifyAudit(second.db, headsOf(target), key)).toMatchObject({ ok: true, headFile: true });
  expect(readFileSync(headsOf(target), 'utf8')).toContain('\n');
});

test('the database of a stopped server is started for its backup, and stopped again', async () => {
  const dataDir = folder('cold');
  await seedDataDir(dataDir);
  await (await startStorage({ databaseUrl: undefined, dataDir, log: quiet })).stop();
  writeFileSync(join(dataDir, 'auth-secret'), 'kept');
  const file = join(folder('archive'), 'backup.tar.gz');
  await backup(dataDir, file);
  expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false);
  expect(existsSync(join(dataDir, 'oneturn.lock'))).toBe(false);
  const entries = await unpackTar(gunzipSync(readFileSync(file)));
  const names = entries.map(({ header }) => header.name);
  expect(names).toEqual(expect.arrayContaining(['data/auth-secret', 'cluster/backup_label', 'backup.json']));
  expect(names.filter((name) => /postmaster|\.lock|postgres-home/.test(name))).toEqual([]);
});

test('nothing that is there is written over', async () => {
  const dataDir = folder('full');
  await seedDataDir(dataDir);
  const file = join(folder('archive'), 'backup.tar.gz');
  writeFileSync(file, 'mine');
  await expect(backup(dataDir, file)).rejects.toThrow('already');
  expect(readFileSync(file, 'utf8')).toBe('mine');
  await expect(restore(file, dataDir)).rejects.toThrow('not empty');
});

test('what is no backup fills no folder, and a backup that fails leaves no file', async () => {
  const place = folder('foreign');
  const [file, target] = [join(place, 'other.tar.gz'), join(place, 'data')];
  writeFileSync(file, gzipSync('no archive'));
  await expect(restore(file, target)).rejects.toThrow('no whole backup');
  await expect(restore(join(place, 'none'), target)).rejects.toThrow('There is no file');
  expect(existsSync(target)).toBe(false);

  const empty = folder('empty');
  rmSync(file);
  await expect(backup(empty, file)).rejects.toThrow('no database');
  await expect(backup(join(empty, 'gone'), file)).rejects.toThrow('There is no folder');
  expect(existsSync(file)).toBe(false);

  mkdirSync(headsOf(empty));
  await expect(backup(empty, file)).rejects.toThrow('EISDIR');
  expect(existsSync(file)).toBe(false);
});
