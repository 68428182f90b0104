import { join } from 'node:path';
import { restoreBackup } from '../storage/restore.ts';
import { StorageError } from '../storage/storage-error.ts';
import { createLog } from '../telemetry/log.ts';

/** `npm run restore -- file`: an empty data folder, filled from a backup. */

const dataDir = process.env['DATA_DIR'] ?? '.data';
const headFile = process.env['AUDIT_HEAD_FILE'] ?? join(dataDir, 'audit-heads.log');
const [file] = process.argv.slice(2);

if (file === undefined) {
  console.error('Say which: npm run restore -- oneturn-2026-11-28T120000.tar.gz');
  process.exit(2);
}
try {
  const { createdAt, database, heads } = await restoreBackup({
    ...{ dataDir, headFile, file },
    log: createLog('error'),
  });
  console.log(`${dataDir} is as it was on ${createdAt}. Check it: npm run audit:verify`);
  if (!heads) console.log(`${headFile} was there already and was left as it is.`);
  if (!database)
    console.log('The database is not in this backup: restore that of DATABASE_URL by its own means.');
} catch (error) {
  if (!(error instanceof StorageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
