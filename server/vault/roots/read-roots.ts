import { timingSafeEqual } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ConfigError } from '../../config/config.ts';
import { commandRoot } from './command-root.ts';
import { fileRoot, readRootFile } from './file-root.ts';
import { type Root, VaultSealed } from './root.ts';

const ROOT = /^([a-z0-9][a-z0-9-]{0,31})=(file|command):(.+)$/;

/** `VAULT_ROOTS`, a list of `id=file:/path` and `id=command:/path`. */
export interface NamedRoot {
  readonly id: string;
  readonly kind: 'file' | 'command';
  readonly path: string;
}

/** Throws `ConfigError` where the setting is no list of roots. Reads no file. */
export function parseRoots(setting: string): readonly NamedRoot[] {
  const roots = setting
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((text): NamedRoot => {
      const [, id, kind, path] = ROOT.exec(text) ?? [];
      if (
        id === undefined ||
        (kind !== 'file' && kind !== 'command') ||
        path === undefined ||
        !isAbsolute(path)
      )
        throw new ConfigError(
          'VAULT_ROOTS is not valid: give roots like r1=file:/path or r1=command:/path, with absolute paths, separated by commas.',
        );
      return { id, kind, path };
    });
  if (new Set(roots.map(({ id }) => id)).size !== roots.length)
    throw new ConfigError('VAULT_ROOTS has one id twice. Every root needs an id of its own, for ever.');
  return roots;
}

/** A backup of that folder has the database in it: with a root beside it, whoever has the backup has the keys. Throws `ConfigError`. */
export function refuseInside(named: readonly NamedRoot[], dataDir: string): void {
  const inside = named.find(({ kind, path }) => {
    const way = relative(realFolder(dataDir), join(realFolder(dirname(path)), basename(path)));
    return kind === 'file' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
  if (inside)
    throw new ConfigError(
      `The root file ${inside.path} lies in DATA_DIR, so that backups would hold it beside the keys. Move it elsewhere, and change VAULT_ROOTS.`,
    );
}

/** Without links on its way; as it is named where it is not there. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/**
 * The roots that can be used. A file that is not there is no reason to refuse the start: what does not touch the vault goes on, the vault's
 * routes say what is wrong, and it is looked for again at every use. `secrets`: other settings that a root must differ from.
 */
export function openRoots(
  named: readonly NamedRoot[],
  secrets: readonly (string | undefined)[],
): readonly Root[] {
  return named.map(({ id, kind, path }) => {
    if (kind === 'command') return commandRoot(id, path);
    const open = (): Root => {
      refuseShared(path, secrets);
      return fileRoot(id, path);
    };
    try {
      return open();
    } catch (error) {
      if (!(error instanceof VaultSealed)) throw error;
      return openedLater(id, open);
    }
  });
}

/** A file that was away when the server started, or was no root: as soon as it is put right it counts. */
function openedLater(id: string, open: () => Root): Root {
  let root: Root | undefined;
  return {
    id,
    mac: async (context) => {
      try {
        root ??= open();
      } catch (error) {
        // it is another setting's secret: found at the start it would have stopped that
        throw error instanceof ConfigError ? new VaultSealed(error.message) : error;
      }
      return root.mac(context);
    },
  };
}

/** A root that is also another secret goes wherever that one goes. */
function refuseShared(path: string, secrets: readonly (string | undefined)[]): void {
  const root = readRootFile(path);
  try {
    const forms = (secret: string): readonly Buffer[] => [
      Buffer.from(secret),
      Buffer.from(secret, 'base64url'),
      Buffer.from(secret, 'hex'),
    ];
    const shared = secrets.some(
      (secret) =>
        secret !== undefined &&
        forms(secret).some((form) => form.length === root.length && timingSafeEqual(form, root)),
    );
    if (shared)
      throw new ConfigError(
        'A root of VAULT_ROOTS is also AUTH_SECRET or SEALING_SECRET. Make one of its own: npm run vault:init.',
      );
  } finally {
    root.fill(0);
  }
}
