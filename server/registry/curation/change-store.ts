import { sql, type Transaction } from 'kysely';
import type * as z from 'zod/mini';
import type { changeBundle } from '../../../shared/contract/author/curation.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { bundleManifest } from '../../../shared/contract/registry.ts';
import type { Database } from '../../storage/database.ts';
import { searchText } from '../search-text.ts';
import { mayChange, type Reader } from '../visible.ts';

type Change = z.output<typeof changeBundle>;
type Changed =
  | { readonly ok: true; readonly versions: readonly string[]; readonly workspaceId: string }
  | { readonly ok: false; readonly failure: Failure };

/** Changes what is shown of a bundle's versions, and of the skills that came with them. Nothing that is signed is touched. */
export async function changeVersions(
  trx: Transaction<Database>,
  who: Reader,
  named: { readonly owner: string; readonly name: string },
  change: Change,
): Promise<Changed> {
  const rows = await trx
    .selectFrom('bundles')
    .select(['id', 'owner_id', 'workspace_id', 'version', 'manifest'])
    .where('handle', '=', named.owner)
    .where('name', '=', named.name)
    .$if(change.version !== undefined, (query) => query.where('version', '=', change.version ?? ''))
    .orderBy('version_order', 'desc')
    .forUpdate()
    .execute();
  const own = rows.filter((row) => mayChange(row, who));
  const [first] = own;
  if (!first) return refused('not_found', 'You have no such bundle here.');
  const successor = change.deprecated?.successor;
  if (successor !== undefined && !(await isPublicOther(trx, successor, named)))
    return {
      ok: false,
      failure: {
        code: 'invalid_field',
        field: 'deprecated.successor',
        message: 'The successor is another public bundle of this registry, as in ada/basketry.',
      },
    };

  const ids = own.map(({ id }) => id);
  await setStanding(trx, ids, change);
  if (change.summary !== undefined)
    for (const { id, manifest } of own) await setSummary(trx, { id, manifest }, change.summary);
  return { ok: true, versions: own.map(({ version }) => version), workspaceId: first.workspace_id };
}

async function setStanding(
  trx: Transaction<Database>,
  ids: readonly string[],
  { hidden, deprecated }: Change,
): Promise<void> {
  const now = new Date();
  const set = {
    ...(hidden !== undefined && { hidden_at: hidden ? now : null }),
    ...(deprecated !== undefined && {
      deprecation:
        deprecated &&
        JSON.stringify({
          at: now.toISOString(),
          note: deprecated.note ?? null,
          successor: deprecated.successor ?? null,
        }),
    }),
  };
  if (Object.keys(set).length === 0) return;
  await trx.updateTable('bundles').set(set).where('id', 'in', ids).execute();
  await trx.updateTable('skill_versions').set(set).where('bundle_id', 'in', ids).execute();
}

async function setSummary(
  trx: Transaction<Database>,
  { id, manifest }: { readonly id: string; readonly manifest: string },
  summary: string | null,
): Promise<void> {
  const skills = await trx
    .selectFrom('skill_versions')
    .select('description')
    .where('bundle_id', '=', id)
    .execute();
  const search = searchText(
    bundleManifest.parse(JSON.parse(manifest)),
    skills.map(({ description }) => description),
    summary ?? undefined,
  );
  await trx.updateTable('bundles').set({ summary, search }).where('id', '=', id).execute();
}

async function isPublicOther(
  trx: Transaction<Database>,
  successor: string,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<boolean> {
  if (successor === `${owner}/${name}`) return false;
  const row = await trx
    .selectFrom('bundles')
    .select('id')
    .where(sql<boolean>`handle || '/' || name = ${successor}`)
    .where('handle', '=', successor.split('/')[0] ?? '')
    .where('visibility', '=', 'public')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function refused(code: 'not_found', message: string): Changed {
  return { ok: false, failure: { code, message } };
}
