import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SkillText } from '../../../shared/registry/content-digest.ts';
import { SIGNATURE_FILE } from '../../../shared/signing/model-signature.ts';
import { testStorage } from '../database.ts';
import { skillFiles } from './author.ts';
import { type Author, publishAs, signUpAuthor, testRegistry } from './registry-app.ts';

/** Clients that nobody here wrote, over a real socket: what they install is what was published, byte for byte. */

const MODULES = join(import.meta.dirname, '../../../node_modules');
const storage = await testStorage();
const { app } = testRegistry(storage);
const server = createServer(getRequestListener(app.fetch));
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
// as: a TCP server's address is not a string
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const home = mkdtempSync(join(tmpdir(), 'oneturn-clients-'));
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

const graft = skillFiles('graft-trees');
const prune = skillFiles('prune-hedges');
let gardener: Author;
beforeAll(async () => {
  gardener = await signUpAuthor(app, 'gardener');
  await publishAs(gardener, { name: 'orchard', skills: { 'graft-trees': graft, 'prune-hedges': prune } });
});

interface Ran {
  readonly code: number;
  readonly output: string;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
) {
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    DISABLE_TELEMETRY: '1',
    DO_NOT_TRACK: '1',
    CI: '1',
    ...more,
  };
  return new Promise<Ran>((done) => {
    execFile(program, [...args], { cwd, env, timeout: 240_000 }, (error, stdout, stderr) =>
      done({ code: error ? 1 : 0, output: `${stdout}\n${stderr}` }),
    );
  });
}

function folder(name: string): string {
  return mkdtempSync(join(home, `${name}-`));
}

function filesIn(root: string): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}

const textsOf = (files: readonly SkillText[]) =>
  Object.fromEntries(files.map(({ path, content }) => [path, content]));

const clawdhub = (args: readonly string[], cwd: string) =>
  run(
    process.execPath,
    [join(MODULES, 'clawdhub/bin/clawdhub.js'), ...args, '--registry', url, '--no-input'],
    cwd,
  );

it('clawdhub finds, installs and updates a skill', { timeout: 300_000 }, async () => {
  const cwd = folder('clawdhub');
  expect((await clawdhub(['search', 'graft'], cwd)).output).toContain('graft-trees');
  const installed = await clawdhub(['install', 'graft-trees', '--workdir', cwd], cwd);
  expect(installed.code, installed.output).toBe(0);
  const own = (): Readonly<Record<string, string>> => {
    const all = Object.entries(filesIn(join(cwd, 'skills/graft-trees')));
    return Object.fromEntries(all.filter(([path]) => !path.startsWith('.') && path !== SIGNATURE_FILE));
  };
  expect(own()).toEqual(textsOf(graft));

  const current = await clawdhub(['update', '--all', '--workdir', cwd], cwd);
  expect(current.output).toMatch(/up to date/i);
  const better = skillFiles('graft-trees', '1. Wait for spring.\n');
  await publishAs(gardener, {
    name: 'orchard',
    version: '1.1.0',
    skills: { 'graft-trees': better, 'prune-hedges': prune },
  });
  const updated = await clawdhub(['update', '--all', '--workdir', cwd], cwd);
  expect(updated.output).toContain('1.1.0');
  expect(own()).toEqual(textsOf(better));
});

it('`skills find` is told of skills, and of where `skills add` gets them', { timeout: 300_000 }, async () => {
  const found = await run(
    process.execPath,
    [join(MODULES, 'skills/bin/cli.mjs'), 'find', 'prune hedges'],
    folder('find'),
    {
      SKILLS_API_URL: url,
    },
  );
  expect(found.output).toContain('prune-hedges');
  const { skills } = await (await fetch(`${url}/api/search?q=orchard&limit=5`)).json();
  expect(skills).toContainEqual({
    ...{ id: 'gardener/graft-trees', name: 'graft-trees', source: `${url}/s/gardener/graft-trees` },
    installs: expect.any(Number),
  });
});

