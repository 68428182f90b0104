import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import { readQuery, wholeNumber } from '../../http/read-query.ts';
import type { Database } from '../../storage/database.ts';
import { deprecationSentence } from '../curation/standing.ts';
import { type IndexedSkill, publicSkill, publicSkills, readArchive } from '../discovery/discovery-store.ts';
import { type SkillRow, skillTexts, skillVersions } from '../read-store.ts';
import { type ClientParts, findSkills } from './find-skills.ts';
import { fingerprint } from './fingerprint.ts';

/**
 * What `clawdhub` and `clawhub` ask to search, install and update (openclaw/clawhub, docs/http-api.md). A skill's `slug` is its name, which
 * belongs to one publisher here. Failures are plain text, as these clients print them.
 */

const searchQuery = z.object({
  q: z._default(z.string().check(z.maxLength(200)), ''),
  limit: z._default(wholeNumber(1, 100), 25),
});
const named = z.object({
  slug: z.string().check(z.maxLength(64)),
  version: z.optional(z.string().check(z.maxLength(32))),
  hash: z.optional(z.string().check(z.maxLength(64))),
});

export function createClawhubRoutes({ db, downloads, originOf }: ClientParts): Hono {
  const app = new Hono();
  for (const file of ['clawhub', 'clawdhub'])
    app.get(`/.well-known/${file}.json`, (c) =>
      c.json({ apiBase: originOf(c), authBase: originOf(c), minCliVersion: '0.0.1' }),
    );
  app.get('/api/v1/search', async (c) => {
    const query = readQuery(c, searchQuery);
    if (!query.ok) return refused(c, 400, query.failure.message);
    const skills = await findSkills(db, query.value.q, query.value.limit);
    return c.json({
      results: skills.map((skill, at) => ({
        ...summary(skill),
        version: skill.version,
        score: 1 - at / skills.length,
        ownerHandle: skill.handle,
        owner: ownerOf(skill),
      })),
    });
  });
  app.get('/api/v1/skills', async (c) => {
    const query = readQuery(c, searchQuery);
    if (!query.ok) return refused(c, 400, query.failure.message);
    const skills = await publicSkills(db, query.value.limit);
    return c.json({
      items: skills.map((skill) => ({ ...summary(skill), latestVersion: versionOf(skill) })),
      nextCursor: null,
    });
  });
  app.get('/api/v1/skills/:slug', async (c) => {
    const skill = await publicSkill(db, c.req.param('slug'));
    if (!skill) return refused(c, 404, 'There is no such skill here.');
    const about = { metadata: null, owner: ownerOf(skill), moderation: null };
    return c.json({ skill: summary(skill), latestVersion: versionOf(skill), ...about });
  });
  app.get('/api/v1/skills/:slug/versions/:version', async (c) => {
    const row = (await versionsOf(db, c.req.param('slug'))).find(
      ({ version }) => version === c.req.param('version'),
    );
    if (!row) return refused(c, 404, 'There is no such version here.');
    const files = (await skillTexts(db, row.id)).map(({ path, bytes, sha256 }) => ({
      ...{ path, size: bytes, sha256 },
      contentType: path.endsWith('.md') ? 'text/markdown' : 'text/plain',
    }));
    return c.json({ version: { ...versionOf(row), files }, skill: summary(row) });
  });
  addInstalling(app, { db, downloads });
  return app;
}

/** What is asked to install a skill and to bring it up to date. */
function addInstalling(app: Hono, { db, downloads }: Pick<ClientParts, 'db' | 'downloads'>): void {
  app.get('/api/v1/resolve', async (c) => {
    const query = readQuery(c, named);
    if (!query.ok) return refused(c, 400, query.failure.message);
    const rows = await versionsOf(db, query.value.slug);
    const [latest] = rows;
    if (!latest) return refused(c, 404, 'There is no such skill here.');
    const match = await installed(db, rows, query.value.hash);
    return c.json({ match: match ?? null, latestVersion: { version: latest.version } });
  });
  app.get('/api/v1/download', async (c) => {
    const query = readQuery(c, named);
    if (!query.ok) return refused(c, 400, query.failure.message);
    const rows = await versionsOf(db, query.value.slug);
    const { version = rows[0]?.version } = query.value;
    const digest = rows.find((row) => row.version === version)?.archive_digest;
    const archive = digest && (await readArchive(db, digest));
    if (!digest || !archive) return refused(c, 404, 'There is no such version here.');
    downloads.count(digest);
    return c.body(new Uint8Array(archive), 200, { 'content-type': 'application/zip' });
  });
}

/** Public versions, the latest first. */
async function versionsOf(db: Kysely<Database>, name: string): Promise<readonly SkillRow[]> {
  const skill = await publicSkill(db, name);
  const rows = skill ? await skillVersions(db, skill.handle, name) : [];
  return rows.filter(({ visibility }) => visibility === 'public');
}

/** The version whose files somebody has, by the client's digest of them. */
async function installed(
  db: Kysely<Database>,
  rows: readonly SkillRow[],
  hash: string | undefined,
): Promise<{ readonly version: string } | undefined> {
  for (const row of rows)
    if (fingerprint(await skillTexts(db, row.id)) === hash) return { version: row.version };
  return undefined;
}

type Listed = Pick<
  SkillRow,
  'name' | 'handle' | 'version' | 'description' | 'downloads' | 'published_at' | 'deprecation'
>;

function summary(skill: Listed | IndexedSkill) {
  const { name, version, downloads, published_at, deprecation } = skill;
  const at = published_at.getTime();
  const description = deprecation
    ? `${deprecationSentence(deprecation)} ${skill.description}`
    : skill.description;
  return {
    ...{ slug: name, displayName: name, summary: description, tags: { latest: version } },
    stats: { downloads, stars: 0, versions: 1 },
    ...{ createdAt: at, updatedAt: at },
  };
}

function versionOf({ version, published_at }: Listed | IndexedSkill) {
  return { version, createdAt: published_at.getTime(), changelog: '' };
}

function ownerOf({ handle }: Pick<Listed, 'handle'>) {
  return { handle, displayName: handle, image: null };
}

function refused(c: Context, status: 400 | 404, message: string): Response {
  return c.text(message, status);
}
