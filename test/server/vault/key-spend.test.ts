import { randomUUID } from 'node:crypto';
import { afterAll, expect, it, vi } from 'vitest';
import { listKeys } from '../../../server/vault/key-store.ts';
import { makeCanary } from '../../leak/canary.ts';
import { testStorage } from '../database.ts';
import { ended, start } from './stored-run.ts';
import { keysOf, startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const lab = await startVaultLab(storage);
afterAll(() => lab.stop());

/** As the end of an attempt at a run is written, so many days ago. */
async function close(
  workspaceId: string,
  key: string,
  { costUsd, days, run = randomUUID() }: { costUsd: number | null; days: number; run?: string },
): Promise<void> {
  const { seq } = await db
    .selectFrom('audit_entries')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('audit_entries')
    .values({
      ...{ workspace_id: workspaceId, seq: Number(seq) + 1, at: new Date(Date.now() - days * 86_400_000) },
      ...{ actor_id: null, handle: null, action: 'vault.key-close', outcome: 'ok', subject: run },
      ...{ provider: null, model: null, request_id: null, detail: JSON.stringify({ key, costUsd }) },
      ...{ previous: Buffer.alloc(32), hash: Buffer.alloc(32) },
    })
    .execute();
}

it('adds up what runs cost in 30 days, for each key by itself', async () => {
  const browser = await lab.user('spender');
  const one = await stored(storeKey(lab, browser, makeCanary().key, { name: 'one' }));
  const two = await stored(storeKey(lab, browser, makeCanary().key, { name: 'two' }));
  const id = await workspaceOf(browser);
  const spent = async (key: string) => (await keysOf(browser)).find((found) => found.id === key)?.spent;
  expect(await spent(one.id)).toEqual({ usd: 0, runs: 0, unpriced: 0 });

  await ended(browser, await start(browser));
  await expect.poll(() => spent(one.id)).toMatchObject({ runs: 1 });
  const first = await spent(one.id);
  const run = randomUUID();
  // two attempts at one run, another run, one that nobody knows the price of, and one of long ago
  await close(id, one.id, { costUsd: 0.25, days: 1, run });
  await close(id, one.id, { costUsd: 0.1, days: 1, run });
  await close(id, one.id, { costUsd: 1e-7, days: 29 });
  await close(id, one.id, { costUsd: null, days: 2 });
  await close(id, one.id, { costUsd: 100, days: 31 });
  const now = await spent(one.id);
  expect(now?.usd).toBeCloseTo((first?.usd ?? 0) + 0.3500001, 9);
  expect(now).toMatchObject({ runs: 4, unpriced: (first?.unpriced ?? 0) + 1 });
  expect(await spent(two.id)).toEqual({ usd: 0, runs: 0, unpriced: 0 });

  // what another workspace's log says of it counts for nothing
  const other = await workspaceOf(await lab.user('other'));
  await close(other, one.id, { costUsd: 1, days: 1 });
  expect(await spent(one.id)).toEqual(now);
  expect(await listKeys(db, other, undefined)).toEqual([]);
});
