import type { Kysely } from 'kysely';
import { bearerToken, type FindWho, type Who } from '../access/who.ts';
import type { Database } from '../storage/database.ts';
import { isApiToken } from './api-token.ts';
import type { Auth } from './create-auth.ts';
import { bearerOf } from './token-store.ts';
import { type Membership, makePersonalWorkspace, membershipOf } from './workspaces.ts';

/** A request that names a token is judged by the token alone, never by a cookie that came along. */
export function createFindWho(db: Kysely<Database>, auth: Auth): FindWho {
  return async (headers) => {
    const token = bearerToken(headers);
    if (token !== undefined) return whoOfToken(db, token);
    if (!headers.has('cookie')) return null;
    const session = await auth.session(headers, false);
    if (session === undefined) return null;
    const membership = await requireMembership(db, session.user, session.chosenWorkspace);
    return {
      userId: session.user.id,
      handle: session.user.handle,
      workspaceId: membership.workspaceId,
      role: membership.role,
      isPaused: membership.isPaused,
      via: 'session',
      scopes: 'all',
    };
  };
}

async function whoOfToken(db: Kysely<Database>, token: string): Promise<Who | null> {
  if (!isApiToken(token)) return null;
  const bearer = await bearerOf(db, token);
  if (bearer === undefined) return null;
  const { userId, handle, workspaceId, role, isPaused, scopes } = bearer;
  return { userId, handle, workspaceId, role, isPaused, via: 'token', scopes };
}

export async function requireMembership(
  db: Kysely<Database>,
  user: { readonly id: string; readonly handle: string },
  chosen: string | null,
): Promise<Membership> {
  const found = await membershipOf(db, user.id, chosen);
  if (found !== undefined) return found;
  await makePersonalWorkspace(db, user);
  const made = await membershipOf(db, user.id, chosen);
  if (made === undefined)
    throw new Error(
      `The user ${user.id} has no workspace, and the name of theirs is taken: give them another handle in the table users.`,
    );
  return made;
}
