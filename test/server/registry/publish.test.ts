import { expect, it } from 'vitest';
import { bundleInfo, bundlePage, publishAnswer } from '../../../shared/contract/registry.ts';
import { contentDigest } from '../../../shared/registry/content-digest.ts';
import { failed, PASSWORD, signUp } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { signedBundle, skillFiles } from './author.ts';
import { countRows, sendBundle, signUpAuthor, testRegistry } from './registry-app.ts';

const storage = await testStorage();
const { db } = storage;
let clock = 0;
const { app, registry } = testRegistry(storage, () => clock);

it('publishes a signed bundle whole, serves it to anyone, and lets runs reuse it', async () => {
  const ada = await signUpAuthor(app, 'ada');
  const skills = { 'weave-baskets': skillFiles('weave-baskets'), 'dye-willow': skillFiles('dye-willow') };
  const answer = await sendBundle(ada, { name: 'basketry', skills });
  expect(answer.status).toBe(201);
  const { bundle } = publishAnswer.parse(answer.json);
  expect(bundle.skills.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['weave-baskets', 'pass'],
    ['dye-willow', 'pass'],
  ]);
  const read = await app.request('/v1/bundles/ada/basketry');
  // its author is told that they may change it, and whose workspace holds it
  const { workspace } = bundle;
  expect(workspace).toMatchObject({ slug: 'ada' });
  expect({ ...bundleInfo.parse(await read.json()), mayChange: true, workspace }).toEqual(bundle);
  const found = bundlePage.parse(await (await app.request('/v1/bundles?q=willow')).json());
  expect(found.bundles.map(({ name }) => name)).toEqual(['basketry']);
  expect(registry.catalog.snapshot()).toContainEqual(
    expect.objectContaining({ owner: 'ada', name: 'dye-willow', version: '1.0.0' }),
  );
  const entry = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'bundle.publish')
    .executeTakeFirstOrThrow();
  expect(entry).toMatchObject({ handle: 'ada', subject: 'basketry' });
});

it('answers a repeated publish with what is there, also when both come at once', async () => {
  const bob = await signUpAuthor(app, 'bob');
  const wish = await signedBundle(
    { handle: 'bob', name: 'twice', skills: { 'knit-socks': skillFiles('knit-socks') } },
    bob.signer,
  );
  const send = () => bob.client.send('POST', '/v1/bundles', wish, { 'idempotency-key': 'once' });
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  const again = await bob.client.send('POST', '/v1/bundles', wish);
  expect(failed(again)).toMatchObject({ status: 409, message: expect.stringContaining('1.0.0 already') });
});

it('shows a private bundle to its workspace and to nobody else', async () => {
  const owner = await signUpAuthor(app, 'owner-of-private');
  const stranger = await signUp(app, 'stranger-to-it');
  expect(
    (
      await sendBundle(owner, {
        name: 'secret',
        visibility: 'private',
        skills: { 'plan-merger': skillFiles('plan-merger') },
      })
    ).status,
  ).toBe(201);
  const path = '/v1/bundles/owner-of-private/secret';
  const mine = await owner.client.send('GET', path);
  expect(mine.status).toBe(200);
  const digest = bundleInfo.parse(mine.json).skills[0]?.archiveDigest?.slice(7);
  for (const hidden of [
    path,
    '/v1/skills/owner-of-private/plan-merger',
    `/v1/archives/${digest}.zip`,
    '/b/owner-of-private/secret/.well-known/agent-skills/index.json',
  ])
    expect((await stranger.send('GET', hidden)).status).toBe(404);
  expect((await owner.client.send('GET', '/v1/bundles?q=merger')).text).toContain('secret');
  expect((await stranger.send('GET', '/v1/bundles?q=merger')).text).not.toContain('secret');
  clock += 10_000;
  expect((await stranger.send('GET', '/.well-known/agent-skills/index.json')).text).not.toContain(
    'plan-merger',
  );
});

it('says in a dry run what would be public, and stores nothing', async () => {
  const dora = await signUpAuthor(app, 'dora');
  const {
    signature: _,
    signingKey: __,
    ...wish
  } = await signedBundle(
    { handle: 'dora', name: 'dry', skills: { 'press-flowers': skillFiles('press-flowers') } },
    dora.signer,
  );
  const before = await countRows(storage);
  const answer = await dora.client.send('POST', '/v1/bundles', { ...wish, dryRun: true });
  expect(publishAnswer.parse(answer.json)).toMatchObject({
    published: false,
    bundle: { name: 'dry', skills: [{ name: 'press-flowers', verdict: 'pass' }] },
  });
  expect(await countRows(storage)).toBe(before);
});

