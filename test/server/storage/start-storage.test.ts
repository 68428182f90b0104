import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { createPool } from '../../../server/storage/create-pool.ts';
import { underMigrationLock } from '../../../server/storage/migrate.ts';
import { startStorage } from '../../../server/storage/start-storage.ts';
import { emptyDatabase } from '../../parts/test-databases.ts';
import { until } from '../../until.ts';
import { quiet, testStorage, urlOf } from '../database.ts';

const storage = await testStorage();

/** The URL of an empty database, which goes after the file's last test. */
async function empty(): Promise<string> {
  const { url, drop } = await emptyDatabase();
  drops.push(drop);
  return url;
}

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

describe('startStorage with DATABASE_URL', () => {
  it('lets processes that start together take turns: every migration runs once', async () => {
    const url = await empty();
    const starts = await Promise.all(
      Array.from({ length: 4 }, () => startStorage({ databaseUrl: url, dataDir: '/nowhere', log: quiet })),
    );
    const names = await sql<{ name: string }>`select name from migrations order by name`.execute(
      starts[0]?.db ?? storage.db,
    );
    expect(names.rows.map(({ name }) => name.slice(0, 4))).toEqual([
      ...new Set(names.rows.map(({ name }) => name.slice(0, 4))),
    ]);
    expect(names.rows.length).toBeGreaterThan(3);
    for (const one of starts) await one.stop();
  });

  it('changes nothing while another process migrates', async () => {
    const url = await empty();
    const other = createPool({ connectionString: url }, 1, quiet);
    let release = (): void => undefined;
    const locked = new Promise<void>((tell) => {
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      void underMigrationLock(other, () => {
        tell();
        return until;
      });
    });
    await locked;

    const starting = startStorage({ databaseUrl: url, dataDir: '/nowhere', log: quiet });
    const waiting = sql`select 1 from pg_locks join pg_database on pg_database.oid = database
      where locktype = 'advisory' and not granted and datname = ${new URL(url).pathname.slice(1)}`;
    await until(async () => expect((await waiting.execute(storage.db)).rows).toHaveLength(1));
    const tables = new pg.Client({ connectionString: url });
    await tables.connect();
    expect((await tables.query("select to_regclass('migrations') as found")).rows).toEqual([{ found: null }]);
    await tables.end();
    release();
    const started = await starting;
    expect(await started.notReady()).toBeUndefined();
    await started.stop();
    await other.end();
  });

  it('refuses a database that a newer version made', async () => {
    const url = await empty();
    const first = await startStorage({ databaseUrl: url, dataDir: '/nowhere', log: quiet });
    await sql`insert into migrations (name, timestamp) values ('9999-from-the-future', '')`.execute(first.db);
    await first.stop();
    await expect(startStorage({ databaseUrl: url, dataDir: '/nowhere', log: quiet })).rejects.toThrow(
      /newer Oneturn.*9999-from-the-future/,
    );
  });

  it('says what is wrong with a URL, without the password', async () => {
    const secret = 'pass-word-in-url';
    const unreachable = startStorage({
      databaseUrl: `postgres://u:${secret}@127.0.0.1:1/x`,
      dataDir: '/nowhere',
      log: quiet,
    });
    await expect(unreachable).rejects.toThrow('Check host, port and that it runs');
    await expect(unreachable).rejects.not.toThrow(secret);
    const missing = startStorage({
      databaseUrl: urlOf(storage, 'no_such_database'),
      dataDir: '/nowhere',
      log: quiet,
    });
    await expect(missing).rejects.toThrow('no_such_database');
  });

  it('tells readiness by asking the database', async () => {
    expect(await storage.notReady()).toBeUndefined();
    const url = await empty();
    const other = await startStorage({ databaseUrl: url, dataDir: '/nowhere', log: quiet });
    await other.stop();
    expect(await other.notReady()).toBe('The database does not answer.');
  });
});

describe('the pool', () => {
  it('survives the end of a connection that someone holds between two statements', async () => {
    const pool = createPool(storage.address, 2, quiet);
    const held = await pool.connect();
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise<void>((resolve) => held.once('end', resolve));
    await storage.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    await expect(held.query('select 1')).rejects.toThrow();
    held.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it('reads bigint as a number', async () => {
    expect((await storage.pool.query('select count(*) as n, 9007199254740991::bigint as max')).rows).toEqual([
      { n: 1, max: Number.MAX_SAFE_INTEGER },
    ]);
  });
});
