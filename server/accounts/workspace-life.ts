import { sql, type Transaction } from 'kysely';
import type { AuditEvent } from '../audit/audit-chain.ts';
import type { Database } from '../storage/database.ts';

type Trx = Transaction<Database>;

/** A change of a workspace: its transaction, who makes it, and the way into the audit log. */
export interface WorkspaceChange {
  readonly trx: Trx;
  readonly record: (event: AuditEvent) => Promise<void>;
  /** `workspaceId` is the one that changes. */
  readonly by: Pick<AuditEvent, 'workspaceId' | 'actorId' | 'handle' | 'requestId'>;
}

/** What a feature does with what it keeps in a workspace, in the transaction in which the workspace changes. */
export type WorkspaceHook = (change: WorkspaceChange) => Promise<unknown>;

/** Each list runs in its order. */
export interface WorkspaceHooks {
  readonly onPause: readonly WorkspaceHook[];
  readonly onResume: readonly WorkspaceHook[];
  /** Whatever still names the workspace behind them is deleted with it. */
  readonly beforeRemove: readonly WorkspaceHook[];
}

/** False: it was paused already. */
export async function pauseWorkspace(
  change: WorkspaceChange,
  { onPause }: Pick<WorkspaceHooks, 'onPause'>,
): Promise<boolean> {
  const { trx, by } = change;
  const id = by.workspaceId;
  const changed = await trx
    .updateTable('workspaces')
    .set({ paused_at: sql<Date>`current_timestamp` })
    .where('id', '=', id)
    .where('paused_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  for (const hook of onPause) await hook(change);
  return changed !== undefined;
}

/** False: it was not paused. */
export async function resumeWorkspace(
  change: WorkspaceChange,
  { onResume }: Pick<WorkspaceHooks, 'onResume'>,
): Promise<boolean> {
  const { trx, by } = change;
  const id = by.workspaceId;
  const changed = await trx
    .updateTable('workspaces')
    .set({ paused_at: null })
    .where('id', '=', id)
    .where('paused_at', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  for (const hook of onResume) await hook(change);
  return changed !== undefined;
}

/** Deletes it for good, with its members, invitations and API tokens. Nobody can take its name. False: it is somebody's own, or gone. */
export async function removeWorkspace(
  change: WorkspaceChange,
  { beforeRemove }: Pick<WorkspaceHooks, 'beforeRemove'>,
): Promise<boolean> {
  const { trx, by } = change;
  const id = by.workspaceId;
  // whatever is put into it meanwhile waits for this lock, and then finds no workspace
  const found = await trx
    .selectFrom('workspaces')
    .leftJoin('users', 'users.handle', 'workspaces.slug')
    .select(['workspaces.slug', 'users.id as whose'])
    .where('workspaces.id', '=', id)
    .forUpdate('workspaces')
    .executeTakeFirst();
  if (found === undefined || found.whose !== null) return false;
  for (const hook of beforeRemove) await hook(change);
  await trx
    .insertInto('retired_handles')
    .values({ handle: found.slug })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx.deleteFrom('workspaces').where('id', '=', id).execute();
  return true;
}

/** A hook that gives the rows of a table to their owners' own workspaces. Throws where an owner has none: nothing is deleted then. */
export function returnToOwners(table: string): WorkspaceHook {
  return async ({ trx, by }) => {
    const id = by.workspaceId;
    await sql`
      update ${sql.table(table)} t set workspace_id = own.id
      from users u join workspaces own on own.slug = u.handle
      where u.id = t.owner_id and t.workspace_id = ${id}
    `.execute(trx);
    const { rows } = await sql`select from ${sql.table(table)} where workspace_id = ${id} limit 1`.execute(
      trx,
    );
    if (rows.length > 0) throw new Error(`a row of ${table} has an owner without a workspace of their own`);
  };
}
