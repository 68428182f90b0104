import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { endCluster } from '../../../../server/storage/embedded/cluster.ts';
import { isAlive } from '../../../../server/storage/embedded/data-lock.ts';
import { startEmbeddedPostgres } from '../../../../server/storage/embedded/embedded-postgres.ts';
import { installPostgres } from '../../../../server/storage/embedded/postgres-native.ts';
import { until } from '../../../until.ts';
import { quiet } from '../../database.ts';
import {
  children,
  dataFolder,
  endAll,
  isRoot,
  postmasterPid,
  seededFolder,
  start,
  startOther,
} from './data-folders.ts';

afterEach(endAll);

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
});
