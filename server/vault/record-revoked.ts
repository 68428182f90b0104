import type { Transaction } from 'kysely';
import type { AuditEvent } from '../audit/audit-chain.ts';
import type { Database } from '../storage/database.ts';
import { stateNow } from './key-store.ts';
import type { RevokedKey } from './vault-states.ts';

/** Who an entry of the audit log is by. */
export type ByWhom = Pick<AuditEvent, 'workspaceId' | 'actorId' | 'handle' | 'requestId'>;

/** An entry for each key that went with others, in the state that `vault:verify` expects of it from then on. */
export async function recordRevoked(
  {
    trx,
    record,
    by,
  }: {
    readonly trx: Transaction<Database>;
    readonly record: (event: AuditEvent) => Promise<void>;
    readonly by: ByWhom;
  },
  keys: readonly RevokedKey[],
  why: 'no-keys-at-rest' | 'paused',
): Promise<void> {
  for (const { id, runs } of keys)
    await record({
      ...{ ...by, action: 'vault.key-revoke', outcome: 'ok', subject: id },
      detail: { runs, why, keyState: await stateNow(trx, id) },
    });
}