it('npm installs a bundle as the package that a plugin’s entry names', { timeout: 300_000 }, async () => {
  await publishAs(gardener, { name: 'pond', skills: { 'feed-fish': skillFiles('feed-fish') } });
  for (const path of ['/marketplace.json', '/b/gardener/pond/marketplace.json']) {
    const market = await (await fetch(url + path)).json();
    const plugin = market.plugins.find(({ name }: { name: string }) => name === 'pond');
    expect(plugin.source).toEqual({
      source: 'npm',
      package: '@gardener/pond',
      version: '1.0.0',
      registry: `${url}/npm`,
    });
  }
  const cwd = folder('npm');
  mkdirSync(join(cwd, 'cache'));
  const args = ['install', '@gardener/pond@1.0.0', '--registry', `${url}/npm`, '--no-audit', '--no-fund'];
  const ran = await run('npm', [...args, '--cache', join(cwd, 'cache')], cwd);
  expect(ran.code, ran.output).toBe(0);
  const files = filesIn(join(cwd, 'node_modules/@gardener/pond'));
  const skill = Object.fromEntries(
    textEntries(skillFiles('feed-fish')).map(([path, text]) => [`skills/feed-fish/${path}`, text]),
  );
  expect(files).toMatchObject(skill);
  expect(JSON.parse(files['.claude-plugin/plugin.json'] ?? '')).toMatchObject({
    name: 'pond',
    version: '1.0.0',
  });
  expect(Object.keys(files).toSorted()).toEqual([
    ...['.claude-plugin/plugin.json', 'bundle.json', 'bundle.oms.sig', 'package.json'],
    ...[
      'skills/feed-fish/SKILL.md',
      'skills/feed-fish/references/guide.md',
      'skills/feed-fish/skill.oms.sig',
    ],
  ]);
});

function textEntries(files: readonly SkillText[]): readonly (readonly [string, string])[] {
  return files.map(({ path, content }) => [path, content]);
}

it('tells none of them of what is not public', async () => {
  for (const [name, visibility] of [
    ['cellar', 'unlisted'],
    ['diary', 'private'],
  ] as const)
    await publishAs(gardener, { name, visibility, skills: { [`keep-${name}`]: skillFiles(`keep-${name}`) } });
  for (const path of [
    ...['/npm/@gardener%2fcellar', '/npm/@gardener/cellar/-/cellar-1.0.0.tgz', '/npm/@gardener%2fdiary'],
    ...['/b/gardener/cellar/marketplace.json', '/b/gardener/diary/marketplace.json'],
    ...[
      '/api/v1/skills/keep-cellar',
      '/api/v1/skills/keep-cellar/versions/1.0.0',
      '/api/v1/resolve?slug=keep-diary',
    ],
    ...['/api/v1/download?slug=keep-cellar', '/api/v1/download?slug=keep-diary&version=1.0.0'],
  ])
    expect((await fetch(url + path)).status, path).toBe(404);
  for (const path of ['/api/search?q=keep', '/api/v1/search?q=keep', '/api/v1/skills', '/marketplace.json'])
    expect(await (await fetch(url + path)).text(), path).not.toMatch(/keep-|cellar|diary/);
});

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
it.skipIf(major < 22 || (major === 22 && minor < 20))(
  'skills 1.7 installs one skill and takes the next version of it (from Node 22.20)',
  { timeout: 300_000 },
  async () => {
    const cwd = folder('skills-next');
    const client = (args: readonly string[]) =>
      run(process.execPath, [join(MODULES, 'skills-next/bin/cli.mjs'), ...args], cwd);
    const added = await client([
      'add',
      `${url}/s/gardener/prune-hedges`,
      '-a',
      'claude-code',
      '--copy',
      '-y',
    ]);
    expect(added.code, added.output).toBe(0);
    const { [SIGNATURE_FILE]: _signature, ...texts } = filesIn(join(cwd, '.claude/skills/prune-hedges'));
    expect(texts).toEqual(textsOf(prune));
    const better = skillFiles('prune-hedges', '1. Mind the nests.\n');
    await publishAs(gardener, {
      name: 'orchard',
      version: '1.2.0',
      skills: { 'graft-trees': graft, 'prune-hedges': better },
    });
    const updated = await client(['update', '-y']);
    expect(updated.code, updated.output).toBe(0);
    expect(filesIn(join(cwd, '.claude/skills/prune-hedges'))['SKILL.md']).toContain('Mind the nests.');
  },
);

it('names the newest bundles where there are too many for one marketplace, and says that there are more', async () => {
  const names = async () => {
    const { plugins, metadata } = (await (await app.request('/marketplace.json')).json()) as {
      readonly plugins: readonly { readonly name: string }[];
      readonly metadata?: { readonly description: string };
    };
    return { names: plugins.map(({ name }) => name), metadata };
  };
  expect((await names()).metadata).toBeUndefined();
  // by somebody who comes before in the alphabet, and published before
  await sql`
    insert into bundles (id, owner_id, workspace_id, handle, name, version, version_order, published_as, manifest, signature,
      signing_key, description, licence, categories, search, published_at)
    select gen_random_uuid(), owner_id, workspace_id, 'aaa', 'old-' || n, version, version_order, published_as, manifest,
      signature, signing_key, description, licence, categories, search, published_at - interval '1 day'
    from bundles, generate_series(1, 1200) n where name = 'orchard' and version = '1.0.0'
  `.execute(storage.db);
  const many = await names();
  expect(many.names).toHaveLength(1000);
  expect(many.names).toContain('orchard');
  expect(many.metadata?.description).toContain('1000 bundles');
});
