import * as z from 'zod/mini';
import { role } from './account.ts';

export const MAX_WORKSPACE_NAME_CHARS = 80;

/** A workspace as one of its members sees it in their list. */
export const workspaceSummary = z.object({
  id: z.string(),
  name: z.string(),
  /** What it is called in addresses; nobody else has it. */
  slug: z.string(),
  /** What whoever asks is in it. */
  role,
  members: z.number(),
  /** Whether whoever asks acts in it, in this browser. */
  current: z.boolean(),
  /** The one that everybody has of their own, named by their handle. */
  personal: z.boolean(),
  /** Nothing is run, published or stored in it until an owner resumes it. */
  paused: z.boolean(),
});
export type WorkspaceSummary = z.infer<typeof workspaceSummary>;

/** The answer of `GET /v1/workspaces`: one's own first, then by name. */
export const workspaceList = z.object({ workspaces: z.array(workspaceSummary) });

/** Somebody who is in a workspace. */
export const workspaceMember = z.object({
  /** Of the membership, not of the person. */
  id: z.string(),
  handle: z.string(),
  /** For owners and admins alone; null for others. */
  email: z.nullable(z.string()),
  role,
  since: z.string(),
  you: z.boolean(),
});
export type WorkspaceMember = z.infer<typeof workspaceMember>;

/** An invitation that waits. Whoever has its id and an account with its address can accept it, and get its role. */
export const workspaceInvitation = z.object({
  id: z.string(),
  email: z.string(),
  role,
  expiresAt: z.string(),
});
export type WorkspaceInvitation = z.infer<typeof workspaceInvitation>;

/** The answer of `GET /v1/workspaces/:id`. `invitations` is empty for members who are neither owner nor admin. */
export const workspace = z.object({
  ...workspaceSummary.shape,
  people: z.array(workspaceMember),
  invitations: z.array(workspaceInvitation),
});
export type Workspace = z.infer<typeof workspace>;

/** The body of `PATCH /v1/workspaces/:id`. */
export const renameWorkspace = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_WORKSPACE_NAME_CHARS)),
});

/** What `GET /v1/auth/organization/get-invitation` tells the person whom it invites; better-auth's names. */
export const receivedInvitation = z.object({
  id: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  inviterEmail: z.string(),
  role,
  expiresAt: z.string(),
});
export type ReceivedInvitation = z.infer<typeof receivedInvitation>;
