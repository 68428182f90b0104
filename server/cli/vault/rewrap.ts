import { reachStorage } from '../../storage/reach-storage.ts';
import { createLog } from '../../telemetry/log.ts';
import { openRoots, parseRoots } from '../../vault/roots/read-roots.ts';
import { WorkspaceSecrets } from '../../vault/workspace-secrets.ts';

/**
 * `npm run vault:rewrap`: wraps every workspace's secret by the first root of VAULT_ROOTS. Can be stopped and begun again at any time, while
 * servers and workers run that have both roots.
 */

const storage = await reachStorage({
  databaseUrl: process.env['DATABASE_URL'],
  dataDir: process.env['DATA_DIR'] ?? '.data',
  log: createLog('error'),
});
try {
  const roots = openRoots(parseRoots(process.env['VAULT_ROOTS'] ?? ''), []);
  const secrets = new WorkspaceSecrets(storage.db, roots);
  let count = 0;
  while (await secrets.rewrapOne()) count += 1;
  console.log(
    `${count} workspaces were wrapped anew by ${roots[0]?.id}; none is left by another root. Those can be taken out of VAULT_ROOTS.`,
  );
} catch (error) {
  // its own words: of a root, a setting or the database, and none of them quotes a secret
  console.error(error instanceof Error ? error.message : 'It failed.');
  process.exitCode = 1;
} finally {
  await storage.stop();
}
