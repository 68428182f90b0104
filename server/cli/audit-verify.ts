import { auditVerdict } from '../audit/audit-verdict.ts';
import { reachStorage } from '../storage/reach-storage.ts';
import { createLog } from '../telemetry/log.ts';

/** `npm run audit:verify`: walks every workspace's chain and names the first bad entry. Exits with 1 when there is one. */

const dataDir = process.env['DATA_DIR'] ?? '.data';
const databaseUrl = process.env['DATABASE_URL'];

const storage = await reachStorage({ databaseUrl, dataDir, log: createLog('error') });
const verdict = await auditVerdict(storage.db, dataDir).finally(() => storage.stop());
for (const line of verdict.lines) console.log(line);
if (!verdict.ok) process.exitCode = 1;
