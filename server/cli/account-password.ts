import { join } from 'node:path';
import { resetPassword } from '../accounts/reset-password.ts';
import { createAudit } from '../audit/create-audit.ts';
import { HEAD_KEY } from '../audit/head-file.ts';
import { reachStorage } from '../storage/reach-storage.ts';
import { signingKey } from '../storage/signing-key.ts';
import { createLog } from '../telemetry/log.ts';

/** `npm run account:password -- user@example.com`: gives an account a new password, which is shown once, and ends its sessions. */

const [email] = process.argv.slice(2);
const dataDir = process.env['DATA_DIR'] ?? '.data';
const headFile = process.env['AUDIT_HEAD_FILE'] ?? join(dataDir, 'audit-heads.log');
const log = createLog('error');

if (email === undefined) {
  console.error('Say whose: npm run account:password -- user@example.com');
  process.exit(2);
}
const storage = await reachStorage({ databaseUrl: process.env['DATABASE_URL'], dataDir, log });
const audit = createAudit({ db: storage.db, headFile, headKey: signingKey(dataDir, HEAD_KEY), log });
const reset = await resetPassword(storage.db, audit, email).finally(() =>
  audit.stop().then(() => storage.stop()),
);

switch (reset.kind) {
  case 'done':
    console.log(
      `New password: ${reset.password}\nEvery session is ended. Pass it on safely; it is to be changed under Settings.`,
    );
    break;
  case 'unknown':
    console.error('There is no account with that e-mail address.');
    process.exitCode = 1;
    break;
  case 'no password':
    console.error('That account signs in through GitHub and has no password.');
    process.exitCode = 1;
}
