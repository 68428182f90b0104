import { beforeAll, expect, it } from 'vitest';
import type { ChangeBundle } from '../../../../shared/contract/author/curation.ts';
import { bundleInfo, bundlePage, skillPage } from '../../../../shared/contract/registry.ts';
import { Client } from '../../accounts/accounts-app.ts';
import { testStorage } from '../../database.ts';
import { skillFiles } from '../author.ts';
import { type Author, publishAs, signUpAuthor, testRegistry } from '../registry-app.ts';

/** Hidden, deprecated, described anew: each is so at once wherever a bundle is shown, found or installed. */

const storage = await testStorage();
let clock = 0;
const { app, registry } = testRegistry(storage, () => clock);
const stranger = new Client(app);
let ada: Author;
let grace: Author;

beforeAll(async () => {
  ada = await signUpAuthor(app, 'ada');
  grace = await signUpAuthor(app, 'grace');
  for (const version of ['1.0.0', '1.1.0'])
    await publishAs(ada, {
      name: 'basketry',
      version,
      skills: { weave: skillFiles('weave', `${version}\n`) },
    });
  await publishAs(ada, { name: 'pottery', skills: { 'throw-pots': skillFiles('throw-pots') } });
  await publishAs(ada, { name: 'carpentry', skills: { 'plane-wood': skillFiles('plane-wood') } });
});

const change = (name: string, body: ChangeBundle, by = ada) =>
  by.client.send('PATCH', `/v1/bundles/ada/${name}`, body);
const read = (path: string, client: Client = stranger) => client.send('GET', path);
const listed = async (q: string, client: Client = stranger) =>
  bundlePage.parse((await read(`/v1/bundles?q=${q}`, client)).json).bundles;
const digestOf = async (skill: string, version: string) => {
  const { skill: info } = skillPage.parse((await read(`/v1/skills/ada/${skill}?version=${version}`)).json);
  return info.archiveDigest?.slice('sha256:'.length) ?? '';
};

it('hides a version from pages, lists, indexes, packages and archives, and shows it again', async () => {
  const archive = `/v1/archives/${await digestOf('weave', '1.1.0')}.zip`;
  expect((await change('basketry', { version: '1.1.0', hidden: true })).json).toEqual({
    versions: ['1.1.0'],
  });

  expect(bundleInfo.parse((await read('/v1/bundles/ada/basketry')).json)).toMatchObject({
    version: '1.0.0',
    versions: ['1.0.0'],
  });
  expect((await read('/v1/bundles/ada/basketry?version=1.1.0')).status).toBe(404);
  expect((await read('/v1/skills/ada/weave?version=1.1.0')).status).toBe(404);
  expect((await read(archive)).status).toBe(404);
  expect((await listed('basketry'))[0]?.version).toBe('1.0.0');
  for (const path of [
    '/.well-known/agent-skills/index.json',
    '/b/ada/basketry/.well-known/agent-skills/index.json',
    '/marketplace.json',
    '/npm/@ada%2fbasketry',
    '/api/v1/skills/weave',
  ]) {
    const { text } = await read(path);
    expect({ path, old: text.includes('1.0.0'), hidden: text.includes('1.1.0') }).toEqual({
      path,
      old: true,
      hidden: false,
    });
  }
  expect(registry.catalog.snapshot().find(({ name }) => name === 'weave')?.version).toBe('1.0.0');

  const own = bundleInfo.parse((await read('/v1/bundles/ada/basketry?version=1.1.0', ada.client)).json);
  expect(own).toMatchObject({ mayChange: true, visibility: 'private' });
  expect(own.standing?.hiddenAt).toMatch(/^2/);
  // its author means the one that stands, too
  expect(bundleInfo.parse((await read('/v1/bundles/ada/basketry', ada.client)).json).version).toBe('1.0.0');
  expect((await listed('basketry', ada.client))[0]?.version).toBe('1.0.0');

  await change('basketry', { version: '1.1.0', hidden: false });
  expect(bundleInfo.parse((await read('/v1/bundles/ada/basketry')).json).version).toBe('1.1.0');
  expect((await read(archive)).status).toBe(200);
});

