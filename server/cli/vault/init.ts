import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** `npm run vault:init -- PATH`: writes a new root for stored keys. The only thing that ever makes one, and never over another. */

const path = resolve(process.argv[2] ?? 'vault-root');
const root = randomBytes(32);
try {
  writeFileSync(path, `${root.toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  console.log(`Wrote a new root to ${path}, which its owner alone can read.

1. Keep a copy of it elsewhere, apart from the database's backups: without it no stored key opens again.
2. Set VAULT=on and VAULT_ROOTS=r1=file:${path} for the server. It does not start with a root in its DATA_DIR.
   After a root that is in use already, stand it behind that one first: see .env.example.`);
} catch {
  console.error(
    `${path} cannot be written, or there is a file already. Name another path: npm run vault:init -- PATH`,
  );
  process.exitCode = 1;
} finally {
  root.fill(0);
}
