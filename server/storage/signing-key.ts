import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDataDir } from './data-dir.ts';

/** An Ed25519 signing key of this server, made once and kept in the data folder under that name. */
export function signingKey(dataDir: string, name: string): KeyObject {
  ensureDataDir(dataDir);
  const file = join(dataDir, name);
  const draft = `${file}.${randomUUID()}`;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  try {
    // Linked into place whole: of two processes that start together on one folder, one makes the key and both read all of it.
    writeFileSync(draft, pem, { mode: 0o600, flag: 'wx' });
    linkSync(draft, file);
    return createPrivateKey(pem);
  } catch {
    return createPrivateKey(readFileSync(file, 'utf8'));
  } finally {
    rmSync(draft, { force: true });
  }
}
