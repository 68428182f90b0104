import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createAuditRoutes } from '../../../server/audit/audit-routes.ts';
import { AUDIT_ACTIONS, auditPage } from '../../../shared/contract/audit.ts';
import { buildProgram } from '../../build.ts';
import { until } from '../../until.ts';
import { Client, failed, signUp, testAccounts } from '../accounts/accounts-app.ts';
import { quiet, seedDataDir, testStorage, urlTo } from '../database.ts';

const storage = await testStorage();
const { db } = storage;
const { app, audit, findWho, headFile } = testAccounts(storage);
app.route('/', createAuditRoutes(db, findWho, quiet));

async function workspaceOf(
  handle: string,
): Promise<{ workspaceId: string; actorId: string; handle: string }> {
  const row = await db
    .selectFrom('workspaces')
    .innerJoin('users', 'users.handle', 'workspaces.slug')
    .select(['workspaces.id', 'users.id as userId'])
    .where('slug', '=', handle)
    .executeTakeFirstOrThrow();
  return { workspaceId: row.id, actorId: row.userId, handle };
}

/** A person whose sign-up has been written down already, so that entries come in a known order. */
async function settled(handle: string): Promise<Client> {
  const client = await signUp(app, handle);
  await until(async () => expect((await read(client)).entries).toHaveLength(2));
  return client;
}

async function read(client: Client, query = '') {
  return auditPage.parse((await client.send('GET', `/v1/audit${query}`)).json);
}

describe('GET /v1/audit', () => {
  it('finds entries by handle, action and time, newest first, a page at a time', async () => {
    const client = await settled('searcher');
    const mine = await workspaceOf('searcher');
    for (const action of ['plan.save', 'plan.edit', 'compose.byo'] as const)
      await audit.write({ ...mine, action, outcome: 'ok' });
    await audit.write({ ...mine, handle: 'guest', action: 'plan.save', outcome: 'failed' });
    const actions = async (query: string) =>
      (await read(client, query)).entries.map((entry) => `${entry.handle} ${entry.action}`);
    expect(await actions('?action=plan')).toEqual([
      'guest plan.save',
      'searcher plan.edit',
      'searcher plan.save',
    ]);
    expect(await actions('?action=plan.save&handle=searcher')).toEqual(['searcher plan.save']);
    expect(await actions('?action=pla')).toEqual([]);
    // whatever is written can be asked for, alone and by its beginning
    for (const action of AUDIT_ACTIONS)
      for (const asked of [action, action.split('.')[0]])
        expect((await client.send('GET', `/v1/audit?action=${asked}`)).status, asked).toBe(200);
    expect(await actions(`?from=${new Date(Date.now() + 3_600_000).toISOString()}`)).toEqual([]);
    expect(await actions('?to=2020-01-01')).toEqual([]);
    expect(await actions('?from=2020-01-01&action=compose')).toEqual(['searcher compose.byo']);

    const first = await read(client, '?limit=4');
    const second = await read(client, `?limit=4&before=${first.next}`);
    expect([...first.entries, ...second.entries].map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(second.next).toBeNull();
  });

  it('names a parameter that it cannot use', async () => {
    const client = await signUp(app);
    for (const [query, field] of [
      ['?handle=%27', 'handle'],
      ['?action=*', 'action'],
      ['?from=yesterday', 'from'],
      ['?to=2026-13-45', 'to'],
      ['?limit=1000', 'limit'],
      ['?workspace=x', 'workspace'],
    ]) {
      expect(failed(await client.send('GET', `/v1/audit${query}`))).toMatchObject({ status: 422, field });
    }
  });

  it('shows nobody the entries of another workspace, and members only their own', async () => {
    const owner = await settled('boss');
    const { workspaceId } = await workspaceOf('boss');
    await audit.write({
      workspaceId,
      actorId: 'someone',
      handle: 'someone',
      action: 'plan.save',
      outcome: 'ok',
    });
    const stranger = await settled('stranger');
    expect((await read(stranger)).entries.every((entry) => entry.handle === 'stranger')).toBe(true);

    const member = await workspaceOf('stranger');
    await db
      .insertInto('members')
      .values({
        id: 'm1',
        organizationId: workspaceId,
        userId: member.actorId,
        role: 'member',
        createdAt: new Date(),
      })
      .execute();
    await stranger.send('POST', '/v1/auth/organization/set-active', { organizationId: workspaceId });
    expect((await read(stranger)).entries).toEqual([]);
    await audit.write({
      workspaceId,
      actorId: member.actorId,
      handle: 'stranger',
      action: 'plan.save',
      outcome: 'ok',
    });
    expect((await read(stranger)).entries.map(({ handle }) => handle)).toEqual(['stranger']);
    await sql`update members set role = 'admin' where id = 'm1'`.execute(db);
    expect((await read(stranger)).entries.length).toBeGreaterThan(3);
    expect((await read(owner)).entries.length).toBeGreaterThan(3);
    expect(failed(await new Client(app).send('GET', '/v1/audit'))).toMatchObject({ status: 401 });
  });

  it('exports CSV in which no cell is a formula', async () => {
    const client = await settled('exporter');
    const mine = await workspaceOf('exporter');
    await audit.write({
      ...mine,
      action: 'compose.byo',
      outcome: 'ok',
      provider: '=HYPERLINK("http://evil")',
      model: '@x',
      subject: '-1',
      requestId: '+1',
      detail: { text: 'a,"b"\nc' },
    });
    const answer = await client.send('GET', '/v1/audit?format=csv&action=compose');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, line] = answer.text.split('\r\n');
    expect(head).toBe('seq,at,handle,action,outcome,subject,provider,model,requestId,detail,hash');
    expect(line).toContain(
      `exporter,compose.byo,ok,'-1,"'=HYPERLINK(""http://evil"")",'@x,'+1,"{""text"":""a,\\""b\\""\\nc""}",`,
    );
  });

  it('exports more than one batch', async () => {
    const client = await settled('collector');
    const mine = await workspaceOf('collector');
    for (let n = 0; n < 1100; n += 1) await audit.write({ ...mine, action: 'plan.edit', outcome: 'ok' });
    const lines = (await client.send('GET', '/v1/audit?format=csv')).text.trim().split('\r\n');
    expect(lines).toHaveLength(1103);
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(1103);
  });
});

describe('npm run audit:verify', () => {
  const run = async (env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, [await buildProgram('server/cli/audit-verify.ts')], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  const verify = () =>
    run({ DATABASE_URL: urlTo(storage), AUDIT_HEAD_FILE: headFile, DATA_DIR: dirname(headFile) });

  it('tells an unbroken log from a broken one', async () => {
    await audit.stop();
    expect(await verify()).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^\d+ audit entries of \d+ workspaces: unbroken\.\nThere is no audit-key\.pem in /,
      ),
    });
    const { workspaceId } = await workspaceOf('collector');
    await sql`alter table audit_entries disable trigger all`.execute(db);
    await sql`update audit_entries set handle = 'nobody' where workspace_id = ${workspaceId} and seq = 700`.execute(
      db,
    );
    expect(await verify()).toMatchObject({
      status: 1,
      stdout: `The audit log of workspace ${workspaceId} is broken at entry 700: edited.\n`,
    });
  });

  it('reaches the embedded database of a running server, and starts that of a stopped one', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-verify-'));
    execFileSync('chmod', ['711', dataDir]);
    await seedDataDir(dataDir);
    expect(await run({ DATA_DIR: dataDir })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('0 audit entries'),
    });
    rmSync(dataDir, { recursive: true });
  });
});
