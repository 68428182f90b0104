import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../shared/contract/account.ts';
import { workspace, workspaceList } from '../../../shared/contract/workspaces.ts';
import { testStorage } from '../database.ts';
import { type Answer, type Client, failed, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();
const { db } = storage;
const { app } = testAccounts(storage);

let [owner, member, id]: [Client, Client, string] = [new Object() as Client, new Object() as Client, '']; // as: made before the first test
const idOf = (answer: Answer): string => (answer.json as { id: string }).id; // as: an answer with one
const org = (who: Client, path: string, body: object) =>
  who.send('POST', `/v1/auth/organization/${path}`, body);
const read = async (who: Client) => workspace.parse((await who.send('GET', `/v1/workspaces/${id}`)).json);
const invite = (email: string, role: Role) =>
  org(owner, 'invite-member', { organizationId: id, email, role });

beforeAll(async () => {
  owner = await signUp(app, 'one');
  member = await signUp(app, 'two');
  id = idOf(await org(owner, 'create', { name: 'Shared work', slug: 'shared-work' }));
  const invitationId = idOf(await invite('two@example.com', 'member'));
  expect((await org(member, 'accept-invitation', { invitationId })).status).toBe(200);
});

describe('what members see', () => {
  it('lists the workspaces of each, one’s own first, and which one they act in', async () => {
    const { workspaces } = workspaceList.parse((await member.send('GET', '/v1/workspaces')).json);
    expect(workspaces).toEqual([
      expect.objectContaining({ slug: 'two', personal: true, current: false, role: 'owner', members: 1 }),
      expect.objectContaining({ id, personal: false, current: true, role: 'member', members: 2 }),
    ]);
  });

  it('shows addresses and invitations to owners and admins alone, by no way to members', async () => {
    const invitationId = idOf(await invite('later@example.com', 'admin'));
    expect((await read(owner)).invitations).toEqual([
      expect.objectContaining({ id: invitationId, email: 'later@example.com', role: 'admin' }),
    ]);
    expect((await read(owner)).people.map(({ email }) => email)).toEqual([
      'one@example.com',
      'two@example.com',
    ]);
    const seen = await read(member);
    expect(seen.people.map(({ handle, email, you }) => [handle, email, you])).toEqual([
      ['one', null, false],
      ['two', null, true],
    ]);
    expect(seen.invitations).toEqual([]);
    const full = `/v1/auth/organization/get-full-organization?organizationId=${id}`;
    for (const answer of [
      await member.send('GET', full),
      await org(member, 'set-active', { organizationId: id }),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(invitationId);
    }
    await org(owner, 'cancel-invitation', { invitationId });
    expect((await read(owner)).invitations).toEqual([]);
  });

  it('takes what is no id for one that there is not', async () => {
    for (const wrong of ['%00', 'a%20b', 'x'.repeat(65)])
      expect(failed(await owner.send('GET', `/v1/workspaces/${wrong}`)).status).toBe(404);
  });
});

describe('what may be done', () => {
  it('renames for owners and admins, and writes it into that workspace’s log', async () => {
    expect(failed(await member.send('PATCH', `/v1/workspaces/${id}`, { name: 'Mine' })).status).toBe(403);
    const { workspaces } = workspaceList.parse((await owner.send('GET', '/v1/workspaces')).json);
    const own = workspaces.find(({ personal }) => personal)?.id;
    await org(owner, 'set-active', { organizationId: own ?? '' });
    expect((await owner.send('PATCH', `/v1/workspaces/${id}`, { name: ' Our work ' })).status).toBe(204);
    expect(await read(owner)).toMatchObject({ name: 'Our work', slug: 'shared-work', current: false });
    expect(failed(await owner.send('PATCH', `/v1/workspaces/${id}`, { name: ' ' })).status).toBe(422);
    const { workspace_id } = await db
      .selectFrom('audit_entries')
      .select('workspace_id')
      .where('action', '=', 'workspace.change')
      .executeTakeFirstOrThrow();
    expect(workspace_id).toBe(id);
  });

  it('writes no key into the log that was pasted for a name', async () => {
    const key = `sk-proj-${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0'}`;
    const renamed = failed(await owner.send('PATCH', `/v1/workspaces/${id}`, { name: `Our ${key}` }));
    expect(renamed).toMatchObject({ status: 422, message: expect.not.stringContaining(key) });
    const made = idOf(await org(owner, 'create', { name: key, slug: 'by-mistake' }));
    expect((await owner.send('DELETE', `/v1/workspaces/${made}`)).status).toBe(204);
    const entries = await db.selectFrom('audit_entries').select(['action', 'detail']).execute();
    expect(entries.map(({ action }) => action)).toContain('workspace.delete');
    expect(JSON.stringify(entries)).not.toContain(key);
  });

  it('keeps an owner, and says why', async () => {
    expect(failed(await org(owner, 'leave', { organizationId: id }))).toMatchObject({
      status: 409,
      message: expect.stringContaining('needs an owner'),
    });
    const self = (await read(owner)).people.find(({ you }) => you)?.id;
    const demoted = await org(owner, 'update-member-role', {
      organizationId: id,
      memberId: self,
      role: 'member',
    });
    expect(failed(demoted)).toMatchObject({
      status: 409,
      message: expect.stringContaining('needs an owner'),
    });
  });

  it('refuses a member as one who may not, never as one who is signed out', async () => {
    const removal = { organizationId: id, memberIdOrEmail: 'one@example.com' };
    for (const [path, body] of [
      ['remove-member', { ...removal, memberIdOrEmail: 'two@example.com' }],
      ['invite-member', { organizationId: id, email: 'x@example.com', role: 'member' }],
    ] as const)
      expect(failed(await org(member, path, body)).status, path).toBe(403);
    expect(failed(await org(member, 'remove-member', removal)).code).not.toBe('unauthenticated');
  });

  it('says at the field what is there already', async () => {
    expect(failed(await invite('two@example.com', 'member'))).toMatchObject({ status: 409, field: 'email' });
    await invite('again@example.com', 'member');
    expect(failed(await invite('again@example.com', 'admin'))).toMatchObject({ status: 409, field: 'email' });
    expect(failed(await org(owner, 'create', { name: 'Another', slug: 'shared-work' }))).toMatchObject({
      status: 409,
      message: 'This handle is taken. Choose another.',
    });
  });
});
