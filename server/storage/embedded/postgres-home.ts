import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StorageError } from '../storage-error.ts';

/**
 * Where the embedded PostgreSQL lives, and as whom. PostgreSQL refuses to run as root, so root hands it to an unprivileged user,
 * who must be able to reach the folder: `/root` is closed to others. The choice is written down once, so that a folder whose
 * mode changes later cannot make a database seem to vanish.
 */

/** `nobody` on Linux; only the number matters, it needs no entry in /etc/passwd. */
const NOBODY = 65_534;

export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresHome {
  readonly dir: string;
  /** Undefined: as ourselves. */
  readonly user: PostgresUser | undefined;
}

export function postgresHome(dataDir: string): PostgresHome {
  const isRoot = process.getuid?.() === 0;
  const dir = rememberedHome(dataDir) ?? chooseHome(dataDir, isRoot);
  // initdb calls a shell, with these unescaped
  if (/["$`\n]/.test(dir))
    throw new StorageError(
      'PostgreSQL’s programs take no path with a quotation mark, a dollar sign or a backtick in it. Choose another DATA_DIR.',
    );
  mkdirSync(dir, { recursive: true });

  const user = isRoot ? ownerOf(join(dir, 'cluster')) : undefined;
  if (user !== undefined) {
    if (!canReach(dir, user))
      throw new StorageError(
        `User ${user.uid}, who runs PostgreSQL, cannot reach ${dir}. Allow it with: chmod a+x on its parent folders.`,
      );
    handOver(dir, user);
  } else {
    requireOurs(join(dir, 'cluster'));
    chmodSync(dir, 0o700);
  }
  return { dir, user };
}

function chooseHome(dataDir: string, isRoot: boolean): string {
  const inside = join(realpathSync(dataDir), 'postgres');
  if (isRoot) openToPass(dirname(inside));
  const dir = !isRoot || canReach(dirname(inside), { uid: NOBODY, gid: NOBODY }) ? inside : outside(inside);
  writeFileSync(join(dataDir, 'postgres-home'), `${dir}\n`, { mode: 0o600 });
  return dir;
}

export function rememberedHome(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'postgres-home'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Our own folder may be passed through, not read: what is secret in it has modes of its own. Its parents are not ours to open. */
function openToPass(dataDir: string): void {
  const { uid, mode } = statSync(dataDir);
  if (
    uid === 0 &&
    (mode & constants.S_IXOTH) === 0 &&
    canReach(dirname(dataDir), { uid: NOBODY, gid: NOBODY })
  ) {
    chmodSync(dataDir, (mode & 0o7777) | constants.S_IXGRP | constants.S_IXOTH);
  }
}

/** A folder of its own for each data folder, named after it. */
function outside(inside: string): string {
  const name = createHash('sha256').update(inside).digest('hex').slice(0, 12);
  for (const parent of ['/var/lib/oneturn', '/var/tmp/oneturn']) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o711 });
      // someone else may have made it in /var/tmp
      if (statSync(parent).uid !== 0) continue;
      accessSync(parent, constants.W_OK);
      return join(parent, name);
    } catch {}
  }
  throw new StorageError(
    'No folder can be reached by an unprivileged user. Run Oneturn as another user than root, or give it a PostgreSQL with DATABASE_URL.',
  );
}

/** Root may find a cluster that an ordinary user made: PostgreSQL then runs as that user. */
function ownerOf(cluster: string): PostgresUser {
  try {
    const { uid, gid } = statSync(cluster);
    return uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
  } catch {
    return { uid: NOBODY, gid: NOBODY };
  }
}

function requireOurs(cluster: string): void {
  let owner: number;
  try {
    owner = statSync(cluster).uid;
  } catch {
    return;
  }
  const me = process.getuid?.();
  if (me === undefined || owner === me) return;
  throw new StorageError(
    `The database in ${cluster} belongs to user ${owner}, but Oneturn runs as user ${me}. Run it as before, or change the owner with chown -R.`,
  );
}

function handOver(dir: string, user: PostgresUser): void {
  try {
    chownSync(dir, user.uid, user.gid);
    chmodSync(dir, 0o700);
  } catch {
    throw new StorageError(
      `Root may not change the owner of ${dir} here. Run Oneturn as another user than root, or give it a PostgreSQL with DATABASE_URL.`,
    );
  }
}

function canReach(dir: string, user: PostgresUser): boolean {
  for (let folder = dir; ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder);
    let bit = constants.S_IXOTH;
    if (uid === user.uid) bit = constants.S_IXUSR;
    else if (gid === user.gid) bit = constants.S_IXGRP;
    if ((mode & bit) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}
