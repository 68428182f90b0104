import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { failureResponse } from '../../http/failure-response.ts';
import type { Database } from '../../storage/database.ts';
import { deprecationSentence } from '../curation/standing.ts';
import {
  type IndexedSkill,
  installable,
  installableSkill,
  publicSkill,
  publicSkills,
  readArchive,
  skillPaths,
  skillText,
} from './discovery-store.ts';
import type { Downloads } from './downloads.ts';
import type { Strays } from './strays.ts';

/**
 * What clients install from: discovery 0.2.0 at `/.well-known/agent-skills/`, 0.1.0 at `/.well-known/skills/`, both for the whole registry
 * and below `/b/<owner>/<bundle>` for one bundle and `/s/<owner>/<skill>` for one skill. Public, without an account.
 */

export const DISCOVERY_SCHEMA = 'https://schemas.agentskills.io/discovery/0.2.0/schema.json';
/** Limit of the whole registry's index. An older skill is installed through its bundle. */
const MAX_INDEXED = 2000;
const IMMUTABLE = 'public, max-age=31536000, immutable';

export interface DiscoveryParts {
  readonly db: Kysely<Database>;
  readonly strays: Strays;
  readonly downloads: Pick<Downloads, 'count'>;
  readonly addressOf: (c: Context) => string;
}

/** Undefined: there is no such index. */
interface Shelf {
  all(c: Context): Promise<readonly IndexedSkill[] | undefined>;
  one(c: Context, name: string): Promise<IndexedSkill | undefined>;
}

type Entries = (skills: readonly IndexedSkill[]) => Promise<readonly object[]>;

export function createDiscoveryRoutes({ db, strays, downloads, addressOf }: DiscoveryParts): Hono {
  const app = new Hono();
  const root: Shelf = {
    all: async (c) => ((await strays.has(addressOf(c))) ? undefined : publicSkills(db, MAX_INDEXED)),
    one: async (c, name) => ((await strays.has(addressOf(c))) ? undefined : publicSkill(db, name)),
  };
  const scoped = (find: (c: Context) => Promise<readonly IndexedSkill[] | undefined>): Shelf => {
    const all: Shelf['all'] = async (c) => {
      const found = await find(c);
      // skills 1.5 goes on to the root's index, and would install everything that is published here
      if (found === undefined) await strays.add(addressOf(c));
      return found;
    };
    return { all, one: async (c, name) => (await all(c))?.find((skill) => skill.name === name) };
  };
  const bundle = scoped((c) => installable(db, c.req.param('owner') ?? '', c.req.param('bundle') ?? ''));
  const skill = scoped((c) => installableSkill(db, c.req.param('owner') ?? '', c.req.param('skill') ?? ''));

  for (const [base, shelf] of [
    ['', root],
    ['/b/:owner/:bundle', bundle],
    ['/s/:owner/:skill', skill],
  ] as const) {
    app.get(`${base}/.well-known/agent-skills/index.json`, (c) =>
      index(c, shelf, (skills) => Promise.resolve(newEntries(skills))),
    );
    app.get(`${base}/.well-known/skills/index.json`, (c) =>
      index(c, shelf, (skills) => oldEntries(db, skills)),
    );
    app.get(`${base}/.well-known/skills/:name/:path{.+}`, (c) => file(c, shelf, db));
  }
  app.get(ROUTES.archive(':file'), async (c) => {
    const digest = /^([0-9a-f]{64})\.zip$/.exec(c.req.param('file'))?.[1];
    const archive = digest && (await readArchive(db, digest));
    if (!archive) return missing(c);
    downloads.count(digest);
    const headers = { 'content-type': 'application/zip', 'cache-control': IMMUTABLE, etag: `"${digest}"` };
    // as: bytes of their own, in no shared buffer
    return c.body(new Uint8Array(archive), 200, headers);
  });
  return app;
}

export function newEntries(skills: readonly IndexedSkill[]): readonly object[] {
  return skills.map((skill) => ({
    name: skill.name,
    type: 'archive',
    description: skill.description,
    url: ROUTES.archive(`${skill.archive_digest}.zip`),
    digest: `sha256:${skill.archive_digest}`,
    version: skill.version,
    publisher: skill.handle,
    ...(skill.deprecation && { deprecated: deprecationSentence(skill.deprecation) }),
  }));
}

async function oldEntries(db: Kysely<Database>, skills: readonly IndexedSkill[]): Promise<readonly object[]> {
  const paths = await skillPaths(
    db,
    skills.map(({ id }) => id),
  );
  return skills.map(({ id, name, description }) => ({ name, description, files: paths.get(id) ?? [] }));
}

async function index(c: Context, shelf: Shelf, entriesOf: Entries): Promise<Response> {
  const skills = await shelf.all(c);
  if (skills === undefined) return missing(c);
  const entries = await entriesOf(skills);
  const isNew = c.req.path.includes('/agent-skills/');
  const text = JSON.stringify({ ...(isNew && { $schema: DISCOVERY_SCHEMA }), skills: entries });
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  const headers = { etag, 'cache-control': 'no-cache', 'access-control-allow-origin': '*' };
  if (
    c.req
      .header('if-none-match')
      ?.split(/\s*,\s*/)
      .includes(etag)
  )
    return c.body(null, 304, headers);
  return c.body(text, 200, { ...headers, 'content-type': 'application/json' });
}

/** A file of 0.1.0, which has no archives. */
async function file(c: Context, shelf: Shelf, db: Kysely<Database>): Promise<Response> {
  const skill = await shelf.one(c, c.req.param('name') ?? '');
  const text = skill && (await skillText(db, skill.id, c.req.param('path') ?? ''));
  if (text === undefined) return missing(c);
  return c.body(text, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

function missing(c: Context): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such skill or bundle here.' });
}
