import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../../../server/storage/database.ts';
import { fileRoot } from '../../../server/vault/roots/file-root.ts';
import type { VaultFault } from '../../../server/vault/verify/vault-fault.ts';
import { type VaultVerdict, verifyVault } from '../../../server/vault/verify/verify-vault.ts';
import { WorkspaceSecrets } from '../../../server/vault/workspace-secrets.ts';

/** A root that outlives the servers which use it. */
export function makeRoot(): {
  readonly folder: string;
  readonly file: string;
  readonly setting: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-root-'));
  const file = join(folder, 'root');
  writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return {
    folder,
    file,
    setting: `r1=file:${file}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What `npm run vault:verify` would say. */
export function verified(db: Kysely<Database>, rootFile: string): Promise<VaultVerdict> {
  return verifyVault(db, new WorkspaceSecrets(db, [fileRoot('r1', rootFile)]));
}

/** What it would say behind a change that somebody made by SQL; the change is taken back. */
export async function behind(
  db: Kysely<Database>,
  rootFile: string,
  change: (trx: Transaction<Database>) => Promise<unknown>,
): Promise<readonly VaultFault[]> {
  const trx = await db.startTransaction().execute();
  try {
    await change(trx);
    return (await verified(trx, rootFile)).faults;
  } finally {
    await trx.rollback().execute();
  }
}
