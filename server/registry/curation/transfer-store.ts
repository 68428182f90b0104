import { type Kysely, sql, type Transaction } from 'kysely';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { Who } from '../../access/who.ts';
import { hasRole } from '../../access/who.ts';
import { roleOf } from '../../accounts/workspaces.ts';
import type { Database } from '../../storage/database.ts';

interface Row {
  readonly id: string;
  readonly owner_id: string;
  readonly workspace_id: string;
  readonly version: string;
}

export type Transferred =
  | {
      readonly ok: true;
      readonly versions: readonly string[];
      /** Where it was, without the target: empty, nothing has changed. */
      readonly from: readonly string[];
      readonly to: string;
    }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Gives all versions of a bundle, and the skills that came with them, to another workspace. Publisher, address and signatures stay: who
 * signed it is no matter of who manages it. Its author may, where they may publish in the target; and whoever runs the workspace that has it
 * may give it back to its author's own.
 */
export async function transferVersions(
  trx: Transaction<Database>,
  who: Who,
  named: { readonly owner: string; readonly name: string },
  slug: string,
): Promise<Transferred> {
  const rows = await lockedVersions(trx, named);
  const [first] = rows;
  const isAuthor = first?.owner_id === who.userId;
  const runs = rows.some(({ workspace_id }) => workspace_id === who.workspaceId) && hasRole(who, 'admin');
  if (!first || !(isAuthor || runs))
    return refused({ code: 'not_found', message: 'You have no such bundle here.' });

  const to = isAuthor ? await whereTheyPublish(trx, who, slug) : await authorsOwn(trx, first.owner_id, slug);
  if (typeof to !== 'string') return refused(to);
  const moving = rows.filter(({ workspace_id }) => isAuthor || workspace_id === who.workspaceId);
  const ids = moving.filter(({ workspace_id }) => workspace_id !== to).map(({ id }) => id);
  const versions = moving.map(({ version }) => version);
  if (ids.length === 0) return { ok: true, versions, from: [], to };
  const held = await privateOfOthers(trx, ids, to);
  if (held)
    return refused({
      code: 'conflict',
      message: `${named.name} reuses ${held}, which is private to a workspace. Transfer the bundle that it came with first.`,
    });
  const from = new Set(moving.map(({ workspace_id }) => workspace_id).filter((id) => id !== to));
  await trx.updateTable('bundles').set({ workspace_id: to }).where('id', 'in', ids).execute();
  await trx.updateTable('skill_versions').set({ workspace_id: to }).where('bundle_id', 'in', ids).execute();
  return { ok: true, versions, from: [...from], to };
}

async function lockedVersions(
  trx: Transaction<Database>,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<readonly Row[]> {
  const publisher = await trx
    .selectFrom('bundles')
    .select('owner_id')
    .where('handle', '=', owner)
    .where('name', '=', name)
    .executeTakeFirst();
  if (!publisher) return [];
  // a version that is published at the same moment comes before or after, as in `storeBundle`
  await sql`select pg_advisory_xact_lock(hashtext('publish'), hashtext(${publisher.owner_id}))`.execute(trx);
  return trx
    .selectFrom('bundles')
    .select(['id', 'owner_id', 'workspace_id', 'version'])
    .where('handle', '=', owner)
    .where('name', '=', name)
    .orderBy('version_order', 'desc')
    .forUpdate()
    .execute();
}

/** The id of a workspace in which that person may publish. */
async function whereTheyPublish(
  trx: Transaction<Database>,
  { userId }: Who,
  slug: string,
): Promise<string | Failure> {
  const row = await trx
    .selectFrom('workspaces')
    .innerJoin('members', 'members.organizationId', 'workspaces.id')
    .select(['workspaces.id', 'workspaces.name', 'workspaces.paused_at', 'members.role'])
    .where('workspaces.slug', '=', slug)
    .where('members.userId', '=', userId)
    // it is not deleted meanwhile, and they are not taken out of it
    .forShare()
    .executeTakeFirst();
  if (!row) return target('You are in no such workspace.');
  if (row.paused_at !== null) return target(`${row.name} is paused. An owner of it can resume it.`);
  if (!hasRole({ role: roleOf(row.role) }, 'member'))
    return target(`You only read in ${row.name}. Ask an admin of it for the role of a member.`);
  return row.id;
}

async function authorsOwn(
  trx: Transaction<Database>,
  ownerId: string,
  slug: string,
): Promise<string | Failure> {
  const row = await trx
    .selectFrom('users')
    .innerJoin('workspaces', 'workspaces.slug', 'users.handle')
    .select(['workspaces.id', 'workspaces.slug'])
    .where('users.id', '=', ownerId)
    .executeTakeFirst();
  if (row?.slug === slug) return row.id;
  return target('You can give it back to its author’s own workspace. Only its author gives it to another.');
}

/** A skill in one of these bundles that readers of the target workspace may not see otherwise. */
async function privateOfOthers(
  trx: Kysely<Database>,
  bundleIds: readonly string[],
  to: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('bundle_skills')
    .innerJoin('skill_versions', 'skill_versions.id', 'bundle_skills.skill_id')
    .select(['skill_versions.handle', 'skill_versions.name'])
    .where('bundle_skills.bundle_id', 'in', bundleIds)
    .where('skill_versions.bundle_id', 'not in', bundleIds)
    .where('skill_versions.published_as', '=', 'private')
    .where('skill_versions.workspace_id', '<>', to)
    .limit(1)
    .executeTakeFirst();
  return row && `${row.handle}/${row.name}`;
}

function target(message: string): Failure {
  return { code: 'invalid_field', field: 'workspace', message };
}

function refused(failure: Failure): Transferred {
  return { ok: false, failure };
}
