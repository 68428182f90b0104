import { join } from 'node:path';
import { makeBackup } from '../storage/backup.ts';
import { StorageError } from '../storage/storage-error.ts';
import { createLog } from '../telemetry/log.ts';

/** `npm run backup -- [file]`: the data folder in one archive, also while the server runs. */

const dataDir = process.env['DATA_DIR'] ?? '.data';
const headFile = process.env['AUDIT_HEAD_FILE'] ?? join(dataDir, 'audit-heads.log');
const withDatabase = process.env['DATABASE_URL'] === undefined;
const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
const [file = `oneturn-${stamp}.tar.gz`] = process.argv.slice(2);

try {
  await makeBackup({ dataDir, headFile, file, withDatabase, log: createLog('error') });
  console.log(
    `${file} has the signing keys and secrets of ${dataDir}, the audit log's heads${withDatabase ? ' and the database' : ''}. It is as secret as the server: keep it so.`,
  );
  if (!withDatabase)
    console.log('The database of DATABASE_URL is not in it: back it up with pg_dump, after this file.');
} catch (error) {
  if (!(error instanceof StorageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
