import { appendFileSync, rmSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../server/audit/verify-audit.ts';
import { auditUnderAttack, KEYS } from './tampering.ts';

const attacked = await auditUnderAttack();
const { db, forge, tamper, written } = attacked;

describe('verifyAudit', () => {
  it('finds nothing in a chain that was only written', async () => {
    await written();
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
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
      expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({ ok: true });
  });

  it('names a deleted entry, also when the later ones moved up', async () => {
    await written();
    await tamper("delete from audit_entries where workspace_id = 'ws' and seq = 5");
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 5,
      fault: 'missing',
    });
    for (const seq of [6, 7, 8])
      await tamper(`update audit_entries set seq = ${seq - 1} where workspace_id = 'ws' and seq = ${seq}`);
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({
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
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({
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
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({
      ok: false,
      workspaceId: 'other',
      seq: 3,
    });
  });

  it('names the first entry of a tail that was cut off, with the head moved back or not', async () => {
    await written();
    await tamper("delete from audit_entries where workspace_id = 'ws' and seq > 6");
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 7,
      fault: 'cut off',
    });
    await tamper(
      "update audit_heads h set seq = 6, hash = (select hash from audit_entries where workspace_id = 'ws' and seq = 6) where workspace_id = 'ws'",
    );
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
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
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
      ok: false,
      workspaceId: 'ws',
      seq: 4,
      fault: 'rewritten',
    });
  });

  it('still checks the chains when the file is gone, and says that it was', async () => {
    await written();
    rmSync(attacked.headFile);
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({
      ok: true,
      headFile: false,
    });
  });

  it('leaves out a line of the file that a crash cut short', async () => {
    await written();
    appendFileSync(attacked.headFile, '2026-11-21T00:00:00.000Z ws 99 abcdef');
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({ ok: true });
    await written();
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({ ok: true, entries: 20 });
  });
});
