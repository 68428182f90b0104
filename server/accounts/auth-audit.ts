import type { Kysely } from 'kysely';
import type { AuthPath } from '../../shared/contract/account.ts';
import type { AuditAction, AuditOutcome } from '../../shared/contract/audit.ts';
import type { FindWho, Who } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { Database } from '../storage/database.ts';
import { membershipOf } from './workspaces.ts';

/** Writes down what happens to accounts. better-auth commits by itself, so these entries follow the act instead of joining it. */

const ACTIONS: Readonly<Partial<Record<AuthPath, AuditAction>>> = {
  '/sign-out': 'account.sign-out',
  '/change-password': 'account.password',
  '/delete-user': 'account.delete',
  '/organization/create': 'workspace.create',
  '/organization/invite-member': 'workspace.member',
  '/organization/accept-invitation': 'workspace.member',
  '/organization/remove-member': 'workspace.member',
  '/organization/update-member-role': 'workspace.member',
  '/organization/leave': 'workspace.member',
};

export interface AuthAudit {
  /** Who acts, asked before the act may end their session. */
  before(path: AuthPath, headers: Headers): Promise<Who | null>;
  after(path: AuthPath, who: Who | null, body: object, status: number): void;
  signedIn(userId: string): void;
  signedUp(user: { readonly id: string; readonly handle: string }): void;
}

export function createAuthAudit(db: Kysely<Database>, audit: Audit, findWho: () => FindWho): AuthAudit {
  const write = async (
    find: (query: ReturnType<typeof users>) => ReturnType<typeof users>,
    action: AuditAction,
    outcome: AuditOutcome,
  ): Promise<void> => {
    const user = await find(users(db)).executeTakeFirst();
    const membership = user && (await membershipOf(db, user.id, null));
    if (user === undefined || membership === undefined) return;
    audit.writeSoon({
      workspaceId: membership.workspaceId,
      actorId: user.id,
      handle: user.handle,
      action,
      outcome,
    });
  };
  /** The act is done: an entry that cannot be attributed must not undo it. */
  const later = (work: Promise<void>): void => void work.catch(() => undefined);

  return {
    before: async (path, headers) => (ACTIONS[path] === undefined ? null : findWho()(headers)),
    after: (path, who, body, status) => {
      const email: unknown = Reflect.get(body, 'email');
      if (path === '/sign-in/email' && status === 401 && typeof email === 'string') {
        return later(
          write((query) => query.where('email', '=', email.toLowerCase()), 'account.sign-in', 'refused'),
        );
      }
      const action = ACTIONS[path];
      if (action === undefined || who === null) return;
      const { workspaceId, userId: actorId, handle } = who;
      audit.writeSoon({ workspaceId, actorId, handle, action, outcome: status < 400 ? 'ok' : 'refused' });
    },
    signedIn: (userId) => later(write((query) => query.where('id', '=', userId), 'account.sign-in', 'ok')),
    signedUp: (user) => later(write((query) => query.where('id', '=', user.id), 'account.sign-up', 'ok')),
  };
}

function users(db: Kysely<Database>) {
  return db.selectFrom('users').select(['id', 'handle']);
}
