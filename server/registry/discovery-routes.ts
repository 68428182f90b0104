import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { ROUTES } from '../../shared/contract/routes.ts';
import { failureResponse } from '../http/failure-response.ts';
import type { Database } from '../storage/database.ts';
import { installable, publicSkills, readArchive, type SkillRow, skillTexts } from './read-store.ts';
import type { Strays } from './strays.ts';

/**
 * What clients install from: discovery 0.2.0 at `/.well-known/agent-skills/`, 0.1.0 at `/.well-known/skills/`, both for the whole registry
 * and below `/b/<owner>/<bundle>` for one bundle. Public, without an account.
 */

const SCHEMA = 'https://schemas.agentskills.io/discovery/0.2.0/schema.json';
const IMMUTABLE = 'public, max-age=31536000, immutable';

export interface DiscoveryParts {
  readonly db: Kysely<Database>;
  readonly strays: Strays;
  readonly addressOf: (c: Context) => string;
}

type Find = (c: Context) => Promise<readonly SkillRow[] | undefined>;

export function createDiscoveryRoutes({ db, strays, addressOf }: DiscoveryParts): Hono {
  const app = new Hono();
  const all: Find = async (c) => (strays.has(addressOf(c)) ? undefined : publicSkills(db));
  const scoped: Find = async (c) => {
    const found = await installable(db, c.req.param('owner') ?? '', c.req.param('bundle') ?? '');
    // skills 1.5 goes on to the root's index, and would install everything that is published here
    if (found === undefined) strays.add(addressOf(c));
    return found;
  };

  for (const [base, find] of [
    ['', all],
    ['/b/:owner/:bundle', scoped],
  ] as const) {
    app.get(`${base}/.well-known/agent-skills/index.json`, (c) => index(c, find, newEntry));
    app.get(`${base}/.well-known/skills/index.json`, (c) => index(c, find, (skill) => oldEntry(db, skill)));
    app.get(`${base}/.well-known/skills/:name/:path{.+}`, (c) => file(c, find, db));
  }
  app.get(ROUTES.archive(':file'), async (c) => {
    const digest = /^([0-9a-f]{64})\.zip$/.exec(c.req.param('file'))?.[1];
    const archive = digest && (await readArchive(db, digest));
    if (!archive) return missing(c);
    const headers = { 'content-type': 'application/zip', 'cache-control': IMMUTABLE, etag: `"${digest}"` };
    // as: bytes of their own, which nobody else has
    return c.body(new Uint8Array(archive), 200, headers);
  });
  return app;
}

function newEntry(skill: SkillRow): Promise<object> {
  return Promise.resolve({
    name: skill.name,
    type: 'archive',
    description: skill.description,
    url: ROUTES.archive(`${skill.archive_digest}.zip`),
    digest: `sha256:${skill.archive_digest}`,
    version: skill.version,
    publisher: skill.handle,
  });
}

async function oldEntry(db: Kysely<Database>, skill: SkillRow): Promise<object> {
  const files = await skillTexts(db, skill.id);
  return { name: skill.name, description: skill.description, files: files.map(({ path }) => path) };
}

async function index(
  c: Context,
  find: Find,
  entryOf: (skill: SkillRow) => Promise<object>,
): Promise<Response> {
  const skills = await find(c);
  if (skills === undefined) return missing(c);
  const entries = await Promise.all(skills.map(entryOf));
  const isNew = c.req.path.includes('/agent-skills/');
  const text = JSON.stringify({ ...(isNew && { $schema: SCHEMA }), skills: entries });
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
async function file(c: Context, find: Find, db: Kysely<Database>): Promise<Response> {
  const skill = (await find(c))?.find(({ name }) => name === c.req.param('name'));
  const texts = skill && (await skillTexts(db, skill.id));
  const found = texts?.find(({ path }) => path === c.req.param('path'));
  if (!found) return missing(c);
  return c.body(found.content, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

function missing(c: Context): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such skill or bundle here.' });
}
