import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { KeyPolicySet } from '../../../shared/contract/vault/key-policy.ts';
import type { AuditEvent } from '../../audit/audit-chain.ts';
import type { Database } from '../../storage/database.ts';
import { type ByWhom, recordRevoked } from '../record-revoked.ts';
import { revokeAll } from '../vault-states.ts';
import { lockWorkspace, setPolicy } from './policy-store.ts';

type Trx = Transaction<Database>;
type Record = (event: AuditEvent) => Promise<void>;

/** No key of the workspace is at rest when the transaction has committed, and none comes behind it. Undefined: it was deleted meanwhile. */
export async function forbidKeys(trx: Trx, record: Record, by: ByWhom): Promise<KeyPolicySet | undefined> {
  const { workspaceId, handle } = by;
  if (!(await lockWorkspace(trx, workspaceId))) return undefined;
  const address = randomBytes(16).toString('base64url');
  await setPolicy(trx, workspaceId, { setBy: handle, address });
  const done = await destroyAll(trx, record, by);
  await record({ ...by, action: 'policy.set', outcome: 'ok', detail: { by: 'workspace', ...done } });
  return done;
}

/** The ciphertext of every key of the workspace, with the runs that are on them. */
export async function destroyAll(trx: Trx, record: Record, by: ByWhom): Promise<KeyPolicySet> {
  const keys = await revokeAll(trx, by.workspaceId, 'policy');
  // last, since each entry holds the head of the log until the end
  await recordRevoked({ trx, record, by }, keys, 'no-keys-at-rest');
  const stoppedRuns = keys.reduce((sum, { runs }) => sum + runs, 0);
  return { revokedKeys: keys.length, stoppedRuns };
}
