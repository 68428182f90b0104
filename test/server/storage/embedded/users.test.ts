import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import {
  DAEMON,
  dataFolder,
  endAll,
  isRoot,
  made,
  othersMayRun,
  postmasterPid,
  seededFolder,
  start,
  startOther,
} from './data-folders.ts';

const NOBODY = 65_534;

afterEach(endAll);

describe('users of the embedded PostgreSQL', () => {
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
