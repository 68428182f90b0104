import { auditVerdict } from '../../audit/audit-verdict.ts';
import { reachStorage } from '../../storage/reach-storage.ts';
import { createLog } from '../../telemetry/log.ts';
import { openRoots, parseRoots } from '../../vault/roots/read-roots.ts';
import { verifyVault } from '../../vault/verify/verify-vault.ts';
import { WorkspaceSecrets } from '../../vault/workspace-secrets.ts';

/**
 * `npm run vault:verify`: whether every stored key opens and every call on one stands as it was written, here and in the audit log. Names
 * what does not. Exits with 1 where there is such.
 */

const MAX_TOLD = 20;

const dataDir = process.env['DATA_DIR'] ?? '.data';
const databaseUrl = process.env['DATABASE_URL'];
const storage = await reachStorage({ databaseUrl, dataDir, log: createLog('error') });
try {
  const roots = openRoots(parseRoots(process.env['VAULT_ROOTS'] ?? ''), []);
  const secrets = new WorkspaceSecrets(storage.db, roots);
  await secrets.ready();
  // one view of all of it, whatever servers write meanwhile
  const verdict = await storage.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => verifyVault(snapshot, secrets));
  const { workspaces, keys, runs, calls, faults } = verdict;
  const audit = await auditVerdict(storage.db, dataDir);
  for (const { workspaceId, about, id, record, fault } of faults.slice(0, MAX_TOLD))
    console.log(
      `Workspace ${workspaceId}, ${about === 'workspace' ? 'its secret' : `${about} ${id}`}${record === undefined ? '' : `, record ${record}`}: ${fault}.`,
    );
  if (faults.length > MAX_TOLD) console.log(`And ${faults.length - MAX_TOLD} more.`);
  if (faults.length === 0)
    console.log(
      `${keys} keys of ${workspaces} workspaces, ${calls} records of ${runs} runs: as they were written.`,
    );
  // the records are held against it
  for (const line of audit.lines) console.log(line);
  if (faults.length > 0 || !audit.ok) process.exitCode = 1;
} catch (error) {
  // its own words: of a root, a setting or the database, and none of them quotes a secret
  console.error(error instanceof Error ? error.message : 'It failed.');
  process.exitCode = 1;
} finally {
  await storage.stop();
}
