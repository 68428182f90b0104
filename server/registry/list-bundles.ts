import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Category } from '../../shared/contract/categories.ts';
import { type BundlePage, type BundleSummary, bundleManifest } from '../../shared/contract/registry.ts';
import type { Database } from '../storage/database.ts';
import { standingOf } from './curation/standing.ts';
import type { BundleRow } from './read-store.ts';
import { matching, searching } from './search.ts';
import type { Reader } from './visible.ts';

export interface Search {
  readonly words: readonly string[];
  readonly category?: Category | undefined;
  readonly licence?: string | undefined;
  /** The publisher's handle. */
  readonly signer?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Of licences and signers, the most frequent. */
const MAX_CHOICES = 40;

/**
 * The latest version of each bundle that is public, or private to the reader's workspace; those that fit the words best first, else the
 * newest, and what is deprecated last. `choices` are what the words find, before it is narrowed.
 */
export async function listBundles(db: Kysely<Database>, reader: Reader, search: Search): Promise<BundlePage> {
  const { words } = search;
  if (words.length > 0) return searching(db, (trx) => list(trx, reader, search, matching(words)));
  return list(db, reader, search, undefined);
}

async function list(
  db: Kysely<Database>,
  reader: Reader,
  search: Search,
  match: ReturnType<typeof matching> | undefined,
): Promise<BundlePage> {
  const latest = latestBundles(db, reader).as('b');
  const found = match ? db.selectFrom(latest).where(match.found) : db.selectFrom(latest);
  const chosen = narrowed(found, search);
  const { total } = await chosen
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const ordered = chosen.orderBy(sql`deprecation is not null`);
  const rows = await (match ? ordered.orderBy(match.score, 'desc') : ordered)
    .selectAll()
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .limit(search.limit)
    .offset(search.offset)
    .execute();
  return { bundles: rows.map(rowToSummary), total: Number(total), choices: await choicesOf(db, found) };
}

type Found = SelectQueryBuilder<{ b: BundleRow }, 'b', object>;

function narrowed(found: Found, { category, licence, signer }: Search): Found {
  let query = found;
  if (category !== undefined) query = query.where(sql<boolean>`${category} = any (categories)`);
  if (licence !== undefined) query = query.where('licence', '=', licence);
  if (signer !== undefined) query = query.where('handle', '=', signer);
  return query;
}

async function choicesOf(db: Kysely<Database>, found: Found): Promise<BundlePage['choices']> {
  const named = found.select(['licence', 'handle', 'categories']).as('named');
  const { rows } = await sql<{ kind: string; name: string; count: number }>`
    with found as materialized (select * from ${named})
    select 'licence' as kind, licence as name, count(*)::int as count from found group by licence
    union all select 'signer', handle, count(*)::int from found group by handle
    union all select 'category', category, count(*)::int from found, unnest(categories) as category group by category
    order by count desc, name
  `.execute(db);
  const of = (wanted: string) =>
    rows
      .filter(({ kind }) => kind === wanted)
      .slice(0, MAX_CHOICES)
      .map(({ name, count }) => ({ name, count }));
  return { categories: of('category'), licences: of('licence'), signers: of('signer') };
}

/** Of each bundle that the reader is told of, its latest version. */
export function latestBundles(db: Kysely<Database>, reader: Reader) {
  return (
    db
      .selectFrom('bundles')
      .selectAll()
      .distinctOn(['handle', 'name'])
      .where((eb) =>
        eb.or([
          eb('visibility', '=', 'public'),
          ...(reader
            ? [eb.and([eb('visibility', '=', 'private'), eb('workspace_id', '=', reader.workspaceId)])]
            : []),
        ]),
      )
      .orderBy('handle')
      .orderBy('name')
      // its own workspace sees a hidden version, and not in place of one that stands
      .orderBy(sql`hidden_at is not null or removal is not null`)
      .orderBy('version_order', 'desc')
  );
}

function rowToSummary(row: BundleRow): BundleSummary {
  return {
    publisher: row.handle,
    name: row.name,
    version: row.version,
    description: row.summary ?? row.description,
    licence: row.licence,
    visibility: row.visibility,
    categories: row.categories,
    skills: bundleManifest.parse(JSON.parse(row.manifest)).skills.map(({ name }) => name),
    publishedAt: row.published_at.toISOString(),
    ...standingOf(row),
  };
}
