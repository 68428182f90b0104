import { beforeAll, expect, it } from 'vitest';
import type { Category } from '../../../shared/contract/categories.ts';
import { bundleInfo, bundlePage } from '../../../shared/contract/registry.ts';
import { makeBundle } from '../../../shared/registry/make-bundle.ts';
import { Client } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { skillFiles } from './author.ts';
import { type Author, signUpAuthor, testRegistry } from './registry-app.ts';

/** The list of bundles, narrowed by category, licence and signer. */

const { app } = testRegistry(await testStorage());
const stranger = new Client(app);
let ada: Author;

async function shelve(
  { client, handle, signer }: Author,
  name: string,
  licence: string,
  { categories = [] as readonly Category[], visibility = 'public' as 'public' | 'private' } = {},
) {
  const named = { name, version: '1.0.0', publisher: handle, description: `About ${name}.`, licence };
  const origin = { provider: 'anthropic', model: 'claude-sonnet-5', credentials: 'user' } as const;
  const skills = [{ name: `${name}-skill`, files: skillFiles(`${name}-skill`) }];
  const parts = {
    ...named,
    categories,
    provenance: { origin },
    visibility,
    createdAt: '2026-11-28T06:00:00Z',
    skills,
  };
  const answer = await client.send('POST', '/v1/bundles', await makeBundle(parts, signer));
  expect(answer.status, answer.text).toBe(201);
}

beforeAll(async () => {
  ada = await signUpAuthor(app, 'ada');
  const eve = await signUpAuthor(app, 'eve');
  await shelve(ada, 'audit-logs', 'MIT', { categories: ['security', 'operations'] });
  await shelve(ada, 'budget', 'CC0-1.0', { categories: ['finance'] });
  await shelve(eve, 'lock-doors', 'MIT', { categories: ['security'] });
  await shelve(eve, 'unsorted', 'MIT');
  await shelve(ada, 'own-notes', 'Proprietary', { categories: ['security'], visibility: 'private' });
});

async function list(query: string, client = stranger) {
  const page = bundlePage.parse((await client.send('GET', `/v1/bundles?${query}`)).json);
  return { ...page, names: page.bundles.map(({ name }) => name).toSorted() };
}

it.each([
  ['category=security', ['audit-logs', 'lock-doors']],
  ['category=operations', ['audit-logs']],
  ['licence=MIT', ['audit-logs', 'lock-doors', 'unsorted']],
  ['signer=ada', ['audit-logs', 'budget']],
  ['signer=ada&licence=MIT&category=security', ['audit-logs']],
  ['category=lifestyle', []],
  ['q=doors&category=security', ['lock-doors']],
])('narrows by %s', async (query, names) => {
  const page = await list(query);
  expect(page.names).toEqual(names);
  expect(page.total).toBe(names.length);
});

it('tells by what can be narrowed, counted before it is, and only of what the reader may see', async () => {
  const { choices } = await list('category=finance');
  expect(choices).toEqual({
    categories: [
      { name: 'security', count: 2 },
      { name: 'finance', count: 1 },
      { name: 'operations', count: 1 },
    ],
    licences: [
      { name: 'MIT', count: 3 },
      { name: 'CC0-1.0', count: 1 },
    ],
    signers: [
      { name: 'ada', count: 2 },
      { name: 'eve', count: 2 },
    ],
  });
  expect((await list('q=doors')).choices.signers).toEqual([{ name: 'eve', count: 1 }]);
  const own = await list('category=security', ada.client);
  expect(own.names).toContain('own-notes');
  expect(own.choices.licences).toContainEqual({ name: 'Proprietary', count: 1 });
});

it('refuses a category that there is not, and shows a bundle’s own with how it was made', async () => {
  expect((await stranger.send('GET', '/v1/bundles?category=nonsense')).status).toBe(422);
  const { json } = await stranger.send('GET', '/v1/bundles/ada/audit-logs');
  expect(bundleInfo.parse(json)).toMatchObject({
    categories: ['security', 'operations'],
    provenance: { origin: { provider: 'anthropic', credentials: 'user' } },
  });
});
