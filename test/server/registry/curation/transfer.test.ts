import { beforeAll, expect, it } from 'vitest';
import { bundleInfo, skillPage } from '../../../../shared/contract/registry.ts';
import { type Client, failed, signUp } from '../../accounts/accounts-app.ts';
import { testStorage } from '../../database.ts';
import { skillFiles } from '../author.ts';
import { type Author, publishAs, sendBundle, signUpAuthor, testRegistry } from '../registry-app.ts';

/** A bundle is given to another workspace: who reads and manages it changes, and nothing that is signed or installed. */

const storage = await testStorage();
const { app, registry } = testRegistry(storage);
let ada: Author;
let grace: Author;
/** Runs the workspace `guild`, in which ada is a member and grace a viewer. */
let boss: Client;
const ids = new Map<string, string>();

const org = (who: Client, path: string, body: object) =>
  who.send('POST', `/v1/auth/organization/${path}`, body);
const workIn = (who: Client, slug: string) => org(who, 'set-active', { organizationId: ids.get(slug) ?? '' });
const transfer = (who: Client, name: string, workspace: string, owner = 'ada') =>
  who.send('POST', `/v1/bundles/${owner}/${name}/transfer`, { workspace });
const read = (who: Client | undefined, name: string) =>
  who ? who.send('GET', `/v1/bundles/ada/${name}`) : app.request(`/v1/bundles/ada/${name}`);

beforeAll(async () => {
  ada = await signUpAuthor(app, 'ada');
  grace = await signUpAuthor(app, 'grace');
  boss = await signUp(app, 'boss');
  const { id } = (await org(boss, 'create', { name: 'The guild', slug: 'guild' })).json as { id: string };
  ids.set('guild', id);
  for (const [{ client, handle }, role] of [
    [ada, 'member'],
    [grace, 'viewer'],
  ] as const) {
    const wish = { organizationId: id, email: `${handle}@example.com`, role };
    const invited = (await org(boss, 'invite-member', wish)).json as { id: string };
    expect((await org(client, 'accept-invitation', { invitationId: invited.id })).status).toBe(200);
  }
  for (const { slug, id: own } of await storage.db.selectFrom('workspaces').select(['slug', 'id']).execute())
    ids.set(slug, own);
  for (const [client, slug] of [
    [ada.client, 'ada'],
    [grace.client, 'grace'],
    [boss, 'guild'],
  ] as const)
    expect((await workIn(client, slug)).status).toBe(200);
});

it('gives a private bundle to those in the other workspace, and takes it from the first', async () => {
  for (const version of ['1.0.0', '1.1.0'])
    await publishAs(ada, {
      ...{ name: 'looms', version, visibility: 'private' },
      skills: { 'set-looms': skillFiles('set-looms', `${version}\n`) },
    });
  expect((await read(boss, 'looms')).status).toBe(404);
  expect((await transfer(ada.client, 'looms', 'guild')).json).toEqual({ versions: ['1.1.0', '1.0.0'] });

  const theirs = bundleInfo.parse((await boss.send('GET', '/v1/bundles/ada/looms')).json);
  expect(theirs).toMatchObject({
    ...{ publisher: 'ada', versions: ['1.1.0', '1.0.0'], mayChange: true },
    workspace: { slug: 'guild', name: 'The guild' },
  });
  expect((await read(ada.client, 'looms')).status).toBe(404);
  expect(registry.catalog.snapshot(ids.get('guild')).some(({ name }) => name === 'set-looms')).toBe(true);
  expect(registry.catalog.snapshot(ids.get('ada')).some(({ name }) => name === 'set-looms')).toBe(false);
  expect((await boss.send('PATCH', '/v1/bundles/ada/looms', { summary: 'Our looms.' })).status).toBe(200);

  const entries = await storage.db
    .selectFrom('audit_entries')
    .select(['workspace_id', 'handle', 'detail'])
    .where('action', '=', 'bundle.transfer')
    .where('subject', '=', 'looms')
    .execute();
  const detail = '{"publisher":"ada","workspace":"guild"}';
  expect(entries).toHaveLength(2);
  for (const slug of ['ada', 'guild'])
    expect(entries).toContainEqual({ workspace_id: ids.get(slug), handle: 'ada', detail });
});

it('takes the next version in the workspace that has the bundle alone', async () => {
  const wish = {
    ...{ name: 'looms', version: '1.2.0', visibility: 'private' as const },
    skills: { 'set-looms': skillFiles('set-looms', '1.2.0\n') },
  };
  expect(failed(await sendBundle(ada, wish))).toMatchObject({
    ...{ status: 409, field: 'manifest.name' },
    message: expect.stringContaining('The guild'),
  });
  await workIn(ada.client, 'guild');
  expect((await sendBundle(ada, wish)).status).toBe(201);
  await workIn(ada.client, 'ada');
});

