import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEAD_KEY } from '../audit/head-file.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { reachStorage } from '../storage/reach-storage.ts';
import { createLog } from '../telemetry/log.ts';

/** `npm run audit:verify`: walks every workspace's chain and names the first bad entry. Exits with 1 when there is one. */

const dataDir = process.env['DATA_DIR'] ?? '.data';
const headFile = process.env['AUDIT_HEAD_FILE'] ?? join(dataDir, 'audit-heads.log');
const databaseUrl = process.env['DATABASE_URL'];

const storage = await reachStorage({ databaseUrl, dataDir, log: createLog('error') });
const key = publicKey();
const verdict = await verifyAudit(storage.db, headFile, key).finally(() => storage.stop());

if (verdict.ok) {
  console.log(`${verdict.entries} audit entries of ${verdict.workspaces} workspaces: unbroken.`);
  if (!verdict.headFile)
    console.log(`There is no ${headFile}, so a chain that was made anew as a whole would not show.`);
  else if (!key)
    console.log(`There is no ${HEAD_KEY} in ${dataDir}, so the signatures of ${headFile} were not checked.`);
} else if ('headLine' in verdict) {
  console.log(
    `The entries are unbroken, but ${headFile} is not as it was written, at line ${verdict.headLine}: ${verdict.fault}.`,
  );
  process.exitCode = 1;
} else {
  console.log(
    `The audit log of workspace ${verdict.workspaceId} is broken at entry ${verdict.seq}: ${verdict.fault}.`,
  );
  process.exitCode = 1;
}

/** Of the key that signs the lines; only the server that wrote them has it. */
function publicKey() {
  try {
    return createPublicKey(readFileSync(join(dataDir, HEAD_KEY)));
  } catch {
    return undefined;
  }
}
