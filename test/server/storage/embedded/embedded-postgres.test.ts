import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { endCluster } from '../../../../server/storage/embedded/cluster.ts';
import { isAlive } from '../../../../server/storage/embedded/data-lock.ts';
import { startEmbeddedPostgres } from '../../../../server/storage/embedded/embedded-postgres.ts';
import { installPostgres } from '../../../../server/storage/embedded/postgres-native.ts';
import { type Storage, startStorage } from '../../../../server/storage/start-storage.ts';
import { buildProgram } from '../../../build.ts';
import { until } from '../../../until.ts';
import { quiet, seedDataDir } from '../../database.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
/** A user whom every Linux has, and who is neither root nor nobody. */
const DAEMON = 1;
/** Whether others may read this checkout: under a folder of root's alone they cannot run a program of it. */
const othersMayRun =
  isRoot &&
  spawnSync(process.execPath, ['-e', 'fs.accessSync(process.argv[1])', import.meta.filename], {
    uid: DAEMON,
    gid: DAEMON,
  }).status === 0;
if (isRoot && !othersMayRun)
  console.warn('Skipped: programs of other users, who may not read this checkout.');
const made: string[] = [];
const children: ChildProcess[] = [];
const storages: Storage[] = [];

function dataFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'oneturn-embedded-'));
  chmodSync(dir, 0o711);
  made.push(dir);
  return dir;
}

async function seededFolder(): Promise<string> {
  const dir = dataFolder();
  await seedDataDir(dir);
  return dir;
}

async function start(dataDir: string): Promise<Storage> {
  const storage = await startStorage({ databaseUrl: undefined, dataDir, log: quiet });
  storages.push(storage);
  return storage;
}

/** Another process on the folder; resolves with the first line that it prints which is not a log line. */
async function startOther(dataDir: string, uid?: number): Promise<{ child: ChildProcess; said: unknown }> {
  const script = await buildProgram('test/server/storage/embedded/run-storage.ts');
  const identity = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, [script, dataDir], {
    ...identity,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const said: unknown = JSON.parse(line);
    if (typeof said === 'object' && said !== null && ('started' in said || 'refused' in said))
      return { child, said };
  }
  throw new Error('the process ended without a word');
}

