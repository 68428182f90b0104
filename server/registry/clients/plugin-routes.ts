import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { failureResponse } from '../../http/failure-response.ts';
import type { Database } from '../../storage/database.ts';
import { deprecationSentence } from '../curation/standing.ts';
import { latestBundles } from '../list-bundles.ts';
import { type BundleRow, findBundle } from '../read-store.ts';
import type { ClientParts } from './find-skills.ts';
import { packageName, pluginArchive } from './plugin-archive.ts';

/**
 * By which Claude Code installs a bundle as a plugin: a `marketplace.json` that names npm packages, and the two routes of an npm registry
 * that `npm install` asks. Public bundles alone.
 */

const MAX_PLUGINS = 1000;
const IS_CUT = `The ${MAX_PLUGINS} bundles of this registry that were published last. Each bundle, these and the others, has a marketplace of its own: its page shows the command.`;

export function createPluginRoutes({ db, originOf }: ClientParts): Hono {
  const app = new Hono();
  app.get('/marketplace.json', async (c) => {
    const rows = await db
      .selectFrom(latestBundles(db, null).as('b'))
      .selectAll()
      .orderBy('published_at', 'desc')
      .orderBy('id')
      .limit(MAX_PLUGINS + 1)
      .execute();
    const isCut = rows.splice(MAX_PLUGINS).length > 0;
    // a plugin goes by its name alone: of two with one name the older keeps it, the other has a marketplace of its own
    const byName = new Map(rows.toSorted(newestFirst).map((row) => [row.name, row]));
    const listed = marketplace('oneturn', [...byName.values()].toSorted(byTitle), originOf(c));
    return c.json(isCut ? { ...listed, metadata: { description: IS_CUT } } : listed);
  });
  app.get('/b/:owner/:bundle/marketplace.json', async (c) => {
    const { owner, bundle: name } = c.req.param();
    const row = await publicBundle(db, owner, name);
    return row ? c.json(marketplace(`${owner}-${name}`, [row], originOf(c))) : missing(c);
  });
  // npm writes a scoped name as one part of the path: /@ada%2fbasketry
  app.get('/npm/:package', async (c) => {
    const [, owner = '', name = ''] = /^@([^/]+)\/([^/]+)$/.exec(c.req.param('package')) ?? [];
    const row = await publicBundle(db, owner, name);
    return row ? c.json(await packument(db, row, originOf(c))) : missing(c);
  });
  app.get('/npm/:scope/:name/-/:file', async (c) => {
    const { scope, name, file } = c.req.param();
    const version =
      file.startsWith(`${name}-`) && file.endsWith('.tgz') ? file.slice(name.length + 1, -4) : '';
    const row = version && (await publicBundle(db, scope.replace(/^@/, ''), name, version));
    if (!row) return missing(c);
    const { bytes } = await pluginArchive(db, row);
    return c.body(bytes, 200, { 'content-type': 'application/octet-stream' });
  });
  return app;
}

async function publicBundle(
  db: Kysely<Database>,
  owner: string,
  name: string,
  version?: string,
): Promise<BundleRow | undefined> {
  const row = (await findBundle(db, null, { owner, name, version }))?.row;
  return row?.visibility === 'public' ? row : undefined;
}

function marketplace(name: string, rows: readonly BundleRow[], origin: string): object {
  return {
    name,
    owner: { name },
    plugins: rows.map((row) => ({
      name: row.name,
      source: {
        source: 'npm',
        ...{ package: packageName(row), version: row.version, registry: `${origin}/npm` },
      },
      ...{ description: describe(row), version: row.version, author: { name: row.handle } },
      strict: true,
    })),
  };
}

/** What npm asks of a package: its latest version is enough to install it. */
async function packument(db: Kysely<Database>, row: BundleRow, origin: string): Promise<object> {
  const name = packageName(row);
  const { version, licence: license } = row;
  const description = describe(row);
  // npm prints it to whoever installs
  const deprecated = row.deprecation ? { deprecated: deprecationSentence(row.deprecation) } : {};
  const { integrity, shasum } = await pluginArchive(db, row);
  const tarball = `${origin}/npm/${name}/-/${row.name}-${version}.tgz`;
  return {
    ...{ name, description, 'dist-tags': { latest: version } },
    versions: {
      [version]: {
        ...{ name, version, description, license, ...deprecated },
        dist: { tarball, integrity, shasum },
      },
    },
  };
}

function describe({ description, summary, deprecation }: BundleRow): string {
  const said = summary ?? description;
  return deprecation ? `${deprecationSentence(deprecation)} ${said}` : said;
}

function newestFirst(a: BundleRow, b: BundleRow): number {
  return b.published_at.getTime() - a.published_at.getTime();
}

function byTitle(a: BundleRow, b: BundleRow): number {
  return a.name < b.name ? -1 : 1;
}

function missing(c: Context): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such bundle here.' });
}
