import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { me } from '../../../shared/contract/account.ts';
import { until } from '../../until.ts';
import { testStorage } from '../database.ts';
import { Client, failed, PASSWORD, signUp, testAccounts } from './accounts-app.ts';

const storage = await testStorage();
const { db } = storage;
const { app } = testAccounts(storage);

async function auditOf(handle: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .select(['action', 'outcome'])
    .where('handle', '=', handle)
    .orderBy('seq')
    .execute();
  return rows.map((row) => `${row.action} ${row.outcome}`);
}

describe('settings', () => {
  it('changes the password, ends the other sessions, and wants the old one', async () => {
    const client = await signUp(app, 'changer');
    const other = new Client(app);
    await other.send('POST', '/v1/auth/sign-in/email', { email: 'changer@example.com', password: PASSWORD });
    const change = (currentPassword: string) =>
      client.send('POST', '/v1/auth/change-password', {
        currentPassword,
        newPassword: 'a new password',
        revokeOtherSessions: true,
      });
    expect(failed(await change('wrong password'))).toMatchObject({ status: 422, field: 'password' });
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await client.send('GET', '/v1/me')).status).toBe(200);
    expect((await other.send('GET', '/v1/me')).status).toBe(401);
    await until(async () =>
      expect(await auditOf('changer')).toEqual(
        expect.arrayContaining(['account.password refused', 'account.password ok']),
      ),
    );
  });

  it('deletes the account with its workspace and tokens, keeps the audit log, and retires the handle', async () => {
    const client = await signUp(app, 'leaver');
    await client.send('POST', '/v1/tokens', { name: 'x', scopes: ['plans:read'], expiresInDays: null });
    expect(
      failed(await client.send('POST', '/v1/auth/delete-user', { password: 'wrong password' })),
    ).toMatchObject({ status: 422 });
    expect((await client.send('POST', '/v1/auth/delete-user', { password: PASSWORD })).status).toBe(200);
    expect((await client.send('GET', '/v1/me')).status).toBe(401);
    const left =
      await sql`select 1 from users where handle = 'leaver' union all select 1 from workspaces where slug = 'leaver' union all select 1 from api_tokens where name = 'x'`.execute(
        db,
      );
    expect(left.rows).toEqual([]);
    await until(async () => expect(await auditOf('leaver')).toContain('account.delete ok'));
    const again = await new Client(app).send('POST', '/v1/auth/sign-up/email', {
      email: 'new@example.com',
      password: PASSWORD,
      handle: 'leaver',
    });
    expect(failed(again)).toMatchObject({ status: 409, field: 'handle' });
  });

  it('does not leave a workspace with members but without an owner', async () => {
    const owner = await signUp(app, 'lone-owner');
    const made = await owner.send('POST', '/v1/auth/organization/create', { name: 'Shared', slug: 'shared' });
    const { id } = made.json as { id: string }; // as: better-auth answers with the workspace
    const guest = await signUp(app, 'guest');
    const invited = await owner.send('POST', '/v1/auth/organization/invite-member', {
      organizationId: id,
      email: 'guest@example.com',
      role: 'member',
    });
    const { id: invitationId } = invited.json as { id: string }; // as: and with the invitation
    expect(
      (await guest.send('POST', '/v1/auth/organization/accept-invitation', { invitationId })).status,
    ).toBe(200);
    expect(failed(await owner.send('POST', '/v1/auth/delete-user', { password: PASSWORD }))).toMatchObject({
      status: 409,
      message: expect.stringContaining('only owner'),
    });
    expect(me.parse((await guest.send('GET', '/v1/me')).json).workspace).toMatchObject({
      slug: 'shared',
      role: 'member',
    });
    const { members } = (
      await owner.send('GET', `/v1/auth/organization/get-full-organization?organizationId=${id}`)
    ).json as {
      members: { id: string; userId: string; role: string }[];
    };
    const guestMember = members.find(({ role }) => role === 'member');
    expect(
      (
        await guest.send('POST', '/v1/auth/organization/update-member-role', {
          organizationId: id,
          memberId: guestMember?.id,
          role: 'owner',
        })
      ).status,
    ).toBe(403);
    await owner.send('POST', '/v1/auth/organization/remove-member', {
      organizationId: id,
      memberIdOrEmail: 'guest@example.com',
    });
    expect(me.parse((await guest.send('GET', '/v1/me')).json).workspace).toMatchObject({
      slug: 'guest',
      role: 'owner',
    });
  });
});
