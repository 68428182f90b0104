import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { validate } from 'skills-ref';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRegistry } from '../../../server/registry/create-registry.ts';
import type { SkillText } from '../../../shared/registry/content-digest.ts';
import { SIGNATURE_FILE, verifyFiles } from '../../../shared/signing/model-signature.ts';
import { makeSigner, registrationOf, textFile } from '../../shared/signing/signer.ts';
import { signUp, testAccounts } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { signedBundle, skillFiles } from './author.ts';

/** The client `skills` 1.5.18 against the registry over a real socket: what it installs is what was published, byte for byte. */

const CLIENT = join(import.meta.dirname, '../../../node_modules/skills/bin/cli.mjs');
const { db } = await testStorage();
const { app, audit, findWho } = testAccounts({ db });
let clock = 0;
const registry = createRegistry({
  db,
  audit,
  findWho,
  log: quiet,
  addressOf: () => '192.0.2.1',
  now: () => clock,
});
void registry.stop();
app.route('/', registry.routes);
const server = createServer(getRequestListener(app.fetch));
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
// as: a TCP server's address is not a string
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const home = mkdtempSync(join(tmpdir(), 'oneturn-install-'));
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

const signer = await makeSigner();
/** As the wizard sends them, when their author wants them to go out. */
const EVALS = [
  {
    path: 'evals/trigger-evals.json',
    content: '[{"query":"Prune the beech “hedge”","should_trigger":true}]\n',
  },
  { path: 'evals/files/hedges.csv', content: 'beech;2 m\r\n' },
];
const own = {
  'graft-trees': skillFiles('graft-trees'),
  'prune-hedges': [...skillFiles('prune-hedges'), ...EVALS],
};
beforeAll(async () => {
  const client = await signUp(app, 'gardener');
  await client.send('POST', '/v1/signing-keys', await registrationOf('gardener', signer));
  for (const [name, skills] of [
    ['orchard', own],
    ['pond', { 'feed-fish': skillFiles('feed-fish') }],
  ] as const) {
    const wish = await signedBundle({ handle: 'gardener', name, skills }, signer);
    expect((await client.send('POST', '/v1/bundles', wish)).status).toBe(201);
  }
});

it('installs exactly the bundle, whose files are valid and signed', async () => {
  const folder = await add('/b/gardener/orchard');
  expect(readdirSync(folder).sort()).toEqual(Object.keys(own));
  for (const [name, files] of Object.entries(own)) {
    const texts = filesIn(join(folder, name));
    const { [SIGNATURE_FILE]: signature = '', ...rest } = texts;
    expect(rest).toEqual(textsOf(files));
    const signed = files.map(({ path, content }) => textFile(path, content));
    expect(await verifyFiles(signature, name, signed, signer)).toEqual({ ok: true });
    expect(await validate(join(folder, name))).toEqual([]);
  }
});

it('installs everything from the root, and nothing in place of a bundle that is not there', async () => {
  expect(readdirSync(await add('')).sort()).toEqual(['feed-fish', 'graft-trees', 'prune-hedges']);
  clock += 10_000;
  await expect(add('/b/gardener/none')).rejects.toThrow();
  clock += 10_000;
  expect((await fetch(`${url}/.well-known/agent-skills/index.json`)).status).toBe(200);
});

it('serves the same files by discovery 0.1.0', async () => {
  const base = `${url}/b/gardener/orchard/.well-known/skills`;
  const index = await (await fetch(`${base}/index.json`)).json();
  expect(index).toMatchObject({
    skills: [{ name: 'graft-trees', files: ['SKILL.md', 'references/guide.md'] }, { name: 'prune-hedges' }],
  });
  const text = await (await fetch(`${base}/graft-trees/references/guide.md`)).text();
  expect(text).toBe(own['graft-trees'][1]?.content);
  expect((await fetch(`${base}/feed-fish/SKILL.md`)).status).toBe(404);
});

/** The folder into which the client put its skills; rejects when it fails, or installs none. */
async function add(path: string): Promise<string> {
  const cwd = mkdtempSync(join(home, 'project-'));
  const env = { PATH: process.env['PATH'], HOME: cwd, DISABLE_TELEMETRY: '1', DO_NOT_TRACK: '1', CI: '1' };
  const args = [CLIENT, 'add', url + path, '--skill', '*', '-a', 'claude-code', '--copy', '-y'];
  await new Promise<void>((done, fail) => {
    execFile(process.execPath, args, { cwd, env, timeout: 60_000 }, (error) =>
      error ? fail(error) : done(),
    );
  });
  const folder = join(cwd, '.claude/skills');
  readdirSync(folder);
  return folder;
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

function textsOf(files: readonly SkillText[]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}
