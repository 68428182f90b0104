import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { sharedPart } from './parts/run-parts.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Inside the project, so that what is built finds its packages. */
const CACHE = join(ROOT, 'node_modules/.cache/oneturn');
const KEPT_MS = 24 * 3_600_000;
const SOURCES = {
  product: ['server', 'shared', 'web'],
  programs: ['server', 'shared', 'test'],
} as const;

/** What `npm start` serves: a folder with `server/` and `web/` in it. No running `npm start` is disturbed. */
export async function buildProduct(): Promise<string> {
  return (await sharedPart('product'))?.folder ?? buildOnce('product');
}

/** A program of the project as one JavaScript file and what it imports: a loader of TypeScript takes two seconds at every start. */
export async function buildProgram(source: ProgramSource): Promise<string> {
  const folder = (await sharedPart('programs'))?.folder ?? (await buildOnce('programs'));
  return join(folder, source.replace(/\.ts$/, '.js'));
}

/** What tests spawn besides the product's own two programs. */
export const PROGRAMS = [
  'server/cli/analyze.ts',
  'server/cli/audit-verify.ts',
  'server/cli/vault/rewrap.ts',
  'server/cli/vault/verify.ts',
  'server/cli/compose.ts',
  'server/cli/publish.ts',
  'server/cli/verify.ts',
  'test/sandbox/main.ts',
  'test/leak/detection/planter.ts',
  'test/leak/test-server.ts',
  'test/server/storage/embedded/run-storage.ts',
] as const;
export type ProgramSource = (typeof PROGRAMS)[number];

/** Built once for each state of the sources: the folder is named after them. In a process of its own, where NODE_ENV is production. */
export async function buildOnce(what: keyof typeof SOURCES): Promise<string> {
  mkdirSync(CACHE, { recursive: true });
  const folder = join(CACHE, `${what}-${digestOf(SOURCES[what])}`);
  if (existsSync(folder)) return folder;
  removeOld(what);
  const draft = mkdtempSync(join(CACHE, 'draft-'));
  // tests start programs as other users too
  chmodSync(draft, 0o755);
  await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'test/build-now.ts'), what, draft],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  try {
    renameSync(draft, folder);
  } catch (error) {
    // another run was first
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function digestOf(folders: readonly string[]): string {
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json', 'vite.config.ts', 'test/build-now.ts'])
    files.push(join(ROOT, name));
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function removeOld(what: string): void {
  for (const name of readdirSync(CACHE)) {
    const folder = join(CACHE, name);
    const ours = name.startsWith(`${what}-`) || name.startsWith('draft-');
    if (ours && Date.now() - statSync(folder).mtimeMs > KEPT_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}
