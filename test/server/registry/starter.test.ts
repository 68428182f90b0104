import { expect, it } from 'vitest';
import { publishStarter } from '../../../server/registry/starter/publish-starter.ts';
import { STARTER_SKILLS } from '../../../server/registry/starter/starter-skills.ts';
import { bundlePage, skillPage } from '../../../shared/contract/registry.ts';
import { bytesOf } from '../../../shared/registry/content-digest.ts';
import { checkSigned } from '../../../shared/signing/check-signed.ts';
import { keysFile, keysInFile } from '../../../shared/signing/read-keys-file.ts';
import { Client } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { skillFiles } from './author.ts';
import { publishAs, signUpAuthor, testRegistry } from './registry-app.ts';

it('publishes every skill once, signed as it is shipped, and leaves a taken name to who has it', async () => {
  const storage = await testStorage();
  const { app, registry } = testRegistry(storage);
  const stranger = new Client(app);
  const ada = await signUpAuthor(app, 'ada');
  await publishAs(ada, { name: 'trips', skills: { 'plan-trip': skillFiles('plan-trip') } });
  await Promise.all([publishStarter(storage.db, quiet), publishStarter(storage.db, quiet)]);
  await publishStarter(storage.db, quiet);

  const { json } = await stranger.send('GET', '/v1/bundles?signer=oneturn&limit=100');
  const page = bundlePage.parse(json);
  const names = STARTER_SKILLS.map(({ name }) => name).filter((name) => name !== 'plan-trip');
  expect(page.bundles.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(page.choices.categories.length).toBeGreaterThan(12);

  await registry.catalog.refresh();
  const known = registry.catalog.snapshot().filter(({ owner }) => owner === 'oneturn');
  expect(known.map(({ name }) => name).toSorted()).toEqual(names.toSorted());

  const keys = await keysInFile(
    keysFile.parse((await stranger.send('GET', '/.well-known/skill-keys/oneturn.json')).json),
  );
  expect(keys).toHaveLength(1);
  for (const name of names) {
    const answer = await stranger.send('GET', `/v1/skills/oneturn/${name}`);
    const { skill, signature, texts, publishedAt } = skillPage.parse(answer.json);
    expect([skill.verdict, skill.findings]).toEqual(['pass', []]);
    const files = texts.map((file) => ({ path: file.path, bytes: bytesOf(file) }));
    const signed = { signatureFile: 'skill.oms.sig', signature, name, files };
    expect((await checkSigned(signed, { keys, at: new Date(publishedAt) })).faults).toEqual([]);
  }
});

it('has a publisher whose handle nobody can register', async () => {
  const { app } = testRegistry(await testStorage());
  const account = { email: 'mallory@example.com', password: 'correct horse battery', handle: 'oneturn' };
  expect((await new Client(app).send('POST', '/v1/auth/sign-up/email', account)).status).toBe(422);
});
