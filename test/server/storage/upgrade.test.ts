import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, expect, test } from 'vitest';
import { hashApiToken, makeApiToken } from '../../../server/accounts/api-token.ts';
import { readConfig } from '../../../server/config/config.ts';
import { startServer } from '../../../server/start/start-server.ts';
import { createPool } from '../../../server/storage/create-pool.ts';
import { startEmbeddedPostgres } from '../../../server/storage/embedded/embedded-postgres.ts';
import { MIGRATIONS } from '../../../server/storage/migrate.ts';
import { startStorage } from '../../../server/storage/start-storage.ts';
import { savedPlan } from '../../../shared/contract/saved-plan.ts';
import { makeDataFolder, removeDataFolder } from '../../data-folder.ts';
import { quiet } from '../database.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';

const token = makeApiToken();
const planId = randomUUID();
const dataDir = makeDataFolder('upgrade');
afterEach(() => removeDataFolder(dataDir));

/** A data folder as Oneturn left it when it had accounts, plans and hosted runs, and no registry yet. */
async function makeOldFolder(): Promise<void> {
  const embedded = await startEmbeddedPostgres(dataDir, quiet);
  const pool = createPool(embedded.address, 1, quiet);
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock',
  });
  const { error } = await migrator.migrateTo('0005-hosted');
  if (error !== undefined) throw error;

  const { goal, origin, usage, outcome, ...content } = finishedPlan({ goal: 'Kept since the first release' });
  await sql`insert into users values ('u1', 'Ada', 'ada@example.com', true, null, now(), now(), 'ada')`.execute(
    db,
  );
  await sql`insert into workspaces values ('w1', 'Ada', 'ada', null, now(), null)`.execute(db);
  await sql`insert into members values ('m1', 'w1', 'u1', 'owner', now())`.execute(db);
  await sql`insert into api_tokens (id, user_id, workspace_id, name, hash, last_four, scopes)
    values (${randomUUID()}, 'u1', 'w1', 'old', ${hashApiToken(token)}, ${token.slice(-4)}, ${['plans:read']})`.execute(
    db,
  );
  await sql`insert into intent_plans (id, owner_id, workspace_id, title, goal, content, usage, origin, outcome, drafts, search)
    values (${planId}, 'u1', 'w1', 'Old', ${goal}, ${JSON.stringify(content)}, ${JSON.stringify(usage)},
      ${JSON.stringify(origin)}, ${outcome}, ${content.drafts.length}, 'old')`.execute(db);
  await db.destroy();
  await embedded.stop();
}

test('a data folder of an older version is brought up to date, with all that was in it', async () => {
  await makeOldFolder();
  const storage = await startStorage({ databaseUrl: undefined, dataDir, log: quiet });
  const ran = await sql<{ name: string }>`select name from migrations order by name`.execute(storage.db);
  expect(ran.rows.map(({ name }) => name)).toEqual(Object.keys(MIGRATIONS));

  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, SHUTDOWN_GRACE_MS: '0', HOSTED_WORKERS: '0' });
  const server = await startServer(config, { log: quiet, build: 'test', storage });
  try {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.url}/v1/plans/${planId}`, { headers });
    expect(savedPlan.parse(await answer.json())).toMatchObject({
      goal: 'Kept since the first release',
      title: 'Old',
    });
    expect((await fetch(`${server.url}/v1/bundles?q=notes`)).status).toBe(200);
  } finally {
    await server.stop();
  }
});