it('is given back by its author, or by those who run the workspace to its author alone', async () => {
  expect(failed(await transfer(boss, 'looms', 'boss'))).toMatchObject({ status: 422, field: 'workspace' });
  expect((await transfer(boss, 'looms', 'ada')).status).toBe(200);
  expect((await read(boss, 'looms')).status).toBe(404);
  expect((await read(ada.client, 'looms')).status).toBe(200);
  await transfer(ada.client, 'looms', 'guild');
  expect((await transfer(ada.client, 'looms', 'ada')).status).toBe(200);
  expect((await read(ada.client, 'looms')).status).toBe(200);
});

it('leaves what is public byte for byte as clients and verifiers know it', async () => {
  await publishAs(ada, { name: 'baskets', skills: { weave: skillFiles('weave') } });
  const { skill } = skillPage.parse((await ada.client.send('GET', '/v1/skills/ada/weave')).json);
  await publishAs(grace, {
    ...{ name: 'market', skills: {} },
    reuse: [
      {
        ...{ name: 'weave', version: '1.0.0', publisher: 'ada', source: 'reuse' as const },
        contentDigest: skill.contentDigest,
      },
    ],
  });
  const paths = [
    '/v1/bundles/ada/baskets',
    '/v1/skills/ada/weave',
    '/b/ada/baskets/.well-known/agent-skills/index.json',
    '/b/grace/market/.well-known/agent-skills/index.json',
    '/.well-known/agent-skills/index.json',
    '/.well-known/skill-keys/ada.json',
    `/v1/archives/${skill.archiveDigest?.slice('sha256:'.length)}.zip`,
    '/npm/@ada%2fbaskets',
    '/marketplace.json',
    '/api/search?q=weave',
  ];
  const all = () =>
    Promise.all(paths.map(async (path) => [path, await (await app.request(path)).bytes()] as const));
  const before = await all();
  expect((await transfer(ada.client, 'baskets', 'guild')).status).toBe(200);
  expect(await all()).toEqual(before);
  expect(new TextDecoder().decode(before[0]?.[1])).not.toContain('workspace');
  // and its author is still told where it is
  expect(bundleInfo.parse((await ada.client.send('GET', '/v1/bundles/ada/baskets')).json).workspace).toEqual({
    ...{ slug: 'guild', name: 'The guild' },
  });
});

it('is for its author, into a workspace where they publish', async () => {
  await publishAs(ada, { name: 'dyes', skills: { 'mix-dyes': skillFiles('mix-dyes') } });
  await publishAs(grace, { name: 'inks', skills: { 'mix-inks': skillFiles('mix-inks') } });
  expect((await transfer(grace.client, 'dyes', 'grace')).status).toBe(404);
  // who runs another workspace does not take it
  expect((await transfer(boss, 'dyes', 'guild')).status).toBe(404);
  for (const [who, name, slug, owner] of [
    // there is none, not a member, only a reader
    [ada, 'dyes', 'nowhere', 'ada'],
    [ada, 'dyes', 'grace', 'ada'],
    [grace, 'inks', 'guild', 'grace'],
  ] as const)
    expect(failed(await transfer(who.client, name, slug, owner))).toMatchObject({
      ...{ status: 422, field: 'workspace' },
    });
  await boss.send('POST', `/v1/workspaces/${ids.get('guild')}/pause`);
  expect(failed(await transfer(ada.client, 'dyes', 'guild')).message).toContain('paused');
  await boss.send('POST', `/v1/workspaces/${ids.get('guild')}/resume`);
  expect((await transfer(ada.client, 'nothing', 'ada')).status).toBe(404);
});

it('does not carry private skills of the first workspace into the other', async () => {
  await publishAs(ada, {
    ...{ name: 'secrets', visibility: 'private' },
    skills: { 'keep-recipe': skillFiles('keep-recipe') },
  });
  const { skill } = skillPage.parse((await ada.client.send('GET', '/v1/skills/ada/keep-recipe')).json);
  const reuse = [
    {
      ...{ name: 'keep-recipe', version: '1.0.0', publisher: 'ada', source: 'reuse' as const },
      contentDigest: skill.contentDigest,
    },
  ];
  await publishAs(ada, { name: 'kitchen', visibility: 'private', skills: {}, reuse });
  expect(failed(await transfer(ada.client, 'kitchen', 'guild'))).toMatchObject({
    ...{ status: 409 },
    message: expect.stringContaining('ada/keep-recipe'),
  });
  expect((await read(boss, 'kitchen')).status).toBe(404);
  await transfer(ada.client, 'secrets', 'guild');
  expect((await transfer(ada.client, 'kitchen', 'guild')).status).toBe(200);
  expect((await boss.send('GET', '/v1/bundles/ada/kitchen')).status).toBe(200);
});

it('lets a publication and a transfer at the same moment end in one workspace', async () => {
  await publishAs(ada, { name: 'race', visibility: 'private', skills: { run: skillFiles('run') } });
  await Promise.all([
    transfer(ada.client, 'race', 'guild'),
    sendBundle(ada, {
      ...{ name: 'race', version: '2.0.0', visibility: 'private' },
      skills: { run: skillFiles('run', 'Faster.\n') },
    }),
  ]);
  const rows = await storage.db
    .selectFrom('bundles')
    .select('workspace_id')
    .where('name', '=', 'race')
    .distinct()
    .execute();
  expect(rows).toHaveLength(1);
});
