import { unzipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { bundleInfo, skillPage } from '../../../shared/contract/registry.ts';
import { bytesOf } from '../../../shared/registry/content-digest.ts';
import { verifyFiles } from '../../../shared/signing/model-signature.ts';
import { Client } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { skillFiles } from './author.ts';
import { type Author, publishAs, signUpAuthor, testRegistry } from './registry-app.ts';

/** What the pages of skills and bundles are made of. */

const { app, registry } = testRegistry(await testStorage());
const stranger = new Client(app);
let ada: Author;

beforeAll(async () => {
  ada = await signUpAuthor(app, 'ada');
  const eve = await signUpAuthor(app, 'eve');
  const weave = skillFiles('weave', '1. Weave.\n');
  await publishAs(ada, { name: 'basketry', skills: { weave, dye: skillFiles('dye') } });
  const pin = { ...(await skill('weave')).skill, source: 'reuse' as const };
  const { name, version, publisher, contentDigest, source } = pin;
  const reuse = [{ name, version, publisher, contentDigest, source }];
  await publishAs(eve, { name: 'market', skills: { sell: skillFiles('sell') }, reuse });
  await publishAs(eve, {
    name: 'attic',
    visibility: 'unlisted',
    skills: { store: skillFiles('store') },
    reuse,
  });
  await publishAs(ada, {
    ...{ name: 'basketry', version: '1.1.0' },
    skills: { weave: skillFiles('weave', '1. Weave tighter.\n') },
  });
  await publishAs(ada, { name: 'diary', visibility: 'private', skills: { note: skillFiles('note') } });
});

async function skill(path: string, client = stranger) {
  return skillPage.parse((await client.send('GET', `/v1/skills/ada/${path}`)).json);
}

async function zipOf(path: string): Promise<Readonly<Record<string, string>>> {
  const answer = await app.request(path);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
}

it('gives a skill with its signature, which is over the texts beside it', async () => {
  const page = await skill('weave?version=1.0.0');
  const files = page.texts.map((file) => ({ path: file.path, bytes: bytesOf(file) }));
  expect(await verifyFiles(page.signature, 'weave', files, ada.signer)).toEqual({ ok: true });
  expect(page).toMatchObject({ visibility: 'public', versions: ['1.1.0', '1.0.0'] });
});

it('names the public bundles that reuse some version of a skill, and no others', async () => {
  const used = [{ publisher: 'eve', name: 'market', version: '1.0.0', skillVersion: '1.0.0' }];
  expect((await skill('weave')).usedBy).toEqual(used);
  expect((await skill('dye')).usedBy).toEqual([]);
});

it('gives a bundle with its manifest and signature, and as a ZIP with the same bytes', async () => {
  const { json } = await stranger.send('GET', '/v1/bundles/ada/basketry?version=1.0.0');
  const bundle = bundleInfo.parse(json);
  const { manifest, signature } = bundle;
  const file = { path: 'bundle.json', content: manifest ?? '' };
  const signed = [{ path: file.path, bytes: bytesOf(file) }];
  expect(await verifyFiles(signature ?? '', 'basketry', signed, ada.signer)).toEqual({ ok: true });

  const files = await zipOf('/v1/bundles/ada/basketry/archive?version=1.0.0');
  expect(Object.keys(files)).toEqual([
    ...['bundle.json', 'bundle.oms.sig'],
    ...['weave/SKILL.md', 'weave/references/guide.md', 'weave/skill.oms.sig'],
    ...['dye/SKILL.md', 'dye/references/guide.md', 'dye/skill.oms.sig'],
  ]);
  expect(files).toMatchObject({ 'bundle.json': manifest, 'bundle.oms.sig': signature });
  const page = await skill('weave?version=1.0.0');
  expect(files).toMatchObject({
    'weave/SKILL.md': page.texts[0]?.content,
    'weave/skill.oms.sig': page.signature,
  });
});

it('keeps a private bundle’s ZIP from strangers', async () => {
  expect((await stranger.send('GET', '/v1/bundles/ada/diary/archive')).status).toBe(404);
  expect((await ada.client.send('GET', '/v1/bundles/ada/diary/archive')).status).toBe(200);
});

it('has one skill as an index of its own, below the address of its page', async () => {
  const index = await (await app.request('/s/ada/weave/.well-known/agent-skills/index.json')).json();
  expect(index).toMatchObject({ skills: [{ name: 'weave', version: '1.1.0' }] });
  const text = await app.request('/s/ada/weave/.well-known/skills/weave/SKILL.md');
  expect(await text.text()).toContain('Weave tighter.');
  for (const hidden of ['/s/ada/note', '/s/ada/nothing', '/s/eve/weave'])
    expect((await app.request(`${hidden}/.well-known/agent-skills/index.json`)).status).toBe(404);
});

it('counts each time that an archive is fetched', async () => {
  const { skill: dye } = await skill('dye');
  const path = `/v1/archives/${dye.archiveDigest?.slice('sha256:'.length)}.zip`;
  for (let i = 0; i < 3; i += 1) expect((await app.request(path)).status).toBe(200);
  await registry.downloads.flush();
  await app.request(path);
  await registry.downloads.flush();
  expect((await skill('dye')).downloads).toBe(4);
  expect((await skill('weave')).downloads).toBe(0);
});
