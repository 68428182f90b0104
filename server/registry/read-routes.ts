import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { FindWho, Who } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readQuery } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { bundleArchive } from './bundle-archive.ts';
import { bundleQuery, versionQuery } from './bundle-query.ts';
import { takenDown } from './curation/standing.ts';
import { listBundles } from './list-bundles.ts';
import { bundleVersions, readBundle } from './read-store.ts';
import { wordsOf } from './search.ts';
import { readSkillPage } from './skill-page.ts';
import type { Reader } from './visible.ts';

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
  app.get(ROUTES.skill(':owner', ':name'), (c) => skillRoute(c, db, readerOf));
  return app;
}

async function skillRoute(
  c: Context,
  db: Kysely<Database>,
  readerOf: (c: Context) => Promise<Reader>,
): Promise<Response> {
  const query = readQuery(c, versionQuery);
  if (!query.ok) return failureResponse(c, query.failure);
  const { owner = '', name = '' } = c.req.param();
  const read = await readSkillPage(db, await readerOf(c), { owner, name, ...query.value });
  if (read === undefined) return missing(c);
  return 'failure' in read ? failureResponse(c, read.failure) : c.json(read.page);
}

/** Scopes say all that a token may do, and none of the others has to do with bundles. */
export function publisherOf(who: Who | null): Who | null {
  return who && (who.scopes === 'all' || who.scopes.includes('publish')) ? who : null;
}

function missing(c: Context): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such skill or bundle here.' });
}
