import { join } from 'node:path';
import { verifyAudit } from '../audit/verify-audit.ts';
import { reachStorage } from '../storage/reach-storage.ts';
import { createLog } from '../telemetry/log.ts';

/** `npm run audit:verify`: walks every workspace's chain and names the first bad entry. Exits with 1 when there is one. */

const dataDir = process.env['DATA_DIR'] ?? '.data';
const headFile = process.env['AUDIT_HEAD_FILE'] ?? join(dataDir, 'audit-heads.log');
const databaseUrl = process.env['DATABASE_URL'];

const storage = await reachStorage({ databaseUrl, dataDir, log: createLog('error') });
const verdict = await verifyAudit(storage.db, headFile).finally(() => storage.stop());

if (verdict.ok) {
  console.log(`${verdict.entries} audit entries of ${verdict.workspaces} workspaces: unbroken.`);
  if (!verdict.headFile)
    console.log(`There is no ${headFile}, so a chain that was made anew as a whole would not show.`);
} else {
  console.log(
    `The audit log of workspace ${verdict.workspaceId} is broken at entry ${verdict.seq}: ${verdict.fault}.`,
  );
  process.exitCode = 1;
}
