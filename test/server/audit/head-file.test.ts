import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAudit } from '../../../server/audit/create-audit.ts';
import { verifyAudit } from '../../../server/audit/verify-audit.ts';
import { quiet } from '../database.ts';
import { auditUnderAttack, event, KEYS } from './tampering.ts';

const attacked = await auditUnderAttack();
const { db, forge, tamper, written } = attacked;

describe('the file of heads', () => {
  const read = (): string[] => readFileSync(attacked.headFile, 'utf8').split('\n');
  const put = (lines: readonly string[]): void => writeFileSync(attacked.headFile, lines.join('\n'));
  const check = () => verifyAudit(db, attacked.headFile, KEYS.publicKey);
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
      appendFileSync(attacked.headFile, `2026-11-28T00:00:00.000Z ws ${seq} ${hash}\n`);
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
      headFile: attacked.headFile,
      headKey: generateKeyPairSync('ed25519').privateKey,
      log: quiet,
    });
    const before = read().length;
    appendFileSync(attacked.headFile, `2026-11-28T00:00:00.000Z ws 8 ${'0'.repeat(64)}\n`);
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
    const both = [0, 1].map(() =>
      createAudit({ db, headFile: attacked.headFile, headKey: KEYS.privateKey, log: quiet }),
    );
    await Promise.all(Array.from({ length: 60 }, (_, n) => both[n % 2]?.write(event(n))));
    await Promise.all(both.map((audit) => audit.stop()));
    expect(await check()).toMatchObject({ ok: true, entries: 60 });
  });
});
