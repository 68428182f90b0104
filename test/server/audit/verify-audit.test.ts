import { generateKeyPairSync } from 'node:crypto';
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
const KEYS = generateKeyPairSync('ed25519');
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
  const audit = createAudit({ db, headFile, headKey: KEYS.privateKey, log: quiet });
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
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
      ok: true,
      workspaces: 2,
      entries: 10,
      headFile: true,
    });
  });

  it('names an edited entry, whichever column was edited', async () => {
    await written();
    for (const change of [
      "action = 'plan.edit'",
      "handle = 'eve'",
      'actor_id = null',
      "at = at + interval '1 ms'",
      "at = at + interval '1 us'",
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
      expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({ ok: true });
  });

  it('names a deleted entry, also when the later ones moved up', async () => {
    await written();
    await tamper("delete from audit_entries where workspace_id = 'ws' and seq = 5");
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 5,
      fault: 'missing',
    });
    for (const seq of [6, 7, 8])
      await tamper(`update audit_entries set seq = ${seq - 1} where workspace_id = 'ws' and seq = ${seq}`);
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({
      ok: false,
      workspaceId: 'ws',
      seq: 5,
    });
  });

  it('names an inserted entry', async () => {
    await written();
    for (const seq of [8, 7, 6, 5])
      await tamper(`update audit_entries set seq = ${seq + 1} where workspace_id = 'ws' and seq = ${seq}`);
    await forge(5, 4);
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({
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
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({
      ok: false,
      workspaceId: 'other',
      seq: 3,
    });
  });

  it('names the first entry of a tail that was cut off, with the head moved back or not', async () => {
    await written();
    await tamper("delete from audit_entries where workspace_id = 'ws' and seq > 6");
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 7,
      fault: 'cut off',
    });
    await tamper(
      "update audit_heads h set seq = 6, hash = (select hash from audit_entries where workspace_id = 'ws' and seq = 6) where workspace_id = 'ws'",
    );
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 4,
      fault: 'rewritten',
    });
  });

  it('still checks the chains when the file is gone, and says that it was', async () => {
    await written();
    rmSync(headFile);
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({ ok: true, headFile: false });
  });

  it('leaves out a line of the file that a crash cut short', async () => {
    await written();
    appendFileSync(headFile, '2026-11-21T00:00:00.000Z ws 99 abcdef');
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({ ok: true });
    await written();
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({ ok: true, entries: 20 });
  });
});

