import { Hono } from 'hono';
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { createDiscoveryRoutes } from '../../../server/registry/discovery/discovery-routes.ts';
import { publicSkills } from '../../../server/registry/discovery/discovery-store.ts';
import { createStrays } from '../../../server/registry/discovery/strays.ts';
import { testStorage } from '../database.ts';
import { skillFiles } from './author.ts';
import { publishAs, signUpAuthor, testRegistry } from './registry-app.ts';

/** What anyone may ask for without an account costs the database little, however much is published. */

const storage = await testStorage();
const { app: site } = testRegistry(storage);
const names = ['feed-fish', 'graft-trees', 'prune-hedges', 'rake-leaves'];
let nodes: RootOperationNode[] = [];
let queries = 0;
let rows = 0;
const recorder: KyselyPlugin = {
  transformQuery: ({ node }) => {
    nodes.push(node);
    return node;
  },
  transformResult: async ({ result }) => {
    queries += 1;
    rows += result.rows.length;
    return result;
  },
};
const db = storage.db.withPlugin(recorder);
const addressOf = () => '192.0.2.1';
const app = new Hono().route(
  '/',
  createDiscoveryRoutes({ db, strays: createStrays(() => 0), downloads: { count: () => {} }, addressOf }),
);

beforeAll(async () => {
  const gardener = await signUpAuthor(site, 'gardener');
  for (const name of names)
    await publishAs(gardener, { name: `bundle-of-${name}`, skills: { [name]: skillFiles(name) } });
});

async function get(path: string): Promise<string> {
  nodes = [];
  queries = 0;
  rows = 0;
  return (await app.request(path)).text();
}

/** How many queries, and queries in them, name the column with the files' texts. */
function readingTexts(): number {
  return nodes.filter((node) => JSON.stringify(node).includes('"name":"content"')).length;
}

it('names the files of every skill with two queries, which read no text', async () => {
  const index = JSON.parse(await get('/.well-known/skills/index.json'));
  expect(index.skills.map(({ name }: { name: string }) => name)).toEqual(names);
  expect(index.skills[3].files).toEqual(['SKILL.md', 'references/guide.md']);
  expect(queries).toBe(2);
  expect(readingTexts()).toBe(0);
});

it('reads one file of one skill', async () => {
  expect(await get('/.well-known/skills/graft-trees/references/guide.md')).toBe('# Guide to graft-trees\n');
  expect({ queries, rows }).toEqual({ queries: 2, rows: 2 });
  expect(readingTexts()).toBe(1);
  for (const path of ['graft-trees/nothing.md', 'nobody/SKILL.md'])
    expect((await app.request(`/.well-known/skills/${path}`)).status).toBe(404);
});

it('lists the newest when there are more than an index holds', async () => {
  const newest = await publicSkills(storage.db, 2);
  expect(newest.map(({ name }) => name)).toEqual(['prune-hedges', 'rake-leaves']);
});
