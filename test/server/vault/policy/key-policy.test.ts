import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { createAudit } from '../../../../server/audit/create-audit.ts';
import { signingKey } from '../../../../server/storage/signing-key.ts';
import { tidyPolicies } from '../../../../server/vault/policy/create-policy.ts';
import { fileRoot } from '../../../../server/vault/roots/file-root.ts';
import { verifyVault } from '../../../../server/vault/verify/verify-vault.ts';
import { WorkspaceSecrets } from '../../../../server/vault/workspace-secrets.ts';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import type { Answer, Browser } from '../../../faults/browser.ts';
import { makeCanary } from '../../../leak/canary.ts';
import { quiet, testStorage } from '../../database.ts';
import { idOf, ok } from '../../idor-requests.ts';
import { keysOf, startVaultLab, stored, storeKey, workspaceOf } from '../vault-lab.ts';
import { actions, endWait, failureOf, hoursTo, policyOf } from './policy-reads.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const lab = await startVaultLab(storage);
const folder = mkdtempSync(join(tmpdir(), 'oneturn-policy-'));
const audit = createAudit({
  ...{ db, headFile: join(folder, 'heads'), headKey: signingKey(folder, 'audit-key.pem'), log: quiet },
});
afterAll(async () => {
  await lab.stop();
  await audit.stop();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
const user = (): Promise<Browser> => lab.user(`user-${count++}`);

it('destroys what is stored, takes nothing more, and ends a day after an owner asked for it', async () => {
  const owner = await user();
  const id = await workspaceOf(owner);
  await stored(storeKey(lab, owner, makeCanary().key, { name: 'one' }));
  await stored(storeKey(lab, owner, makeCanary().key, { name: 'two' }));
  expect(await policyOf(owner, id)).toMatchObject({
    ...{ since: null, inForce: false, canChange: true, storedKeys: 2, address: null },
  });

  const set = await owner.send('PUT', ROUTES.keyPolicy(id));
  expect(set.json).toEqual({ revokedKeys: 2, stoppedRuns: 0 });
  for (const key of await keysOf(owner))
    expect(key).toMatchObject({ state: 'destroyed', endedWhy: 'policy', isDefault: false });
  const refused = failureOf(await storeKey(lab, owner, makeCanary().key));
  expect(refused).toMatchObject({ status: 403, reason: 'no_keys_at_rest' });
  expect(refused.message).toContain('no key can be stored');

  const policy = await policyOf(owner, id);
  expect(policy).toMatchObject({ inForce: true, setBy: 'user-0', liftsAt: null, storedKeys: 0 });
  await ok(owner.send('POST', ROUTES.keyPolicyLift(id)));
  const lifting = await policyOf(owner, id);
  expect(lifting).toMatchObject({ inForce: true, liftedBy: 'user-0' });
  expect(hoursTo(lifting.liftsAt)).toBeGreaterThan(23.9);
  expect(hoursTo(lifting.liftsAt)).toBeLessThanOrEqual(24);
  // asked for again, it comes neither sooner nor later
  await ok(owner.send('POST', ROUTES.keyPolicyLift(id)));
  expect((await policyOf(owner, id)).liftsAt).toBe(lifting.liftsAt);
  expect(failureOf(await storeKey(lab, owner, makeCanary().key)).status).toBe(403);

  await ok(owner.send('DELETE', ROUTES.keyPolicyLift(id)));
  expect(await policyOf(owner, id)).toMatchObject({ inForce: true, liftsAt: null, liftedBy: null });
  expect(failureOf(await owner.send('DELETE', ROUTES.keyPolicyLift(id))).status).toBe(409);

  await ok(owner.send('POST', ROUTES.keyPolicyLift(id)));
  await endWait(db, id);
  expect(await policyOf(owner, id)).toMatchObject({ inForce: false, since: null });
  // over is over
  expect(failureOf(await owner.send('DELETE', ROUTES.keyPolicyLift(id))).status).toBe(409);
  expect(failureOf(await owner.send('POST', ROUTES.keyPolicyLift(id))).status).toBe(409);
  await stored(storeKey(lab, owner, makeCanary().key));
  await tidyPolicies({ audit });
  expect(await actions(db, id)).toEqual([
    ...['vault.key-add ok', 'vault.key-add ok', 'vault.key-revoke ok', 'vault.key-revoke ok'],
    ...['policy.set ok', 'vault.key-add refused', 'policy.lift ok', 'policy.lift ok'],
    ...['vault.key-add refused', 'policy.keep ok', 'policy.lift ok', 'vault.key-add ok', 'policy.end ok'],
  ]);
  // the same address as before
  await ok(owner.send('PUT', ROUTES.keyPolicy(id)));
  expect((await policyOf(owner, id)).address).toBe(policy.address);
  // every row is as the audit log has it
  const { faults } = await verifyVault(db, new WorkspaceSecrets(db, [fileRoot('r1', lab.rootFile)]));
  expect(faults).toEqual([]);
});

it('is an owner’s to set and to lift: admins and members see it, and what they try is written down', async () => {
  const [owner, admin, member] = [await user(), await user(), await user()];
  const id = idOf(
    await owner.send('POST', '/v1/auth/organization/create', { name: 'Shared', slug: 'shared-policy' }),
  );
  for (const [guest, role, at] of [
    [admin, 'admin', count - 2],
    [member, 'member', count - 1],
  ] as const) {
    const wish = { organizationId: id, role, email: `user-${at}@example.com` };
    const invitationId = idOf(await owner.send('POST', '/v1/auth/organization/invite-member', wish));
    await ok(guest.send('POST', '/v1/auth/organization/accept-invitation', { invitationId }));
  }
  for (const guest of [admin, member])
    for (const [method, path] of [
      ['PUT', ROUTES.keyPolicy(id)],
      ['POST', ROUTES.keyPolicyLift(id)],
      ['DELETE', ROUTES.keyPolicyLift(id)],
    ] as const)
      expect(failureOf(await guest.send(method, path))).toMatchObject({ status: 403, code: 'forbidden' });
  expect(await actions(db, id)).toEqual([
    ...['policy.set refused', 'policy.lift refused', 'policy.keep refused'],
    ...['policy.set refused', 'policy.lift refused', 'policy.keep refused'],
  ]);
  await ok(owner.send('PUT', ROUTES.keyPolicy(id)));
  await ok(admin.send('POST', '/v1/auth/organization/set-active', { organizationId: id }));
  expect(failureOf(await storeKey(lab, admin, makeCanary().key)).reason).toBe('no_keys_at_rest');
  await ok(owner.send('POST', ROUTES.keyPolicyLift(id)));
  const seen = await policyOf(member, id);
  expect(seen).toMatchObject({ inForce: true, canChange: false, address: null });
  expect(hoursTo(seen.liftsAt)).toBeGreaterThan(23.9);
});

it('keeps a key out that is under way while the policy is set, and out of SQL', async () => {
  for (let round = 0; round < 6; round++) {
    const owner = await user();
    const id = await workspaceOf(owner);
    if (round % 2 === 1) await stored(storeKey(lab, owner, makeCanary().key, { name: 'first' }));
    const [added, set] = await Promise.all([
      storeKey(lab, owner, makeCanary().key),
      // at another moment of the other each time
      new Promise((later) => setTimeout(later, round * 12)).then(() =>
        owner.send('PUT', ROUTES.keyPolicy(id)),
      ),
    ]);
    expect(set.status).toBe(200);
    expect([201, 403]).toContain(added.status);
    expect((await policyOf(owner, id)).storedKeys).toBe(0);
  }
  const { rows } = await sql<{ id: string }>`
    select k.id from vault_keys k join key_policies p on p.workspace_id = k.workspace_id
    where p.since is not null and k.sealed is not null`.execute(db);
  expect(rows).toEqual([]);
});

it('waits for whoever stores a key just now, and has the database itself refuse one behind it', async () => {
  const owner = await user();
  const id = await workspaceOf(owner);
  const { id: key } = await stored(storeKey(lab, owner, makeCanary().key));
  const copy = (trx: typeof db) =>
    sql`
    insert into vault_keys select (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid(), 'is_default', false))).*
    from vault_keys k where id = ${key}`.execute(trx);
  let setting: Promise<Answer> | undefined;
  await db.transaction().execute(async (trx) => {
    await copy(trx);
    setting = owner.send('PUT', ROUTES.keyPolicy(id));
    await expect
      .poll(async () => {
        const { rows } = await sql<{ n: string }>`
          select count(*) as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
        return Number(rows[0]?.n);
      })
      .toBe(1);
  });
  // it came first, and went with the others
  expect((await setting)?.json).toEqual({ revokedKeys: 2, stoppedRuns: 0 });
  await expect(
    sql`update vault_keys set sealed = '\\x01', state = 'active', ended_at = null where id = ${key}`.execute(
      db,
    ),
  ).rejects.toMatchObject({ code: '23514', constraint: 'no_keys_at_rest' });
});
