import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createAudit } from '../../../server/audit/create-audit.ts';
import { verifyAudit } from '../../../server/audit/verify-audit.ts';
import { quiet } from '../database.ts';
import { auditUnderAttack, event, KEYS } from './tampering.ts';

const attacked = await auditUnderAttack();
const { db, dir, written } = attacked;

describe('createAudit', () => {
  it('keeps one unbroken chain under 300 concurrent writers', async () => {
    const audit = createAudit({ db, headFile: attacked.headFile, headKey: KEYS.privateKey, log: quiet });
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => audit.write(event(n, n % 3 === 0 ? 'other' : 'ws'))),
    );
    await audit.stop();
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toEqual({
      ok: true,
      workspaces: 2,
      entries: 300,
      headFile: true,
    });
  });

  it('writes a change and its entry together, or neither', async () => {
    const audit = createAudit({ db, headFile: attacked.headFile, headKey: KEYS.privateKey, log: quiet });
    const broken = audit.transact(async (trx, record) => {
      await trx.insertInto('retired_handles').values({ handle: 'gone' }).execute();
      await record(event(1));
      throw new Error('after the entry');
    });
    await expect(broken).rejects.toThrow('after the entry');
    await audit.stop();
    expect(await db.selectFrom('retired_handles').selectAll().execute()).toEqual([]);
    expect(await verifyAudit(db, attacked.headFile, KEYS.publicKey)).toMatchObject({ ok: true, entries: 0 });
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
