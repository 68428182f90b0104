import { type Kysely, sql, type Transaction } from 'kysely';
import type {
  Workspace,
  WorkspaceInvitation,
  WorkspaceMember,
  WorkspaceSummary,
} from '../../shared/contract/workspaces.ts';
import { hasRole, type Who } from '../access/who.ts';
import type { Database } from '../storage/database.ts';
import { roleOf } from './workspaces.ts';

/** Those that the person is in, their own first. */
export async function listWorkspaces(
  db: Kysely<Database>,
  who: Who,
  only?: string,
): Promise<readonly WorkspaceSummary[]> {
  let query = db
    .selectFrom('members')
    .innerJoin('workspaces', 'workspaces.id', 'members.organizationId')
    .select(['workspaces.id', 'workspaces.name', 'workspaces.slug', 'workspaces.paused_at', 'members.role'])
    .select(({ selectFrom }) =>
      selectFrom('members as all')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .whereRef('all.organizationId', '=', 'workspaces.id')
        .as('count'),
    )
    .where('members.userId', '=', who.userId);
  if (only !== undefined) query = query.where('workspaces.id', '=', only);
  const rows = await query
    .orderBy((eb) => eb('workspaces.slug', '=', who.handle), 'desc')
    .orderBy(sql`lower(workspaces.name)`)
    .orderBy('workspaces.id')
    .execute();
  return rows.map(({ id, name, slug, paused_at, role, count }) => ({
    ...{ id, name, slug, role: roleOf(role), members: Number(count) },
    current: id === who.workspaceId,
    personal: slug === who.handle,
    paused: paused_at !== null,
  }));
}

/** Undefined: there is none, or the person is not in it. */
export async function findWorkspace(
  db: Kysely<Database>,
  who: Who,
  id: string,
): Promise<Workspace | undefined> {
  const [found] = await listWorkspaces(db, who, id);
  if (found === undefined) return undefined;
  const manages = hasRole(found, 'admin');
  return {
    ...found,
    people: [...(await peopleOf(db, who, id, manages))],
    // Whoever knows an invitation can take it, by signing up with its address: addresses are not verified.
    invitations: manages ? [...(await invitationsOf(db, id))] : [],
  };
}

async function peopleOf(
  db: Kysely<Database>,
  who: Who,
  id: string,
  withAddresses: boolean,
): Promise<readonly WorkspaceMember[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.userId')
    .select(['members.id', 'members.userId', 'members.role', 'members.createdAt'])
    .select(['users.handle', 'users.email'])
    .where('members.organizationId', '=', id)
    .orderBy('members.createdAt')
    .orderBy('members.id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, handle: row.handle, role: roleOf(row.role) },
    email: withAddresses ? row.email : null,
    since: row.createdAt.toISOString(),
    you: row.userId === who.userId,
  }));
}

async function invitationsOf(db: Kysely<Database>, id: string): Promise<readonly WorkspaceInvitation[]> {
  const rows = await db
    .selectFrom('invitations')
    .select(['id', 'email', 'role', 'expiresAt'])
    .where('organizationId', '=', id)
    .where('status', '=', 'pending')
    .where('expiresAt', '>', new Date())
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, email: row.email, role: roleOf(row.role ?? '') },
    expiresAt: row.expiresAt.toISOString(),
  }));
}

export async function renameWorkspace(trx: Transaction<Database>, id: string, name: string): Promise<void> {
  await trx.updateTable('workspaces').set({ name }).where('id', '=', id).execute();
}
