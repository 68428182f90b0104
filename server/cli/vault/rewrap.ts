import { reachStorage } from '../../storage/reach-storage.ts';
import { createLog } from '../../telemetry/log.ts';
import { openRoots, parseRoots } from '../../vault/roots/read-roots.ts';
import { WorkspaceSecrets } from '../../vault/workspace-secrets.ts';

/**
 * `npm run vault:rewrap`: wraps every workspace's secret by the first root of VAULT_ROOTS. Can be stopped and begun again at any time, while
 * servers and workers run that have both roots.
 */

/** Rows that do not open are told one by one, up to so many. */
const MAX_TOLD = 20;

const storage = await reachStorage({
  databaseUrl: process.env['DATABASE_URL'],
  dataDir: process.env['DATA_DIR'] ?? '.data',
  log: createLog('error'),
});
try {
  const roots = openRoots(parseRoots(process.env['VAULT_ROOTS'] ?? ''), []);
  const secrets = new WorkspaceSecrets(storage.db, roots);
  let count = 0;
  const faults: string[] = [];
  for (let next = await secrets.rewrapNext(''); next; next = await secrets.rewrapNext(next.workspaceId)) {
    if (next.fault === undefined) count += 1;
    else faults.push(next.fault);
  }
  console.log(`${count} workspaces were wrapped anew by ${roots[0]?.id}.`);
  for (const fault of faults.slice(0, MAX_TOLD)) console.error(fault);
  if (faults.length === 0)
    console.log('None is left by another root: those can be taken out of VAULT_ROOTS.');
  else {
    console.error(
      `${faults.length} were left as they are. Keep their root in VAULT_ROOTS, and run this again.`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  // its own words: of a root, a setting or the database, and none of them quotes a secret
  console.error(error instanceof Error ? error.message : 'It failed.');
  process.exitCode = 1;
} finally {
  await storage.stop();
}
