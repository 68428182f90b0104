import type { Kysely } from 'kysely';
import type { Audit } from '../../audit/create-audit.ts';
import type { Database } from '../../storage/database.ts';
import type { Log } from '../../telemetry/log.ts';
import { liftPolicy, OPERATOR, policiesFor, setPolicy } from './policy-store.ts';
import { destroyAll } from './set-policy.ts';

export interface OperatorPolicyParts {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly log: Log;
  /** The setting `NO_KEYS_AT_REST`. */
  readonly noKeysAtRest: boolean;
}

/**
 * Brings the operator's policy to what the setting says. On: at once, with all that is stored. Off: after the same wait as a workspace's, so
 * that one process with a setting forgotten opens nothing; another that has it takes the end back.
 */
export async function applyOperatorPolicy(parts: OperatorPolicyParts): Promise<void> {
  const { db, audit, log, noKeysAtRest } = parts;
  if (!noKeysAtRest) {
    const liftsAt = await db.transaction().execute((trx) => liftPolicy(trx, OPERATOR, null));
    if (liftsAt !== undefined)
      log.warn('NO_KEYS_AT_REST is off, and its policy ends after a day of notice', {
        liftsAt: liftsAt.toISOString(),
      });
    return;
  }
  const { operator } = await policiesFor(db, undefined);
  // Committed first: it waits for whoever stores a key just now, and behind it nobody does.
  if (operator === undefined || operator.lifts_at !== null)
    await db.transaction().execute((trx) => setPolicy(trx, OPERATOR, { setBy: null, address: null }));
  const left = await db
    .selectFrom('vault_keys')
    .select('workspace_id')
    .distinct()
    .where('sealed', 'is not', null)
    .execute();
  for (const { workspace_id: workspaceId } of left) {
    const by = { workspaceId, actorId: null, handle: null };
    const done = await audit.transact(async (trx, record) => {
      const destroyed = await destroyAll(trx, record, by);
      await record({ ...by, action: 'policy.set', outcome: 'ok', detail: { by: 'operator', ...destroyed } });
      return destroyed;
    });
    log.info('stored keys were destroyed: NO_KEYS_AT_REST is on', { keys: done.revokedKeys });
  }
}
