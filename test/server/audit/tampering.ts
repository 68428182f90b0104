import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach } from 'vitest';
import { type AuditEvent, GENESIS, hashOf } from '../../../server/audit/audit-chain.ts';
import { rowToFacts } from '../../../server/audit/audit-rows.ts';
import { createAudit } from '../../../server/audit/create-audit.ts';
import { quiet, testStorage } from '../database.ts';

export const KEYS = generateKeyPairSync('ed25519');

export const event = (n: number, workspaceId = 'ws'): AuditEvent => ({
  workspaceId,
  actorId: 'user-1',
  handle: 'ada',
  action: 'plan.save',
  outcome: 'ok',
  subject: `plan-${n}`,
  detail: { n },
});

/** A database of its own with an audit log, and what an attacker may do to it. `headFile`: a new one for each test. */
export async function auditUnderAttack() {
  const { db } = await testStorage();
  const dir = mkdtempSync(join(tmpdir(), 'oneturn-audit-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  let headFile = '';
  let files = 0;

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

  return {
    db,
    dir,
    get headFile() {
      return headFile;
    },
    written,
    tamper,
    forge,
  };
}
