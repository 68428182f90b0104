import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { AUTHOR_ROUTES } from '../../../shared/contract/author/author-routes.ts';
import { failureResponse } from '../../http/failure-response.ts';
import type { Database } from '../../storage/database.ts';
import { DISCOVERY_SCHEMA, newEntries } from '../discovery/discovery-routes.ts';
import { publicSkillsNamed } from '../discovery/discovery-store.ts';
import type { Strays } from '../discovery/strays.ts';
import type { Tried, TriedSkill } from './tried-skills.ts';
import { readTried } from './try-link-store.ts';

/**
 * What a client that has a private link installs: the same indexes as of a bundle, of a plan as it is at this moment. Whoever has the link
 * needs no account; nothing that is answered here is kept by anybody on the way.
 */

export interface TriedParts {
  readonly db: Kysely<Database>;
  readonly strays: Strays;
  readonly addressOf: (c: Context) => string;
}

const base = AUTHOR_ROUTES.tried(':secret');

export function createTriedRoutes({ db, strays, addressOf }: TriedParts): Hono {
  const app = new Hono();
  const tried = async (c: Context): Promise<Tried | undefined> => {
    const found = await readTried(db, c.req.param('secret') ?? '');
    c.header('cache-control', 'no-store');
    // of an empty index, or none, clients go on to the root's and install all of it
    if (found && found.skills.length + found.reused.length > 0) return found;
    await strays.add(addressOf(c));
    return undefined;
  };
  app.get(base, async (c) =>
    (await tried(c))
      ? c.text('This address is for a client: DISABLE_TELEMETRY=1 npx skills add <this address>\n')
      : missing(c),
  );
  app.get(`${base}/.well-known/agent-skills/index.json`, async (c) => {
    const found = await tried(c);
    if (!found) return missing(c);
    const { pathname } = new URL(c.req.url);
    const archives = pathname.replace('.well-known/agent-skills/index.json', 'archives');
    const own = found.skills.map(({ name, description, digest }) => ({
      ...{ name, type: 'archive', description, url: `${archives}/${digest}.zip` },
      digest: `sha256:${digest}`,
    }));
    const reused = newEntries(await reusedOf(db, found));
    return c.json({ $schema: DISCOVERY_SCHEMA, skills: [...own, ...reused] });
  });
  app.get(`${base}/.well-known/skills/index.json`, async (c) => {
    const found = await tried(c);
    if (!found) return missing(c);
    const skills = found.skills.map(({ name, description, files }) => ({
      ...{ name, description },
      files: files.map(({ path }) => path),
    }));
    return c.json({ skills });
  });
  app.get(`${base}/.well-known/skills/:name/:path{.+}`, async (c) => {
    const skill = named(await tried(c), c.req.param('name'));
    const text = skill?.files.find(({ path }) => path === c.req.param('path'))?.content;
    return text === undefined ? missing(c) : c.text(text);
  });
  app.get(`${base}/archives/:file`, async (c) => {
    const digest = c.req.param('file').replace(/\.zip$/, '');
    const skill = (await tried(c))?.skills.find((one) => one.digest === digest);
    if (!skill) return missing(c);
    return c.body(new Uint8Array(skill.archive), 200, { 'content-type': 'application/zip' });
  });
  return app;
}

/** Those that are public here still. */
async function reusedOf(db: Kysely<Database>, { reused }: Tried) {
  const rows = await publicSkillsNamed(
    db,
    reused.map(({ name }) => name),
  );
  return rows.filter((row) => reused.some(({ owner, name }) => owner === row.handle && name === row.name));
}

function named(found: Tried | undefined, name: string): TriedSkill | undefined {
  return found?.skills.find((skill) => skill.name === name);
}

function missing(c: Context): Response {
  return failureResponse(c, {
    code: 'not_found',
    message: 'This link is unknown, expired or revoked. Ask its maker for a new one.',
  });
}
