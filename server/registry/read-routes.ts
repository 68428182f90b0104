import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { FindWho, Who } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readQuery } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { bundleArchive } from './bundle-archive.ts';
import { bundleQuery, versionQuery } from './bundle-query.ts';
import { isPinned, takenDown } from './curation/standing.ts';
import { listBundles } from './list-bundles.ts';
import {
  bundleVersions,
  readBundle,
  type SkillRow,
  skillInfo,
  skillTexts,
  skillVersions,
} from './read-store.ts';
import { wordsOf } from './search.ts';
import { usedBy } from './used-by.ts';
import { isOwn, pickVersion, type Reader } from './visible.ts';

/** What is published: anyone reads what is public; a workspace's members, and their tokens with `publish`, also what is private to it. */
export function createReadRoutes(db: Kysely<Database>, findWho: FindWho): Hono {
  const app = new Hono();
  const readerOf = async (c: Context): Promise<Reader> => publisherOf(await findWho(c.req.raw.headers));

  app.get(ROUTES.bundles, async (c) => {
    const query = readQuery(c, bundleQuery);
    if (!query.ok) return failureResponse(c, query.failure);
    const { q, ...search } = query.value;
    return c.json(await listBundles(db, await readerOf(c), { words: wordsOf(q), ...search }));
  });
  app.get(ROUTES.bundle(':owner', ':name'), async (c) => {
    const query = readQuery(c, versionQuery);
    if (!query.ok) return failureResponse(c, query.failure);
    const { owner, name } = c.req.param();
    const bundle = await readBundle(db, await readerOf(c), { owner, name, version: query.value.version });
    if (bundle) return c.json(bundle);
    const removed = takenDown(await bundleVersions(db, { owner, name }), query.value.version);
    return removed ? failureResponse(c, removed) : missing(c);
  });
  app.get(ROUTES.bundleArchive(':owner', ':name'), async (c) => {
    const query = readQuery(c, versionQuery);
    if (!query.ok) return failureResponse(c, query.failure);
    const { owner, name } = c.req.param();
    const archive = await bundleArchive(db, await readerOf(c), { owner, name, ...query.value });
    if (archive === undefined) return missing(c);
    const file = `${name}-${archive.version}.zip`;
    return c.body(archive.bytes, 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${file}"`,
      'cache-control': 'no-cache',
    });
  });
  app.get(ROUTES.skill(':owner', ':name'), (c) => readSkillPage(c, db, readerOf));
  return app;
}

async function readSkillPage(
  c: Context,
  db: Kysely<Database>,
  readerOf: (c: Context) => Promise<Reader>,
): Promise<Response> {
  const query = readQuery(c, versionQuery);
  if (!query.ok) return failureResponse(c, query.failure);
  const { owner = '', name = '' } = c.req.param();
  const reader = await readerOf(c);
  const rows = await skillVersions(db, owner, name);
  const { version } = query.value;
  const picked = pickVersion(rows, reader, version) ?? (await pinnedVersion(db, rows, version));
  if (picked === undefined) {
    const removed = takenDown(rows, version);
    return removed ? failureResponse(c, removed) : missing(c);
  }
  const { row, versions } = picked;
  const texts = await skillTexts(db, row.id);
  return c.json({
    skill: await skillInfo(db, row),
    signature: row.signature,
    publishedAt: row.published_at.toISOString(),
    visibility: row.visibility,
    downloads: row.downloads,
    // A reader who knows the name of a skill need not know the unlisted bundle that it is in, whose name is its only protection.
    bundle: row.visibility === 'public' || isOwn(row, reader) ? await bundleOf(db, row) : null,
    versions,
    texts: texts.map(({ path, content }) => ({ path, content })),
    usedBy: await usedBy(db, { owner, name }),
  });
}

/** Scopes say all that a token may do, and none of the others has to do with bundles. */
export function publisherOf(who: Who | null): Who | null {
  return who && (who.scopes === 'all' || who.scopes.includes('publish')) ? who : null;
}

/** What its author hides is still read by its number, by those who have it in a bundle of theirs. */
async function pinnedVersion(db: Kysely<Database>, rows: readonly SkillRow[], version: string | undefined) {
  const row = rows.find((one) => one.version === version && one.hidden_at !== null);
  return row && (await isPinned(db, row.id)) ? { row, versions: [row.version] } : undefined;
}

function bundleOf(db: Kysely<Database>, { bundle_id }: SkillRow) {
  return db
    .selectFrom('bundles')
    .select(['handle as publisher', 'name', 'version'])
    .where('id', '=', bundle_id)
    .executeTakeFirstOrThrow();
}

function missing(c: Context): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such skill or bundle here.' });
}