describe('the file of heads', () => {
  const read = (): string[] => readFileSync(headFile, 'utf8').split('\n');
  const put = (lines: readonly string[]): void => writeFileSync(headFile, lines.join('\n'));
  const check = () => verifyAudit(db, headFile, KEYS.publicKey);
  /** A chain that a forger made anew from entry 4 on, with the head in the database. */
  async function rewritten(): Promise<void> {
    await tamper("update audit_entries set handle = 'eve' where workspace_id = 'ws' and seq = 4");
    for (let seq = 4; seq <= 8; seq += 1) await forge(seq, seq - 1);
    await tamper(
      "update audit_heads set hash = (select hash from audit_entries where workspace_id = 'ws' and seq = 8) where workspace_id = 'ws'",
    );
  }
  async function hashes(): Promise<readonly (readonly [number, string])[]> {
    const rows = await db
      .selectFrom('audit_entries')
      .select(['seq', 'hash'])
      .where('workspace_id', '=', 'ws')
      .where('seq', '>=', 4)
      .execute();
    return rows.map(({ seq, hash }) => [seq, hash.toString('hex')]);
  }

  it('is not believed where heads were added behind a rewritten chain', async () => {
    await written();
    await rewritten();
    for (const [seq, hash] of await hashes())
      appendFileSync(headFile, `2026-11-28T00:00:00.000Z ws ${seq} ${hash}\n`);
    expect(await check()).toEqual({ ok: false, workspaceId: 'ws', seq: 4, fault: 'rewritten' });
  });

  it('is not believed where the heads of a rewritten chain were put in place of its own', async () => {
    await written();
    await rewritten();
    const anew = new Map(await hashes());
    put(
      read().map((line) =>
        line.replace(/ ws (\d+) [0-9a-f]{64} /, (whole, seq) =>
          anew.has(Number(seq)) ? ` ws ${seq} ${anew.get(Number(seq))} ` : whole,
        ),
      ),
    );
    // The open line, three heads, and the first one that is another.
    expect(await check()).toEqual({ ok: false, headLine: 5, fault: 'not the line that was written' });
  });

  it('names a line without a signature, and one that another key signed', async () => {
    await written();
    const stranger = createAudit({
      db,
      headFile,
      headKey: generateKeyPairSync('ed25519').privateKey,
      log: quiet,
    });
    const before = read().length;
    appendFileSync(headFile, `2026-11-28T00:00:00.000Z ws 8 ${'0'.repeat(64)}\n`);
    expect(await check()).toEqual({ ok: false, headLine: before, fault: 'signed by nobody' });
    put(
      read()
        .slice(0, before - 1)
        .concat(''),
    );
    expect(await check()).toMatchObject({ ok: true });
    await stranger.write(event(9));
    await stranger.stop();
    expect(await check()).toEqual({ ok: false, headLine: before, fault: 'signed by another' });
  });

  it.each([
    ['cut short', (line: string) => line.slice(0, 60), 'damaged'],
    ['overwritten', () => 'xxxx', 'damaged'],
    ['dated anew', (line: string) => line.replace(/^\d{4}/, '1999'), 'not the line that was written'],
    [
      'moved to another workspace',
      (line: string) => line.replace(' ws ', ' other '),
      'not the line that was written',
    ],
    ['without its signature', (line: string) => line.split(' ').slice(0, 4).join(' '), 'signed by nobody'],
  ] as const)('names a line that was %s', async (_, change, fault) => {
    await written();
    put(read().map((line, index) => (index === 3 ? change(line) : line)));
    expect(await check()).toEqual({ ok: false, headLine: 4, fault });
  });

  it('names the line before which some are missing, or two changed places', async () => {
    await written();
    const lines = read();
    put(lines.filter((_, index) => index !== 3));
    expect(await check()).toEqual({ ok: false, headLine: 4, fault: 'lines are missing before it' });
    put(lines.map((line, index) => (index === 3 ? lines[4] : index === 4 ? lines[3] : line) ?? ''));
    expect(await check()).toEqual({ ok: false, headLine: 4, fault: 'lines are missing before it' });
  });

  it('names the writer whose file was changed before it began, also where a whole writer is missing', async () => {
    await written();
    const first = read().length - 1;
    await written();
    const lines = read();
    put(lines.slice(first));
    expect(await check()).toEqual({ ok: false, headLine: 1, fault: 'what stood before it was changed' });
    put(['2026-11-28T00:00:00.000Z ws 1', ...lines.slice(first)]);
    expect(await check()).toMatchObject({ ok: false, headLine: 1, fault: 'damaged' });
  });

  it('that was emptied is told from one that was never written', async () => {
    await written();
    put([]);
    expect(await check()).toEqual({ ok: false, headLine: 1, fault: 'signed by nobody' });
  });

  it('goes on from one that was written before lines were signed', async () => {
    await written();
    put(
      read()
        .slice(1)
        .map((line) => line.split(' ').slice(0, 4).join(' ')),
    );
    await written();
    expect(await check()).toMatchObject({ ok: true, entries: 20 });
    put(read().map((line, index) => (index === 2 ? line.replace(' ws ', ' sw ') : line)));
    expect(await check()).toMatchObject({ ok: false });
  });

  it('of two processes that write at once is one file', async () => {
    const both = [0, 1].map(() => createAudit({ db, headFile, headKey: KEYS.privateKey, log: quiet }));
    await Promise.all(Array.from({ length: 60 }, (_, n) => both[n % 2]?.write(event(n))));
    await Promise.all(both.map((audit) => audit.stop()));
    expect(await check()).toMatchObject({ ok: true, entries: 60 });
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
    const audit = createAudit({ db, headFile, headKey: KEYS.privateKey, log: quiet });
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => audit.write(event(n, n % 3 === 0 ? 'other' : 'ws'))),
    );
    await audit.stop();
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toEqual({
      ok: true,
      workspaces: 2,
      entries: 300,
      headFile: true,
    });
  });

  it('writes a change and its entry together, or neither', async () => {
    const audit = createAudit({ db, headFile, headKey: KEYS.privateKey, log: quiet });
    const broken = audit.transact(async (trx, record) => {
      await trx.insertInto('retired_handles').values({ handle: 'gone' }).execute();
      await record(event(1));
      throw new Error('after the entry');
    });
    await expect(broken).rejects.toThrow('after the entry');
    await audit.stop();
    expect(await db.selectFrom('retired_handles').selectAll().execute()).toEqual([]);
    expect(await verifyAudit(db, headFile, KEYS.publicKey)).toMatchObject({ ok: true, entries: 0 });
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
    const audit = createAudit({
      db,
      headFile: join(blocked, 'heads.log'),
      headKey: KEYS.privateKey,
      log: quiet,
    });
    await audit.write(event(1));
    rmSync(blocked);
    await audit.stop();
    expect(readFileSync(join(blocked, 'heads.log'), 'utf8')).toMatch(/ ws 1 [0-9a-f]{64} \S+:1 /);
  });
});
