import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { createAudit } from '../../../../server/audit/create-audit.ts';
import { judgePolicy, verifyPolicy } from '../../../../server/cli/vault/verify-policy.ts';
import { createServerSigner } from '../../../../server/receipts/server-signer.ts';
import { signingKey } from '../../../../server/storage/signing-key.ts';
import { applyOperatorPolicy } from '../../../../server/vault/policy/operator-policy.ts';
import { envelope } from '../../../../shared/contract/receipt.ts';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import type { SignedPolicy } from '../../../../shared/contract/vault/key-policy.ts';
import type { Browser } from '../../../faults/browser.ts';
import { readConfig } from '../../../leak/byo-client.ts';
import { makeCanary } from '../../../leak/canary.ts';
import { quiet, testStorage } from '../../database.ts';
import { ok } from '../../idor-requests.ts';
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

/** What the signed document at a path says, checked by the key that the server publishes. */
async function signedAt(path: string): Promise<SignedPolicy> {
  const signed = envelope.parse(await (await fetch(lab.url + path)).json());
  const { receiptKey } = await readConfig(lab.url);
  const policy = verifyPolicy(signed, receiptKey.publicKey);
  if (typeof policy === 'string') throw new Error(policy);
  return policy;
}

it('is public and signed, of the server and of a workspace at its own address', async () => {
  const owner = await user();
  const id = await workspaceOf(owner);
  await stored(storeKey(lab, owner, makeCanary().key));
  expect(await signedAt(ROUTES.serverPolicy)).toMatchObject({
    ...{ version: 1, server: null, workspace: null },
    ...{ noKeysAtRest: false, holdsUntil: null, storedKeys: null },
    setBy: { operator: { since: null, liftsAt: null }, workspace: null },
  });
  await ok(owner.send('PUT', ROUTES.keyPolicy(id)));
  const { address } = await policyOf(owner, id);
  expect(address).toMatch(/^\/\.well-known\/oneturn-policy\/[\w-]{22}\.json$/);
  const policy = await signedAt(address ?? '');
  expect(policy).toMatchObject({ workspace: `user-${count - 1}`, noKeysAtRest: true, storedKeys: 0 });
  // while nobody asked for its end, none can come within a day
  expect(Date.parse(policy.holdsUntil ?? '') - Date.parse(policy.issuedAt)).toBe(24 * 3_600_000);
  const named = { ...policy, server: 'https://oneturn.example' };
  expect(judgePolicy(named, new Date(), 'https://oneturn.example').faults).toEqual([]);
  expect(judgePolicy(named, new Date(), 'https://other.example').faults).toHaveLength(1);
  expect(judgePolicy(policy, new Date(policy.holdsUntil ?? ''), undefined).faults).toHaveLength(1);
  await ok(owner.send('POST', ROUTES.keyPolicyLift(id)));
  const { liftsAt } = await policyOf(owner, id);
  expect(await signedAt(address ?? '')).toMatchObject({ noKeysAtRest: true, holdsUntil: liftsAt });
  await endWait(db, id);
  const after = await signedAt(address ?? '');
  expect(after).toMatchObject({ noKeysAtRest: false, holdsUntil: null, storedKeys: null });
  expect(judgePolicy(after, new Date(), undefined).faults).toHaveLength(1);

  for (const path of ['', 'x', `${'a'.repeat(22)}.json`, `${id}.json`])
    expect((await fetch(lab.url + ROUTES.workspacePolicy(path))).status).toBe(404);
  // another server’s key, and a receipt’s type over the same bytes
  const signed = envelope.parse(await (await fetch(lab.url + address)).json());
  const { receiptKey } = await readConfig(lab.url);
  const stranger = createServerSigner(folder);
  expect(verifyPolicy(signed, stranger.publicKey.publicKey)).toContain('The signature does not match');
  expect(verifyPolicy({ ...signed, payloadType: 'application/json' }, receiptKey.publicKey)).toBe(
    'This is not a policy on stored keys.',
  );
});

it('is the operator’s for all workspaces by a setting, and outlives a start without it for a day', async () => {
  const owner = await user();
  const id = await workspaceOf(owner);
  await stored(storeKey(lab, owner, makeCanary().key));
  const apply = (noKeysAtRest: boolean) => applyOperatorPolicy({ db, audit, log: quiet, noKeysAtRest });
  await apply(true);
  expect((await keysOf(owner))[0]).toMatchObject({ state: 'destroyed', endedWhy: 'policy' });
  expect(failureOf(await storeKey(lab, owner, makeCanary().key)).reason).toBe('no_keys_at_rest');
  expect(await actions(db, id)).toContain('policy.set ok');
  expect(await policyOf(owner, id)).toMatchObject({ since: null, inForce: true, storedKeys: 0 });
  const server = await signedAt(ROUTES.serverPolicy);
  expect(server).toMatchObject({ noKeysAtRest: true, storedKeys: 0 });

  await apply(false);
  const { operator } = await policyOf(owner, id);
  expect(operator.since).toBe(server.setBy.operator.since);
  expect(hoursTo(operator.liftsAt)).toBeGreaterThan(23.9);
  expect(failureOf(await storeKey(lab, owner, makeCanary().key)).status).toBe(403);
  // a process that has the setting takes it back
  await apply(true);
  expect((await policyOf(owner, id)).operator).toEqual({ since: operator.since, liftsAt: null });
  await apply(false);
  await endWait(db, 'operator');
  await stored(storeKey(lab, owner, makeCanary().key));
});
