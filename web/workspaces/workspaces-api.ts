import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { AUTH_BODIES } from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import {
  type ReceivedInvitation,
  receivedInvitation,
  type Workspace,
  type WorkspaceSummary,
  workspace,
  workspaceList,
} from '../../shared/contract/workspaces.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { call, callJson, retryTransient } from '../http/call.ts';

/** The workspaces that the account is in, its own first. Rejects as `call` does, as all of these do. */
export const workspacesQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'workspaces'],
  queryFn: async ({ signal }): Promise<readonly WorkspaceSummary[]> =>
    (await callJson(workspaceList, ROUTES.workspaces, { signal })).workspaces,
  retry: retryTransient,
});

/** One of those workspaces by its id, with its people and open invitations. */
export const workspaceQuery = (id: string) =>
  queryOptions({
    queryKey: [...workspacesQuery.queryKey, id],
    queryFn: ({ signal }): Promise<Workspace> =>
      callJson(workspace, ROUTES.workspace(encodeURIComponent(id)), { signal }),
    retry: retryTransient,
  });

/** An invitation as the account that was invited sees it, by its id. */
export const invitationQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'invitation', id],
    queryFn: ({ signal }): Promise<ReceivedInvitation> =>
      callJson(
        receivedInvitation,
        `${ROUTES.auth}/organization/get-invitation?id=${encodeURIComponent(id)}`,
        { signal },
      ),
    retry: retryTransient,
  });

type Bodies = typeof AUTH_BODIES;
type Act = Extract<keyof Bodies, `/organization/${string}`>;

/** One of the acts that the server leaves to better-auth. */
export async function act<Path extends Act>(path: Path, body: z.infer<Bodies[Path]>): Promise<void> {
  await call(`${ROUTES.auth}${path}`, { method: 'POST', body });
}

/** The id of what was made. */
export async function actForId<Path extends Act>(path: Path, body: z.infer<Bodies[Path]>): Promise<string> {
  const made = z.object({ id: z.string() });
  return (await callJson(made, `${ROUTES.auth}${path}`, { method: 'POST', body })).id;
}

/** Gives it another name; its slug stays. */
export async function renameWorkspace(id: string, name: string): Promise<void> {
  await call(ROUTES.workspace(encodeURIComponent(id)), { method: 'PATCH', body: { name } });
}

/** Pauses it, which destroys its stored keys. */
export async function pauseWorkspace(id: string): Promise<void> {
  await call(ROUTES.workspacePause(encodeURIComponent(id)), { method: 'POST' });
}

/** Ends its pause; destroyed keys stay destroyed. */
export async function resumeWorkspace(id: string): Promise<void> {
  await call(ROUTES.workspaceResume(encodeURIComponent(id)), { method: 'POST' });
}

/** Deletes the workspace for good, with its members, invitations and tokens. */
export async function deleteWorkspace(id: string): Promise<void> {
  await call(ROUTES.workspace(encodeURIComponent(id)), { method: 'DELETE' });
}

/** What somebody who was invited opens. */
export function invitationLink(id: string): string {
  return `${location.origin}/invitation/${id}`;
}
