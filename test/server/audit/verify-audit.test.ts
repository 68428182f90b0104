import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEvent, GENESIS, hashOf } from '../../../server/audit/audit-chain.ts';
import { rowToFacts } from '../../../server/audit/audit-rows.ts';
import { createAudit } from '../../../server/audit/create-audit.ts';
import { verifyAudit } from '../../../server/audit/verify-audit.ts';
import { quiet, testStorage } from '../database.ts';

const { db } = await testStorage();
const dir = mkdtempSync(join(tmpdir(), 'oneturn-audit-'));
afterAll(() => rmSync(dir, { recursive: true }));
let headFile = '';
let files = 0;

const event = (n: number, workspaceId = 'ws'): AuditEvent => ({
  workspaceId,
  actorId: 'user-1',
  handle: 'ada',
  action: 'plan.save',
  outcome: 'ok',
  subject: `plan-${n}`,
  detail: { n },
});

/** Eight entries in one workspace and two in another. */
async function written(): Promise<void> {
  const audit = createAudit({ db, headFile, log: quiet });
  for (let n = 1; n <= 8; n += 1) await audit.write(event(n));
  for (let n = 1; n <= 2; n += 1) await audit.write(event(n, 'other'));
  await audit.stop();
}

/** What an attacker with the database in hand can do: the triggers do not stop its owner. */
async function tamper(statement: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql.raw(statement).execute(trx);
  });
}

beforeEach(async () => {
  files += 1;
  headFile = join(dir, `heads-${files}.log`);
  await tamper('delete from audit_entries; delete from audit_heads');
});

describe('verifyAudit', () => {
  it('finds nothing in a chain that was only written', async () => {
    await written();
    expect(await verifyAudit(db, headFile)).toEqual({ ok: true, workspaces: 2, entries: 10, headFile: true });
  });

  it('names an edited entry, whichever column was edited', async () => {
    await written();
    for (const change of [
      "action = 'plan.edit'",
      "handle = 'eve'",
      'actor_id = null',
      "at = at + interval '1 ms'",
      "detail = '{}'",
      "outcome = 'failed'",
    ]) {
      const [row] = (
        await sql<{
          restore: string;
        }>`select row_to_json(e)::text as restore from audit_entries e where workspace_id = 'ws' and seq = 5`.execute(
          db,
        )
      ).rows;
      await tamper(`update audit_entries set ${change} where workspace_id = 'ws' and seq = 5`);
      expect(await verifyAudit(db, headFile)).toEqual({
        ok: false,
        workspaceId: 'ws',
        seq: 5,
        fault: 'edited',
      });
      await tamper(`delete from audit_entries where workspace_id = 'ws' and seq = 5`);
      await tamper(
        `insert into audit_entries select * from json_populate_record(null::audit_entries, '${row?.restore.replaceAll("'", "''")}')`,
      );
    }
    expect(await verifyAudit(db, headFile)).toMatchObject({ ok: true });
  });

  it('names a deleted entry, also when the later ones moved up', async () => {
    await written();
    await tamper("delete from audit_entries where workspace_id = 'ws' and seq = 5");
    expect(await verifyAudit(db, headFile)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 5,
      fault: 'missing',
    });
    for (const seq of [6, 7, 8])
      await tamper(`update audit_entries set seq = ${seq - 1} where workspace_id = 'ws' and seq = ${seq}`);
    expect(await verifyAudit(db, headFile)).toMatchObject({ ok: false, workspaceId: 'ws', seq: 5 });
  });

  it('names an inserted entry', async () => {
    await written();
    for (const seq of [8, 7, 6, 5])
      await tamper(`update audit_entries set seq = ${seq + 1} where workspace_id = 'ws' and seq = ${seq}`);
    await forge(5, 4);
    expect(await verifyAudit(db, headFile)).toMatchObject({
      ok: false,
      workspaceId: 'ws',
      seq: 5,
      fault: 'rewritten',
    });
  });

  it('names the first of two swapped entries', async () => {
    await written();
    for (const [from, to] of [
      [5, 105],
      [6, 5],
      [105, 6],
    ])
      await tamper(`update audit_entries set seq = ${to} where workspace_id = 'ws' and seq = ${from}`);
    expect(await verifyAudit(db, headFile)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 5,
      fault: 'out of order',
    });
  });

  it('names an entry that was moved to another workspace', async () => {
    await written();
    await tamper(
      "update audit_entries set workspace_id = 'other', seq = 3 where workspace_id = 'ws' and seq = 8",
    );
    expect(await verifyAudit(db, headFile)).toMatchObject({ ok: false, workspaceId: 'other', seq: 3 });
  });

  it('names the first entry of a tail that was cut off, with the head moved back or not', async () => {
    await written();
    await tamper("delete from audit_entries where workspace_id = 'ws' and seq > 6");
    expect(await verifyAudit(db, headFile)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 7,
      fault: 'cut off',
    });
    await tamper(
      "update audit_heads h set seq = 6, hash = (select hash from audit_entries where workspace_id = 'ws' and seq = 6) where workspace_id = 'ws'",
    );
    expect(await verifyAudit(db, headFile)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 7,
      fault: 'cut off',
    });
  });

  it('notices a workspace that vanished whole', async () => {
    await written();
    await tamper(
      "delete from audit_entries where workspace_id = 'ws'; delete from audit_heads where workspace_id = 'ws'",
    );
    expect(await verifyAudit(db, headFile)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 1,
      fault: 'cut off',
    });
  });

  it('names the entry from which a chain was made anew with right hashes', async () => {
    await written();
    await tamper("update audit_entries set handle = 'eve' where workspace_id = 'ws' and seq = 4");
    for (let seq = 4; seq <= 8; seq += 1) await forge(seq, seq - 1);
    await tamper(
      "update audit_heads set hash = (select hash from audit_entries where workspace_id = 'ws' and seq = 8) where workspace_id = 'ws'",
    );
    expect(await verifyAudit(db, headFile)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 4,
      fault: 'rewritten',
    });
  });

  it('still checks the chains when the file is gone, and says that it was', async () => {
    await written();
    rmSync(headFile);
    expect(await verifyAudit(db, headFile)).toMatchObject({ ok: true, headFile: false });
  });

  it('leaves out a line of the file that a crash cut short', async () => {
    await written();
    appendFileSync(headFile, '2026-11-21T00:00:00.000Z ws 99 abcdef');
    expect(await verifyAudit(db, headFile)).toMatchObject({ ok: true });
  });
});

