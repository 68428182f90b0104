import { type Kysely, sql } from 'kysely';
import type { StoredOffer, StoredUse } from '../../../shared/contract/vault/stored-use.ts';
import type { Database } from '../../storage/database.ts';
import type { KeyRow } from '../key-locks.ts';

/** The default of a workspace, for a provider at a site. Nothing of it is opened. */
export type DefaultKey = Pick<KeyRow, 'id' | 'provider' | 'site' | 'model' | 'name' | 'last4'> & {
  /** Older than the workspace or the operator allows, by the database's clock. */
  readonly expired: boolean;
};

/** Those that a run could begin on now, and those that only their age forbids. */
export async function defaultKeys(
  db: Kysely<Database>,
  workspaceId: string,
  maxAgeDays: number | undefined,
): Promise<readonly DefaultKey[]> {
  return db
    .selectFrom('vault_keys')
    .innerJoin('vault_workspaces as vault', 'vault.workspace_id', 'vault_keys.workspace_id')
    .select(['id', 'provider', 'site', 'model', 'name', 'last4'])
    .select(
      // null where there is no limit
      sql<boolean>`coalesce(added_at + make_interval(days => least(vault.max_age_days, ${maxAgeDays ?? null}::integer)) < clock_timestamp(), false)`.as(
        'expired',
      ),
    )
    .where('vault_keys.workspace_id', '=', workspaceId)
    .where('vault.state', '=', 'open')
    .where('scope', '=', 'workspace')
    .where('is_default', '=', true)
    .orderBy('provider')
    .orderBy('site')
    .execute();
}

export function toUsable({ provider, site, model, name, last4 }: DefaultKey): StoredOffer {
  return { provider, site, model, name, lastFour: last4, scope: 'workspace' };
}

/** The key that a run began on, also when it is destroyed by now. */
export async function usedBy(db: Kysely<Database>, job: string): Promise<StoredUse | undefined> {
  const key = await db
    .selectFrom('vault_leases')
    .innerJoin('vault_keys', 'vault_keys.id', 'vault_leases.key_id')
    .select(['vault_keys.id', 'vault_keys.name', 'vault_keys.last4'])
    .where('vault_leases.job_id', '=', job)
    .executeTakeFirst();
  return key && toUsed(key);
}

function toUsed({ id, name, last4 }: Pick<KeyRow, 'id' | 'name' | 'last4'>): StoredUse {
  return { id, name, lastFour: last4, scope: 'workspace', why: 'default of the workspace' };
}
