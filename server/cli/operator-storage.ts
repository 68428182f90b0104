import { join } from 'node:path';
import { type Audit, createAudit } from '../audit/create-audit.ts';
import { HEAD_KEY } from '../audit/head-file.ts';
import { reachStorage } from '../storage/reach-storage.ts';
import { signingKey } from '../storage/signing-key.ts';
import type { Storage } from '../storage/start-storage.ts';
import { createLog } from '../telemetry/log.ts';

/** For commands of operators: the database of the settings, beside a server that runs or alone, and its audit log. Closed after `work`. */
export async function withStorage<T>(work: (db: Storage['db'], audit: Audit) => Promise<T>): Promise<T> {
  const dataDir = process.env['DATA_DIR'] ?? '.data';
  const headFile = process.env['AUDIT_HEAD_FILE'] ?? join(dataDir, 'audit-heads.log');
  const log = createLog('error');
  const storage = await reachStorage({ databaseUrl: process.env['DATABASE_URL'], dataDir, log });
  const audit = createAudit({ db: storage.db, headFile, headKey: signingKey(dataDir, HEAD_KEY), log });
  return work(storage.db, audit).finally(() => audit.stop().then(() => storage.stop()));
}
