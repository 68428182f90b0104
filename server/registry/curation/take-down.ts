import type { Kysely } from 'kysely';
import type { Audit } from '../../audit/create-audit.ts';
import type { Database } from '../../storage/database.ts';

/** What an operator does about reports, in the database. A server that runs serves none of it from the same moment on. */

export interface Target {
  readonly kind: 'skill' | 'bundle';
  readonly owner: string;
  readonly name: string;
  /** Undefined: all that there are. */
  readonly version?: string | undefined;
}

/** The versions that were taken down, or put back. Empty: there is none such. */
export async function takeDown(
  audit: Audit,
  target: Target,
  /** Null: put back. */
  reason: string | null,
): Promise<readonly string[]> {
  const { kind, owner, name, version } = target;
  const table = kind === 'skill' ? 'skill_versions' : 'bundles';
  return audit.transact(async (trx, record) => {
    const rows = await trx
      .selectFrom(table)
      .select(['id', 'workspace_id', 'version'])
      .where('handle', '=', owner)
      .where('name', '=', name)
      .$if(version !== undefined, (query) => query.where('version', '=', version ?? ''))
      .orderBy('version_order', 'desc')
      .forUpdate()
      .execute();
    const ids = rows.map(({ id }) => id);
    const [first] = rows;
    if (!first) return [];
    const removal = reason === null ? null : JSON.stringify({ at: new Date().toISOString(), reason });
    await trx.updateTable(table).set({ removal }).where('id', 'in', ids).execute();
    if (kind === 'bundle')
      await trx.updateTable('skill_versions').set({ removal }).where('bundle_id', 'in', ids).execute();
    else await closeReports(trx, target);
    await record({
      ...{ workspaceId: first.workspace_id, actorId: null, handle: null },
      ...({ action: `${kind}.${reason === null ? 'restore' : 'take-down'}`, outcome: 'ok' } as const),
      subject: name,
      detail: { by: 'operator', version: version ?? 'all', ...(reason !== null && { reason }) },
    });
    return rows.map((row) => row.version);
  });
}

/** What a reader said of a skill. */
export interface Report {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly version: string;
  readonly cause: string;
  readonly note: string;
  readonly reported_at: Date;
  /** Their handle; null: without an account. */
  readonly reporter: string | null;
}

/** Those that nobody has dealt with, the oldest first. */
export function openReports(db: Kysely<Database>): Promise<readonly Report[]> {
  return db
    .selectFrom('reports')
    .leftJoin('users', 'users.id', 'reports.reporter_id')
    .select(['reports.id', 'reports.handle', 'reports.name', 'version', 'cause', 'note', 'reported_at'])
    .select('users.handle as reporter')
    .where('closed_at', 'is', null)
    .orderBy('reported_at')
    .orderBy('reports.id')
    .limit(500)
    .execute();
}

/** False: there is no such open report. */
export async function dismissReport(db: Kysely<Database>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reports')
    .set({ closed_at: new Date() })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

async function closeReports(db: Kysely<Database>, { owner, name, version }: Target): Promise<void> {
  await db
    .updateTable('reports')
    .set({ closed_at: new Date() })
    .where('handle', '=', owner)
    .where('name', '=', name)
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? ''))
    .where('closed_at', 'is', null)
    .execute();
}
