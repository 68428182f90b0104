import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { FindWho, Who } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readQuery } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { bundleArchive } from './bundle-archive.ts';
import { bundleQuery, versionQuery } from './bundle-query.ts';
import { listBundles } from './list-bundles.ts';
import { readBundle, type SkillRow, skillInfo, skillTexts, skillVersions } from './read-store.ts';
import { wordsOf } from './search.ts';
import { usedBy } from './used-by.ts';
import { isOwn, pickVersion, type Reader } from './visible.ts';

/** What is published: anyone reads what is public; a workspace's members, and their tokens with `publish`, also what is private to it. */
export function createReadRoutes(db: Kysely<Database>, findWho: FindWho): Hono {
  const app = new Hono();
  const readerOf = async (c: Context): Promise<Reader> => {
    const who = await findWho(c.req.raw.headers);
    return who && mayPublish(who) ? who : null;
  };

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
    return bundle ? c.json(bundle) : missing(c);
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
  app.get(ROUTES.skill(':owner', ':name'), async (c) => {
    const query = readQuery(c, versionQuery);
    if (!query.ok) return failureResponse(c, query.failure);
    const { owner, name } = c.req.param();
    const reader = await readerOf(c);
    const picked = pickVersion(await skillVersions(db, owner, name), reader, query.value.version);
    if (picked === undefined) return missing(c);
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
  });
  return app;
}

/** Scopes say all that a token may do, and none of the others has to do with bundles. */
function mayPublish({ scopes }: Who): boolean {
  return scopes === 'all' || scopes.includes('publish');
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