it('leaves a hidden skill to the bundles of others that pin it', async () => {
  const { skill } = skillPage.parse((await read('/v1/skills/ada/throw-pots')).json);
  const reuse = [
    {
      ...{ name: 'throw-pots', version: '1.0.0', publisher: 'ada', source: 'reuse' as const },
      contentDigest: skill.contentDigest,
    },
  ];
  await publishAs(grace, { name: 'studio', skills: {}, reuse });
  await change('pottery', { hidden: true });

  expect((await read('/v1/bundles/ada/pottery')).status).toBe(404);
  expect((await read('/b/ada/pottery/.well-known/agent-skills/index.json')).status).toBe(404);
  expect((await read('/v1/skills/ada/throw-pots')).status).toBe(404);
  expect(registry.catalog.snapshot().some(({ name }) => name === 'throw-pots')).toBe(false);

  const index = await read('/b/grace/studio/.well-known/agent-skills/index.json');
  expect(index.json).toMatchObject({ skills: [{ name: 'throw-pots', digest: skill.archiveDigest }] });
  expect((await read(`/v1/archives/${skill.archiveDigest?.slice(7)}.zip`)).status).toBe(200);
  expect((await read('/v1/skills/ada/throw-pots?version=1.0.0')).status).toBe(200);
  // and nobody takes it anew
  const again = await grace.client.send('PATCH', '/v1/bundles/grace/studio', { hidden: true });
  expect(again.status).toBe(200);
  expect((await read(`/v1/archives/${skill.archiveDigest?.slice(7)}.zip`)).status).toBe(404);
});

it('deprecates with a successor, in words for every client, and plans with it no more', async () => {
  const nowhere = await change('carpentry', { deprecated: { successor: 'ada/nothing' } });
  expect({ status: nowhere.status, text: nowhere.text }).toMatchObject({ status: 422 });
  expect(nowhere.text).toContain('deprecated.successor');
  expect((await change('carpentry', { deprecated: { successor: 'ada/carpentry' } })).status).toBe(422);

  await change('carpentry', { deprecated: { successor: 'ada/basketry', note: 'Wood is scarce.' } });
  // the root's index is away for a moment from who asked for a hidden bundle's
  clock += 60_000;
  const words = 'Deprecated: use ada/basketry. Wood is scarce.';
  for (const path of [
    '/.well-known/agent-skills/index.json',
    '/b/ada/carpentry/.well-known/agent-skills/index.json',
    '/s/ada/plane-wood/.well-known/agent-skills/index.json',
    '/marketplace.json',
    '/api/v1/skills/plane-wood',
  ])
    expect({ path, said: (await read(path)).text.includes(words) }).toEqual({ path, said: true });
  expect((await read('/npm/@ada%2fcarpentry')).json).toMatchObject({
    versions: { '1.0.0': { deprecated: words } },
  });
  const { standing } = bundleInfo.parse((await read('/v1/bundles/ada/carpentry')).json);
  expect(standing?.deprecation).toMatchObject({ successor: 'ada/basketry', note: 'Wood is scarce.' });
  expect((await listed('')).at(-1)?.name).toBe('carpentry');
  expect(registry.catalog.snapshot().some(({ name }) => name === 'plane-wood')).toBe(false);

  await change('carpentry', { deprecated: null });
  expect((await read('/npm/@ada%2fcarpentry')).text).not.toContain('eprecated');
  expect(registry.catalog.snapshot().some(({ name }) => name === 'plane-wood')).toBe(true);
});

it('describes a bundle anew, finds it by the new words, and leaves what is signed as it is', async () => {
  expect(await listed('wickerwork')).toEqual([]);
  await change('basketry', { summary: 'Wickerwork from willow.' });
  expect(await listed('wickerwork')).toMatchObject([
    { name: 'basketry', description: 'Wickerwork from willow.' },
  ]);
  expect((await read('/marketplace.json')).text).toContain('Wickerwork from willow.');
  expect(bundleInfo.parse((await read('/v1/bundles/ada/basketry')).json)).toMatchObject({
    description: 'The bundle basketry.',
    summary: 'Wickerwork from willow.',
  });
  await change('basketry', { summary: null });
  expect(await listed('wickerwork')).toEqual([]);
  expect(await listed('weave')).toMatchObject([{ description: 'The bundle basketry.' }]);
});

it('is for the author alone, and is written down', async () => {
  expect((await change('basketry', { hidden: true }, grace)).status).toBe(404);
  expect((await stranger.send('PATCH', '/v1/bundles/ada/basketry', { hidden: true })).status).toBe(401);
  expect((await change('basketry', { visibility: 'private' } as ChangeBundle)).status).toBe(422);
  const { rows } = await auditOf('bundle.change');
  expect(rows).toContainEqual({
    ...{ handle: 'ada', subject: 'basketry' },
    detail: '{"version":"1.1.0","hidden":true}',
  });
});

async function auditOf(action: string) {
  const rows = await storage.db
    .selectFrom('audit_entries')
    .select(['handle', 'subject', 'detail'])
    .where('action', '=', action)
    .orderBy('seq')
    .execute();
  return { rows };
}
