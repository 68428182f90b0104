import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { ROLES, type Role } from '../../shared/contract/account.ts';
import type { Database } from '../storage/database.ts';

/** Somebody in a workspace: which it is, and what they are in it. */
export interface Membership {
  readonly workspaceId: string;
  readonly name: string;
  readonly slug: string;
  readonly role: Role;
  readonly isPaused: boolean;
}

/** The workspace that a user acts in: the one they chose while they are in it, else their own. */
export async function membershipOf(
  db: Kysely<Database>,
  userId: string,
  chosen: string | null,
): Promise<Membership | undefined> {
  const row = await db
    .selectFrom('members')
    .innerJoin('workspaces', 'workspaces.id', 'members.organizationId')
    .innerJoin('users', 'users.id', 'members.userId')
    .select(['workspaces.id', 'workspaces.name', 'workspaces.slug', 'workspaces.paused_at', 'members.role'])
    .where('members.userId', '=', userId)
    .orderBy((eb) => eb('workspaces.id', '=', chosen ?? ''), 'desc')
    .orderBy((eb) => eb('workspaces.slug', '=', eb.ref('users.handle')), 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id: workspaceId, name, slug, role, paused_at } = row;
  return { workspaceId, name, slug, role: roleOf(role), isPaused: paused_at !== null };
}

/** Undefined: they are not in it, or there is none. */
export async function memberOf(
  db: Kysely<Database>,
  userId: string,
  workspaceId: string,
): Promise<Membership | undefined> {
  const found = await membershipOf(db, userId, workspaceId);
  return found?.workspaceId === workspaceId ? found : undefined;
}

/** Everyone has a workspace of their own, named by their handle. Made at sign-up; made again should that have failed. */
export async function makePersonalWorkspace(
  db: Kysely<Database>,
  user: { readonly id: string; readonly handle: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const workspace = await trx
      .insertInto('workspaces')
      .values({ id: randomUUID(), name: user.handle, slug: user.handle, createdAt: new Date() })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (workspace === undefined) return;
    const member = {
      id: randomUUID(),
      organizationId: workspace.id,
      userId: user.id,
      role: 'owner',
      createdAt: new Date(),
    };
    await trx.insertInto('members').values(member).execute();
  });
}

/** better-auth keeps several roles as `admin,member`; the first that we know counts, and none of ours is a viewer. */
export function roleOf(text: string): Role {
  return ROLES.find((role) => text.split(',').includes(role)) ?? 'viewer';
}
