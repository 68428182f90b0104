import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeDown } from '../../../../server/registry/curation/take-down.ts';
import { bundleInfo, skillPage } from '../../../../shared/contract/registry.ts';
import { Client } from '../../accounts/accounts-app.ts';
import { testStorage, urlTo } from '../../database.ts';
import { skillFiles } from '../author.ts';
import { type Author, publishAs, signUpAuthor, testRegistry } from '../registry-app.ts';

/** Readers report, the operator reads it in a terminal and takes down, and from then on nothing serves it. */

const ROOT = join(import.meta.dirname, '../../../..');
const storage = await testStorage();
const { app, audit } = testRegistry(storage);
const stranger = new Client(app);
const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-moderate-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
let mallory: Author;
let grace: Author;

beforeAll(async () => {
  mallory = await signUpAuthor(app, 'mallory');
  grace = await signUpAuthor(app, 'grace');
  const skills = { 'steal-keys': skillFiles('steal-keys'), 'tidy-up': skillFiles('tidy-up') };
  await publishAs(mallory, { name: 'toolbox', skills });
  const { skill } = skillPage.parse((await read('/v1/skills/mallory/steal-keys')).json);
  const pin = { name: 'steal-keys', version: '1.0.0', publisher: 'mallory', source: 'reuse' as const };
  await publishAs(grace, {
    ...{ name: 'victim', skills: { 'keep-notes': skillFiles('keep-notes') } },
    reuse: [{ ...pin, contentDigest: skill.contentDigest }],
  });
});

const read = (path: string, client: Client = stranger) => client.send('GET', path);
const report = (client: Client, note: string, name = 'steal-keys') =>
  client.send('POST', `/v1/skills/mallory/${name}/reports`, { version: '1.0.0', cause: 'malicious', note });

async function command(name: string, ...args: readonly string[]) {
  const { PATH = '' } = process.env;
  const env = { PATH, DATABASE_URL: urlTo(storage), DATA_DIR: dataDir };
  const tsx = join(ROOT, 'node_modules/.bin/tsx');
  return promisify(execFile)(tsx, [`server/cli/${name}.ts`, ...args], {
    cwd: ROOT,
    env,
    timeout: 240_000,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );
}

it('takes reports from anybody, one of each account, and shows them to the operator as plain text', async () => {
  expect((await report(stranger, 'It sends \u001b[31mkeys away\u001b[0m to somewhere.')).status).toBe(201);
  expect((await report(grace.client, 'It reads files that it should not.')).status).toBe(201);
  expect((await report(grace.client, 'It reads files that it should not.')).status).toBe(201);
  expect((await report(stranger, 'There is none of this name here.', 'no-such')).status).toBe(404);
  expect((await report(stranger, 'too short')).status).toBe(422);

  const { code, text } = await command('registry-reports');
  expect(code).toBe(0);
  expect(text.match(/mallory\/steal-keys 1\.0\.0/g)).toHaveLength(2);
  expect(text).toContain('malicious, by grace');
  expect(text).toContain('by somebody without an account');
  expect(text).not.toContain('\u001b');
  // three were taken of six an hour
  for (let i = 0; i < 3; i++) await report(stranger, 'It sends keys away, once more.');
  expect((await report(stranger, 'It sends keys away, once more.')).status).toBe(429);
});

it('serves nothing of what was taken down, and says why', async () => {
  const { skill } = skillPage.parse((await read('/v1/skills/mallory/steal-keys')).json);
  const archive = `/v1/archives/${skill.archiveDigest?.slice(7)}.zip`;
  expect((await command('registry-takedown', 'mallory/steal-keys')).code).toBe(2);
  const done = await command('registry-takedown', 'mallory/steal-keys', '--reason', 'It sends keys away.');
  expect(done).toEqual({ code: 0, text: 'Taken down: mallory/steal-keys 1.0.0\n' });

  for (const path of ['/v1/skills/mallory/steal-keys', '/v1/skills/mallory/steal-keys?version=1.0.0']) {
    const { status, text } = await read(path);
    expect({ path, status }).toEqual({ path, status: 403 });
    expect(text).toMatch(
      /Taken down by the operator of this registry on \d{4}-\d\d-\d\d: It sends keys away\./,
    );
  }
  expect((await read(archive)).status).toBe(404);
  expect((await read(archive, mallory.client)).status).toBe(404);
  for (const path of [
    '/.well-known/agent-skills/index.json',
    '/.well-known/skills/index.json',
    '/b/grace/victim/.well-known/agent-skills/index.json',
    '/b/grace/victim/.well-known/skills/index.json',
    '/api/search?q=steal',
    '/api/v1/search?q=steal',
  ])
    expect({ path, named: (await read(path)).text.includes('steal-keys') }).toEqual({ path, named: false });
  for (const path of [
    '/api/v1/skills/steal-keys',
    '/api/v1/download?slug=steal-keys',
    '/s/mallory/steal-keys/.well-known/agent-skills/index.json',
    '/b/grace/victim/.well-known/skills/steal-keys/SKILL.md',
  ])
    expect({ path, status: (await read(path)).status }).toEqual({ path, status: 404 });

  const victim = bundleInfo.parse((await read('/v1/bundles/grace/victim')).json);
  const gone = victim.skills.find(({ name }) => name === 'steal-keys');
  expect(gone).toMatchObject({
    description: '',
    files: [],
    standing: { removal: { reason: 'It sends keys away.' } },
  });
  const zip = await app.request('/v1/bundles/grace/victim/archive');
  const files = Object.keys(unzipSync(new Uint8Array(await zip.arrayBuffer())));
  expect(files).toContain('keep-notes/SKILL.md');
  expect(files.filter((file) => file.startsWith('steal-keys'))).toEqual([]);
  expect((await command('registry-reports')).text).not.toContain('steal-keys');
});

it('refuses to reuse it, and serves it again when that is undone', async () => {
  const own = skillPage.parse((await read('/v1/skills/mallory/steal-keys', mallory.client)).json);
  const pin = { name: 'steal-keys', version: '1.0.0', publisher: 'mallory', source: 'reuse' as const };
  const reuse = [{ ...pin, contentDigest: own.skill.contentDigest }];
  const again = publishAs(mallory, { name: 'again', visibility: 'private', skills: {}, reuse });
  await expect(again).rejects.toThrow('422');
  const target = { kind: 'skill', owner: 'mallory', name: 'steal-keys' } as const;
  expect(await takeDown(audit, target, null)).toEqual(['1.0.0']);
  expect((await read('/v1/skills/mallory/steal-keys')).status).toBe(200);
});

it('takes down a bundle with the skills that came with it, and no index goes on to the root’s', async () => {
  const target = { kind: 'bundle', owner: 'mallory', name: 'toolbox' } as const;
  expect(await takeDown(audit, target, 'All of it is bad.')).toEqual(['1.0.0']);
  expect(await takeDown(audit, { ...target, version: '9.9.9' }, 'None such.')).toEqual([]);
  expect((await read('/v1/bundles/mallory/toolbox')).status).toBe(403);
  expect((await read('/v1/skills/mallory/tidy-up')).status).toBe(403);
  expect((await read('/v1/bundles/mallory/toolbox', mallory.client)).status).toBe(200);
  expect((await read('/v1/bundles/mallory/toolbox/archive', mallory.client)).status).toBe(404);
  const index = '/b/mallory/toolbox/.well-known/agent-skills/index.json';
  expect((await read(index)).status).toBe(404);
  expect((await read('/.well-known/agent-skills/index.json')).status).toBe(404);
});
