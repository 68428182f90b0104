import { ROLES, type Role } from '../../shared/contract/account.ts';
import type { Workspace, WorkspaceMember } from '../../shared/contract/workspaces.ts';

/** Whether whoever looks at it is its only owner: the server lets no workspace be without one. */
export function isOnlyOwner({ role, people }: Workspace): boolean {
  return role === 'owner' && people.filter((member) => member.role === 'owner').length === 1;
}

/** What whoever looks may make of that member; the role that they have alone, where they may change nothing. */
export function rolesFor(workspace: Workspace, member: WorkspaceMember): readonly Role[] {
  if (workspace.role === 'owner') return member.you && isOnlyOwner(workspace) ? [member.role] : ROLES;
  if (workspace.role === 'admin' && member.role !== 'owner') return ROLES.filter((role) => role !== 'owner');
  return [member.role];
}

export function roleWithArticle(role: Role): string {
  return `${role === 'member' ? 'a' : 'an'} ${role}`;
}