function postmasterPid(home: string): number {
  return Number(readFileSync(join(home, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
  for (const storage of storages.splice(0)) await storage.stop();
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('keeps what was written across a stop, with fsync and without a TCP port', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir);
    await sql`create table kept (n int)`.execute(first.db);
    await sql`insert into kept values (7)`.execute(first.db);
    const settings =
      await sql`select current_setting('fsync') as fsync, current_setting('listen_addresses') as listen`.execute(
        first.db,
      );
    expect(settings.rows).toEqual([{ fsync: 'on', listen: '' }]);
    await first.stop();
    expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false);

    const second = await start(dataDir);
    expect((await sql`select n from kept`.execute(second.db)).rows).toEqual([{ n: 7 }]);
    expect(statSync(join(dataDir, 'postgres/cluster')).mode & 0o077).toBe(0);
  });

  it.each([', comma', "it's", 'back\\slash', 'Ünïcode'])(
    'starts in a folder named with %s, which only its owner may read',
    async (name) => {
      const dataDir = join(dataFolder(), name);
      const storage = await start(dataDir);
      expect((await sql`select 1 as one`.execute(storage.db)).rows).toEqual([{ one: 1 }]);
      expect(statSync(dataDir).mode & 0o777).toBe(isRoot ? 0o711 : 0o700);
    },
  );

  it('closes a data folder that stands open', async () => {
    const dataDir = await seededFolder();
    chmodSync(dataDir, 0o755);
    await start(dataDir);
    expect(statSync(dataDir).mode & 0o066).toBe(0);
  });

  it('ends a PostgreSQL that does not stop', async () => {
    const dataDir = await seededFolder();
    const storage = await start(dataDir);
    const pid = postmasterPid(join(dataDir, 'postgres'));
    // stopped by a signal, it hears no other one but the last
    process.kill(pid, 'SIGSTOP');
    await endCluster(
      {
        home: join(dataDir, 'postgres'),
        user: undefined,
        programs: installPostgres(join(dataDir, 'postgres')),
      },
      quiet,
      1,
    );
    await until(() => expect(isAlive(pid)).toBe(false));
    await storage.stop();
  });

  it.each(['two "quotes"', '$HOME', 'back`tick'])(
    'says that PostgreSQL takes no folder named %s',
    async (name) => {
      await expect(start(join(dataFolder(), name))).rejects.toThrow('DATA_DIR');
    },
  );

  it('takes over the one that a killed process left behind', async () => {
    const dataDir = await seededFolder();
    const { child } = await startOther(dataDir);
    const orphan = postmasterPid(join(dataDir, 'postgres'));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const storage = await start(dataDir);
    expect(await storage.notReady()).toBeUndefined();
    expect(postmasterPid(join(dataDir, 'postgres'))).toBe(orphan);
    await storage.stop();
    expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false);
  });

  it('refuses a second Oneturn on the same folder, in both directions, and says what to do', async () => {
    const dataDir = await seededFolder();
    const { child } = await startOther(dataDir);
    await expect(start(dataDir)).rejects.toThrow(`process ${child.pid}`);
    child.kill('SIGTERM');
    await once(child, 'exit');

    await start(dataDir);
    const { said } = await startOther(dataDir);
    expect(said).toMatchObject({ refused: expect.stringContaining('DATA_DIR') });
  });

  it('is not stopped by the lock of a dead process whose pid came round again', async () => {
    const dataDir = await seededFolder();
    writeFileSync(
      join(dataDir, 'oneturn.lock'),
      JSON.stringify({ pid: process.pid, began: '1', host: hostname() }),
    );
    const embedded = await startEmbeddedPostgres(dataDir, quiet);
    await embedded.stop();
    expect(existsSync(join(dataDir, 'oneturn.lock'))).toBe(false);
  });

  it('starts although the pid that PostgreSQL noted is another process by now', async () => {
    const dataDir = await seededFolder();
    const { uid, gid } = statSync(join(dataDir, 'postgres/cluster'));
    // of the same user: PostgreSQL takes another user's process for none of its own
    const sleeper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)'], {
      ...(isRoot && { uid, gid }),
      cwd: '/',
    });
    children.push(sleeper);
    await once(sleeper, 'spawn');
    const pidFile = join(dataDir, 'postgres/cluster/postmaster.pid');
    writeFileSync(pidFile, `${sleeper.pid}\n${join(dataDir, 'postgres/cluster')}\n`);
    chownSync(pidFile, uid, gid);
    const storage = await start(dataDir);
    expect(await storage.notReady()).toBeUndefined();
  });

  it('counts a lock of another machine as held while it is fresh', async () => {
    const dataDir = await seededFolder();
    writeFileSync(
      join(dataDir, 'oneturn.lock'),
      JSON.stringify({ pid: 1, began: '1', host: 'another-machine' }),
    );
    await expect(startEmbeddedPostgres(dataDir, quiet)).rejects.toThrow('another-machine');
    execFileSync('touch', ['-d', '1 minute ago', join(dataDir, 'oneturn.lock')]);
    await (await startEmbeddedPostgres(dataDir, quiet)).stop();
  });

  it('comes back after kill -9 of PostgreSQL, while the process and its pool live on', async () => {
    const dataDir = await seededFolder();
    const storage = await start(dataDir);
    await sql`create table kept (n int)`.execute(storage.db);
    await sql`insert into kept values (7)`.execute(storage.db);
    const held = await storage.pool.connect();

    process.kill(postmasterPid(join(dataDir, 'postgres')), 'SIGKILL');
    await until(async () => expect(await storage.notReady()).toBe('The database does not answer.'));
    await until(async () => expect(await storage.notReady()).toBeUndefined());
    held.release();
    expect((await sql`select n from kept`.execute(storage.db)).rows).toEqual([{ n: 7 }]);
  });

  it('starts after a first start that died half way', async () => {
    const dataDir = dataFolder();
    const home = join(dataDir, 'postgres');
    for (const left of ['cluster-draft/base', 'programs-draft-abc/bin'])
      mkdirSync(join(home, left), { recursive: true });
    const storage = await start(dataDir);
    expect(await storage.notReady()).toBeUndefined();
    expect(existsSync(join(home, 'cluster-draft'))).toBe(false);
    expect(existsSync(join(home, 'programs-draft-abc'))).toBe(false);
  });

  it('puts the socket elsewhere when the folder has a long name', async () => {
    const dataDir = join(dataFolder(), 'long-'.repeat(24));
    const storage = await start(dataDir);
    const { host } = storage.address as { host: string }; // as: without a URL the address is a socket's folder
    expect(Buffer.byteLength(`${host}/.s.PGSQL.5432`)).toBeLessThan(104);
    expect(statSync(host).mode & 0o077).toBe(0);
    await storage.stop();
    expect(existsSync(host)).toBe(false);
  });

  it.skipIf(!isRoot)('says so when the disk is full', async () => {
    const dir = dataFolder();
    for (const size of ['20m', '120m']) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'tmpfs', dir]);
      try {
        await expect(start(dir)).rejects.toThrow(/is full\. Free at least 100 MB/);
      } finally {
        execFileSync('umount', [dir]);
      }
    }
  });

  it.skipIf(!othersMayRun)('runs for an ordinary user, and afterwards for root as that user', async () => {
    const parent = dataFolder();
    const dataDir = join(parent, 'data');
    mkdirSync(dataDir, { mode: 0o700 });
    execFileSync('chown', [`${DAEMON}:${DAEMON}`, dataDir]);
    const { child, said } = await startOther(dataDir, DAEMON);
    expect(said).toHaveProperty('started');
    child.kill('SIGTERM');
    await once(child, 'exit');

    const storage = await start(dataDir);
    expect(statSync(`/proc/${postmasterPid(join(dataDir, 'postgres'))}`).uid).toBe(DAEMON);
    expect(await storage.notReady()).toBeUndefined();
  });

  it.skipIf(!othersMayRun)('tells a user without a name what PostgreSQL misses', async () => {
    const dataDir = dataFolder();
    execFileSync('chown', ['54321:54321', dataDir]);
    const { said } = await startOther(dataDir, 54_321);
    expect(said).toMatchObject({ refused: expect.stringContaining('/etc/passwd') });
  });

  it.skipIf(!othersMayRun)('tells an ordinary user that the database belongs to another one', async () => {
    const dataDir = await seededFolder();
    await (await start(dataDir)).stop();
    execFileSync('chown', [
      `${DAEMON}:${DAEMON}`,
      dataDir,
      join(dataDir, 'postgres'),
      join(dataDir, 'postgres-home'),
    ]);
    const { said } = await startOther(dataDir, DAEMON);
    expect(said).toMatchObject({ refused: expect.stringContaining('belongs to user 65534') });
  });

  it.skipIf(!isRoot)(
    'stays in the data folder of root, which others may then pass but not read',
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-embedded-'));
      made.push(dataDir);
      await start(dataDir);
      expect(existsSync(join(dataDir, 'postgres/cluster/PG_VERSION'))).toBe(true);
      expect(statSync(dataDir).mode & 0o777).toBe(0o711);
      for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
    },
  );

  it.skipIf(!isRoot)('serves root from a folder that nobody else may enter, without being root', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'oneturn-closed-'));
    made.push(closed);
    const dataDir = join(closed, 'data');
    const first = await start(dataDir);
    await sql`create table kept (n int)`.execute(first.db);
    const home = readFileSync(join(dataDir, 'postgres-home'), 'utf8').trim();
    made.push(home);
    expect(home).toMatch(/^\/var\/(?:lib|tmp)\/oneturn\//);
    expect(statSync(`/proc/${postmasterPid(home)}`).uid).toBe(NOBODY);
    await first.stop();

    // the place stays the same when the folder's mode changes
    chmodSync(closed, 0o711);
    const second = await start(dataDir);
    expect((await sql`select * from kept`.execute(second.db)).rows).toEqual([]);
  });
});
