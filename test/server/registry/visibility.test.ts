import { beforeAll, expect, it } from 'vitest';
import { createdToken, type TokenScope } from '../../../shared/contract/account.ts';
import { bundleInfo, skillPage } from '../../../shared/contract/registry.ts';
import { Client } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { skillFiles } from './author.ts';
import { type Author, publishAs, signUpAuthor, testRegistry } from './registry-app.ts';

const { app } = testRegistry(await testStorage());
const stranger = new Client(app);
let ada: Author;

beforeAll(async () => {
  ada = await signUpAuthor(app, 'ada');
  const skill = (name: string, body: string) => ({ [name]: skillFiles(name, body) });
  await publishAs(ada, { name: 'basketry', skills: skill('weave', 'For everybody.\n') });
  await publishAs(ada, {
    ...{ name: 'basketry', version: '1.1.0', visibility: 'unlisted' },
    skills: skill('weave', 'For those who know.\n'),
  });
  await publishAs(ada, {
    ...{ name: 'launch', version: '9.0.0', visibility: 'unlisted' },
    skills: skill('announce', 'For those who know.\n'),
  });
  await publishAs(ada, {
    ...{ name: 'secret', visibility: 'private' },
    skills: skill('merge-plans', 'For us.\n'),
  });
});

async function bundle(client: Client, path: string) {
  const { version, versions } = bundleInfo.parse((await client.send('GET', `/v1/bundles/ada/${path}`)).json);
  return { version, versions };
}

async function skill(client: Client, path: string) {
  const page = skillPage.parse((await client.send('GET', `/v1/skills/ada/${path}`)).json);
  return { version: page.skill.version, versions: page.versions, bundle: page.bundle?.name };
}

it('shows strangers an unlisted version of a public bundle only by its number', async () => {
  expect(await bundle(stranger, 'basketry')).toEqual({ version: '1.0.0', versions: ['1.0.0'] });
  expect(await bundle(stranger, 'basketry?version=1.1.0')).toEqual({ version: '1.1.0', versions: ['1.0.0'] });
  expect(await bundle(ada.client, 'basketry')).toEqual({ version: '1.1.0', versions: ['1.1.0', '1.0.0'] });
});

it('shows an unlisted bundle to who knows its name', async () => {
  expect(await bundle(stranger, 'launch')).toEqual({ version: '9.0.0', versions: ['9.0.0'] });
});

it('shows the public version of a skill, and never the name of an unlisted bundle', async () => {
  const listed = { version: '1.0.0', versions: ['1.0.0'], bundle: 'basketry' };
  expect(await skill(stranger, 'weave')).toEqual(listed);
  expect(await skill(stranger, 'weave?version=1.1.0')).toEqual({
    ...listed,
    version: '1.1.0',
    bundle: undefined,
  });
  expect(await skill(stranger, 'announce')).toEqual({
    version: '9.0.0',
    versions: ['9.0.0'],
    bundle: undefined,
  });
  expect(await skill(ada.client, 'announce')).toMatchObject({ bundle: 'launch' });
});

it('installs the public version, and an unlisted one where there is no other', async () => {
  const versionOf = async (name: string) =>
    (await stranger.send('GET', `/b/ada/${name}/.well-known/agent-skills/index.json`)).json;
  expect(await versionOf('basketry')).toMatchObject({ skills: [{ name: 'weave', version: '1.0.0' }] });
  expect(await versionOf('launch')).toMatchObject({ skills: [{ name: 'announce', version: '9.0.0' }] });
});

it('shows what is private to tokens that may publish, and to no others', async () => {
  const agent = async (...scopes: readonly TokenScope[]) => {
    const answer = await ada.client.send('POST', '/v1/tokens', { name: 'ci', scopes, expiresInDays: null });
    return new Client(app, { authorization: `Bearer ${createdToken.parse(answer.json).token}` });
  };
  const [runner, publisher] = [await agent('runs:write', 'plans:read'), await agent('publish')];
  for (const path of ['/v1/bundles/ada/secret', '/v1/skills/ada/merge-plans']) {
    expect((await publisher.send('GET', path)).status).toBe(200);
    expect((await runner.send('GET', path)).status).toBe(404);
  }
  expect((await publisher.send('GET', '/v1/bundles')).text).toContain('secret');
  expect((await runner.send('GET', '/v1/bundles')).text).not.toContain('secret');
});
