import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { planSummary } from '../../../shared/contract/saved-plan.ts';
import type { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { until } from '../../until.ts';
import { testStorage } from '../database.ts';
import { idOf, ok } from '../idor-requests.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';
import { auditOf, ended, failureOf, keysSent, STORED, start } from './stored-run.ts';
import { verified } from './tampering.ts';
import { keysOf, startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const lab = await startVaultLab(storage, { HOSTED_WORKERS: '1' });
afterAll(() => lab.stop());
afterEach(() => {
  lab.sandbox.script([]);
  lab.sandbox.clear();
});

const KEY_GONE = { state: 'failed', failure: { code: 'key_missing', reason: 'key_gone' } };
let count = 0;

/** A workspace of an owner and a member, who both act in it. */
async function team(): Promise<{ owner: Browser; mate: Browser; id: string; slug: string }> {
  count += 1;
  const [slug, handle] = [`team-${count}`, `mate-${count}`];
  const [owner, mate] = [await lab.user(`boss-${count}`), await lab.user(handle)];
  const id = idOf(await owner.send('POST', '/v1/auth/organization/create', { name: 'Team', slug }));
  const wish = { organizationId: id, role: 'member', email: `${handle}@example.com` };
  const invitationId = idOf(await owner.send('POST', '/v1/auth/organization/invite-member', wish));
  await ok(mate.send('POST', '/v1/auth/organization/accept-invitation', { invitationId }));
  for (const one of [owner, mate])
    await ok(one.send('POST', '/v1/auth/organization/set-active', { organizationId: id }));
  return { owner, mate, id, slug };
}

/** One run that its provider holds, and one behind it in the queue. */
async function twoRuns(browser: Browser): Promise<readonly [string, string]> {
  lab.sandbox.script([{ phase: 'plan', stop: { how: 'hang', after: 1 } }]);
  const running = await start(browser);
  await until(async () => {
    const rows = await db.selectFrom('intent_events').select('data').where('job_id', '=', running).execute();
    expect(rows.map(({ data }) => data).join()).toContain('planning');
  });
  return [running, await start(browser)];
}

/** What `vault:verify` would name. */
const faultsOf = async () => (await verified(db, lab.rootFile)).faults;

const changeRole = async (owner: Browser, id: string, role: string): Promise<void> => {
  const { people } = (await ok(owner.send('GET', ROUTES.workspace(id)))).json as {
    people: { id: string; you: boolean }[];
  };
  const memberId = people.find(({ you }) => !you)?.id;
  await ok(
    owner.send('POST', '/v1/auth/organization/update-member-role', { organizationId: id, memberId, role }),
  );
};

it('destroys the stored keys of a workspace that is paused, and ends what runs on them', async () => {
  const { owner, mate, id } = await team();
  const { key } = makeCanary();
  await stored(storeKey(lab, owner, key));
  lab.sandbox.clear();
  const runs = await twoRuns(mate);
  for (const act of [ROUTES.workspacePause(id), ROUTES.workspaceResume(id)])
    expect(failureOf(await mate.send('POST', act)).status).toBe(403);
  expect(failureOf(await mate.send('DELETE', ROUTES.workspace(id))).status).toBe(403);
  expect((await owner.send('POST', ROUTES.workspacePause(id))).status).toBe(204);
  for (const run of runs) expect(await ended(mate, run)).toMatchObject(KEY_GONE);
  expect(lab.server.parts.sockets.leases).toBe(0);
  expect([...keysSent(lab)]).toEqual([key]);
  expect(await keysOf(owner)).toMatchObject([{ state: 'destroyed', endedWhy: 'paused' }]);
  const rows = await db.selectFrom('vault_keys').select('sealed').where('workspace_id', '=', id).execute();
  expect(rows).toEqual([{ sealed: null }]);

  const paused = { status: 403, message: expect.stringContaining('This workspace is paused') };
  expect(failureOf(await mate.send('POST', ROUTES.hosted, STORED))).toMatchObject(paused);
  expect(failureOf(await storeKey(lab, owner, key))).toMatchObject(paused);
  expect(failureOf(await owner.send('POST', ROUTES.bundles, {}))).toMatchObject(paused);
  // what is one's own goes on
  await ok(mate.send('POST', ROUTES.plans, finishedPlan()));
  expect((await ok(mate.send('GET', ROUTES.workspace(id)))).json).toMatchObject({ paused: true });

  expect(await faultsOf()).toEqual([]);

  // a second time it changes nothing, and resuming brings no key back
  expect((await owner.send('POST', ROUTES.workspacePause(id))).status).toBe(204);
  expect((await owner.send('POST', ROUTES.workspaceResume(id))).status).toBe(204);
  expect(failureOf(await mate.send('POST', ROUTES.hosted, STORED))).toMatchObject({ reason: 'key_gone' });
  lab.sandbox.script([]);
  const again = makeCanary().key;
  await stored(storeKey(lab, owner, again));
  lab.sandbox.clear();
  expect(await ended(mate, await start(mate))).toMatchObject({ state: 'done' });
  expect([...keysSent(lab)]).toEqual([again]);
  const acts = await db
    .selectFrom('audit_entries')
    .select('action')
    .where('workspace_id', '=', id)
    .where('action', 'like', 'workspace.%e')
    .orderBy('seq')
    .execute();
  expect(acts.map(({ action }) => action).filter((a) => a !== 'workspace.create')).toEqual([
    'workspace.pause',
    'workspace.resume',
  ]);
});

it.each([0, 5, 20, 60])(
  'stores no key in a workspace whose pause was answered, however close (%d ms)',
  async (ms) => {
    const { owner, id } = await team();
    const adding = storeKey(lab, owner, makeCanary().key);
    await new Promise((resolve) => setTimeout(resolve, ms));
    const [added, pause] = await Promise.all([adding, owner.send('POST', ROUTES.workspacePause(id))]);
    expect(pause.status).toBe(204);
    expect([201, 403]).toContain(added.status);
    const left = await db
      .selectFrom('vault_keys')
      .select('state')
      .where('workspace_id', '=', id)
      .where('state', '!=', 'destroyed')
      .execute();
    expect(left).toEqual([]);
  },
);

it('deletes a workspace with its keys, and gives everyone what is theirs', async () => {
  const { owner, mate, id, slug } = await team();
  await stored(storeKey(lab, owner, makeCanary().key));
  const plan = planSummary.parse((await ok(mate.send('POST', ROUTES.plans, finishedPlan()))).json);
  const runs = await twoRuns(mate);
  expect((await owner.send('DELETE', ROUTES.workspace(id))).status).toBe(204);
  for (const run of runs) expect(await ended(mate, run)).toMatchObject(KEY_GONE);
  expect(lab.server.parts.sockets.leases).toBe(0);
  expect(await auditOf(db, runs[0])).toContainEqual(expect.objectContaining({ action: 'run.end' }));
  expect((await ok(mate.send('GET', ROUTES.plan(plan.id)))).json).toMatchObject({ id: plan.id });
  const own = await workspaceOf(mate);
  expect(own).not.toBe(id);
  const { workspace_id } = await db
    .selectFrom('intent_plans')
    .select('workspace_id')
    .where('id', '=', plan.id)
    .executeTakeFirstOrThrow();
  expect(workspace_id).toBe(own);
  expect(await db.selectFrom('vault_keys').select('id').where('workspace_id', '=', id).execute()).toEqual([]);
  expect(failureOf(await owner.send('GET', ROUTES.workspace(id))).status).toBe(404);
  const taken = await mate.send('POST', '/v1/auth/organization/create', { name: 'Mine', slug });
  expect(failureOf(taken).status).toBe(409);
  expect(await faultsOf()).toEqual([]);
  // the one who deleted it can read that they did
  const log = await ok(owner.send('GET', '/v1/audit'));
  expect(log.text).toContain('workspace.delete');
});

it('keeps what is somebody’s own, also from another owner of it', async () => {
  const { owner, mate } = await team();
  const own = await ok(owner.send('GET', ROUTES.workspaces));
  const { id = '' } =
    (own.json as { workspaces: { id: string; personal: boolean }[] }).workspaces.find((w) => w.personal) ??
    {};
  const refused = { status: 409, message: expect.stringContaining('somebody’s own') };
  expect(failureOf(await owner.send('DELETE', ROUTES.workspace(id)))).toMatchObject(refused);
  const email = `mate-${count}@example.com`;
  const wish = { organizationId: id, role: 'owner', email };
  const invitationId = idOf(await owner.send('POST', '/v1/auth/organization/invite-member', wish));
  await ok(mate.send('POST', '/v1/auth/organization/accept-invitation', { invitationId }));
  expect(failureOf(await mate.send('DELETE', ROUTES.workspace(id)))).toMatchObject(refused);
});

it('lets a viewer read, and do nothing for the workspace', async () => {
  const { owner, mate, id } = await team();
  const { key } = makeCanary();
  await stored(storeKey(lab, owner, key));
  await changeRole(owner, id, 'viewer');
  lab.sandbox.clear();
  expect((await ok(mate.send('GET', ROUTES.workspace(id)))).json).toMatchObject({ role: 'viewer' });
  expect(await keysOf(mate)).toHaveLength(1);
  for (const [method, path, body] of [
    ['POST', ROUTES.hosted, STORED],
    ['POST', ROUTES.bundles, {}],
    ['PATCH', ROUTES.workspace(id), { name: 'Mine' }],
    ['POST', ROUTES.workspacePause(id), undefined],
  ] as const)
    expect(failureOf(await mate.send(method, path, body)), path).toMatchObject({ status: 403 });
  expect(failureOf(await storeKey(lab, mate, makeCanary().key)).status).toBe(403);
  expect([...keysSent(lab)]).toEqual([]);
  await ok(mate.send('POST', ROUTES.plans, finishedPlan()));
  await changeRole(owner, id, 'member');
  expect(await ended(mate, await start(mate))).toMatchObject({ state: 'done' });
});