/** Gives an entry the hashes that a forger who knows the form would give it. */
async function forge(seq: number, previousSeq: number): Promise<void> {
  const previous = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('workspace_id', '=', 'ws')
    .where('seq', '=', previousSeq)
    .executeTakeFirst();
  const existing = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('workspace_id', '=', 'ws')
    .where('seq', '=', seq)
    .executeTakeFirst();
  const template =
    existing ??
    (await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('workspace_id', '=', 'other')
      .where('seq', '=', 1)
      .executeTakeFirstOrThrow());
  const before = previous?.hash ?? GENESIS;
  const row = { ...template, workspace_id: 'ws', seq, previous: before };
  const forged = { ...row, hash: hashOf(before, rowToFacts(row)) };
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await trx.deleteFrom('audit_entries').where('workspace_id', '=', 'ws').where('seq', '=', seq).execute();
    await trx.insertInto('audit_entries').values(forged).execute();
  });
}

describe('createAudit', () => {
  it('keeps one unbroken chain under 300 concurrent writers', async () => {
    const audit = createAudit({ db, headFile, log: quiet });
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => audit.write(event(n, n % 3 === 0 ? 'other' : 'ws'))),
    );
    await audit.stop();
    expect(await verifyAudit(db, headFile)).toEqual({
      ok: true,
      workspaces: 2,
      entries: 300,
      headFile: true,
    });
  });

  it('writes a change and its entry together, or neither', async () => {
    const audit = createAudit({ db, headFile, log: quiet });
    const broken = audit.transact(async (trx, record) => {
      await trx.insertInto('retired_handles').values({ handle: 'gone' }).execute();
      await record(event(1));
      throw new Error('after the entry');
    });
    await expect(broken).rejects.toThrow('after the entry');
    await audit.stop();
    expect(await db.selectFrom('retired_handles').selectAll().execute()).toEqual([]);
    expect(await verifyAudit(db, headFile)).toMatchObject({ ok: true, entries: 0 });
  });

  it('refuses to change or delete an entry by mistake', async () => {
    await written();
    await expect(sql`update audit_entries set handle = 'eve'`.execute(db)).rejects.toThrow('only ever added');
    await expect(sql`delete from audit_entries`.execute(db)).rejects.toThrow('only ever added');
    await expect(sql`truncate audit_entries`.execute(db)).rejects.toThrow('only ever added');
  });

  it('notes heads later when the file could not be written', async () => {
    const blocked = join(dir, 'in-the-way');
    writeFileSync(blocked, 'a file where a folder should be');
    const audit = createAudit({ db, headFile: join(blocked, 'heads.log'), log: quiet });
    await audit.write(event(1));
    rmSync(blocked);
    await audit.stop();
    expect(readFileSync(join(blocked, 'heads.log'), 'utf8')).toMatch(/ ws 1 [0-9a-f]{64}\n$/);
  });
});