it('reuses another author’s version by its digest, and no other', async () => {
  const [maker, user] = [await signUpAuthor(app, 'maker'), await signUpAuthor(app, 'user-of-it')];
  const files = skillFiles('sharpen-knives');
  await sendBundle(maker, { name: 'knives', skills: { 'sharpen-knives': files } });
  const pin = {
    name: 'sharpen-knives',
    version: '1.0.0',
    publisher: 'maker',
    source: 'reuse' as const,
    contentDigest: await contentDigest(files),
  };
  const skills = { 'cut-onions': skillFiles('cut-onions') };
  const wrong = { ...pin, contentDigest: `sha256:${'0'.repeat(64)}` };
  expect(failed(await sendBundle(user, { name: 'kitchen', skills, reuse: [wrong] }))).toMatchObject({
    status: 422,
    field: 'manifest',
  });
  expect((await sendBundle(user, { name: 'kitchen', skills, reuse: [pin] })).status).toBe(201);
  const index = await (await app.request('/b/user-of-it/kitchen/.well-known/agent-skills/index.json')).json();
  expect(index).toMatchObject({
    skills: [
      { name: 'cut-onions', publisher: 'user-of-it' },
      { name: 'sharpen-knives', publisher: 'maker' },
    ],
  });
});

it('answers an index that has not changed with 304', async () => {
  clock += 10_000;
  const first = await app.request('/.well-known/agent-skills/index.json');
  const etag = first.headers.get('etag') ?? '';
  expect(
    (await app.request('/.well-known/agent-skills/index.json', { headers: { 'if-none-match': etag } }))
      .status,
  ).toBe(304);
  const late = await signUpAuthor(app, 'late');
  await sendBundle(late, { name: 'more', skills: { 'mend-nets': skillFiles('mend-nets') } });
  expect(
    (await app.request('/.well-known/agent-skills/index.json', { headers: { 'if-none-match': etag } }))
      .status,
  ).toBe(200);
});

it('takes what was published along with its author’s account, and keeps what others made of it', async () => {
  const [leaver, stayer] = [await signUpAuthor(app, 'leaver'), await signUpAuthor(app, 'stayer')];
  const files = skillFiles('carve-spoons');
  await sendBundle(leaver, { name: 'spoons', skills: { 'carve-spoons': files } });
  const pin = {
    ...{ name: 'carve-spoons', version: '1.0.0', publisher: 'leaver', source: 'reuse' as const },
    contentDigest: await contentDigest(files),
  };
  await sendBundle(stayer, {
    name: 'table',
    skills: { 'plane-boards': skillFiles('plane-boards') },
    reuse: [pin],
  });
  const gone = await leaver.client.send('POST', '/v1/auth/delete-user', { password: PASSWORD });
  expect(gone.status).toBe(200);
  expect((await app.request('/v1/bundles/leaver/spoons')).status).toBe(404);
  expect((await app.request('/.well-known/skill-keys/leaver.json')).status).toBe(404);
  const left = bundleInfo.parse(await (await app.request('/v1/bundles/stayer/table')).json());
  expect(left.skills.map(({ name }) => name)).toEqual(['plane-boards']);
  // nobody comes after them under the name that people knew
  const again = await sendBundle(stayer, { name: 'spoons', skills: { 'carve-spoons': files } });
  expect(failed(again)).toMatchObject({ status: 409, message: expect.stringContaining('somebody else') });
});

it('runs of a workspace plan against its private skills too, and nobody else’s do', async () => {
  const gus = await signUpAuthor(app, 'gus');
  const workspaceOf = async (name: string) =>
    (
      await db
        .selectFrom('skill_versions')
        .select('workspace_id')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
    ).workspace_id;
  const versionFor = (workspace: string | undefined, name: string) =>
    registry.catalog.snapshot(workspace).find((one) => one.owner === 'gus' && one.name === name)?.version;
  const send = (name: string, version: string, visibility: 'public' | 'private', skill: string) =>
    sendBundle(gus, { name, version, visibility, skills: { [skill]: skillFiles(skill) } });

  await send('own-work', '1.0.0', 'private', 'carve-spoons');
  await send('work', '1.0.0', 'public', 'turn-bowls');
  await send('own-work', '2.0.0', 'private', 'turn-bowls');
  await send('old-work', '1.0.0', 'private', 'cut-boards');
  await send('new-work', '3.0.0', 'public', 'cut-boards');
  const own = await workspaceOf('carve-spoons');
  expect(versionFor(own, 'carve-spoons')).toBe('1.0.0');
  expect(versionFor(own, 'turn-bowls')).toBe('2.0.0');
  expect(versionFor(own, 'cut-boards')).toBe('3.0.0');
  for (const other of [undefined, 'another-workspace']) {
    expect(versionFor(other, 'carve-spoons')).toBeUndefined();
    expect(versionFor(other, 'turn-bowls')).toBe('1.0.0');
  }
  // the same array as long as nothing changes: its index is built once
  expect(registry.catalog.snapshot(own)).toBe(registry.catalog.snapshot(own));
  expect(registry.catalog.snapshot('another-workspace')).toBe(registry.catalog.snapshot());

  await gus.client.send('PATCH', '/v1/bundles/gus/own-work', { version: '1.0.0', hidden: true });
  expect(versionFor(own, 'carve-spoons')).toBeUndefined();
});
