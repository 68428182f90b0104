import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { LIFT_WAIT_HOURS, type PolicyState } from '../../../shared/contract/vault/key-policy.ts';
import type { Database } from '../../storage/database.ts';
import type { KeyPoliciesTable } from './policy-tables.ts';

/** The rows of the policy no-keys-at-rest. All times are the database's. */

type Trx = Transaction<Database>;
type PolicyRow = Selectable<KeyPoliciesTable>;

/** The row of the operator's policy, among the ids of workspaces. */
export const OPERATOR = 'operator';

const now = sql<Date>`clock_timestamp()`;
/** Whether a row's policy holds now: its end may be asked for, and is not there yet. By the table's name, since an upsert has two rows. */
const holds = sql<boolean>`(key_policies.since is not null and coalesce(key_policies.lifts_at > clock_timestamp(), true))`;
const afterTheWait = sql<Date>`clock_timestamp() + make_interval(hours => ${LIFT_WAIT_HOURS})`;

/** The policies of a workspace and of the operator. A row whose end has come is read as none. */
export interface PoliciesFor {
  readonly operator: PolicyRow | undefined;
  readonly own: PolicyRow | undefined;
  /** The database's clock. */
  readonly at: Date;
}

export async function policiesFor(
  db: Kysely<Database>,
  workspaceId: string | undefined,
): Promise<PoliciesFor> {
  // The clock first: what holds behind it is lifted no sooner than a day after it.
  const { rows: clock } = await sql<{ at: Date }>`select ${now} as at`.execute(db);
  const rows = await db
    .selectFrom('key_policies')
    .selectAll()
    .select(holds.as('holds'))
    .where('id', 'in', workspaceId === undefined ? [OPERATOR] : [OPERATOR, workspaceId])
    .execute();
  const held = rows.filter((row) => row.holds);
  return {
    operator: held.find(({ id }) => id === OPERATOR),
    own: held.find(({ id }) => id === workspaceId),
    at: clock[0]?.at ?? new Date(),
  };
}

export function toState(row: PolicyRow | undefined): PolicyState {
  return { since: row?.since?.toISOString() ?? null, liftsAt: row?.lifts_at?.toISOString() ?? null };
}

/**
 * Whether keys may be stored in the workspace, until the end of the transaction: setting a policy waits for it. Comes before the lock on
 * the vault, as it does where a policy is set.
 */
export async function mayStore(trx: Trx, workspaceId: string): Promise<boolean> {
  await trx.selectFrom('key_policies').select('id').where('id', '=', OPERATOR).forShare().execute();
  await trx.selectFrom('workspaces').select('id').where('id', '=', workspaceId).forShare().execute();
  return !(await areForbidden(trx, workspaceId));
}

/** Whether a policy forbids keys in the workspace, as of now: for an early answer. */
export async function areForbidden(db: Kysely<Database>, workspaceId: string): Promise<boolean> {
  const { operator, own } = await policiesFor(db, workspaceId);
  return operator !== undefined || own !== undefined;
}

/** Waits for whoever stores a key in the workspace just now, and keeps others from it. False: there is no such workspace. */
export async function lockWorkspace(trx: Trx, workspaceId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('workspaces')
    .select('id')
    .where('id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** A policy that holds already keeps its beginning; one that was to be lifted stays. `address` counts where there is none yet. */
export async function setPolicy(
  trx: Trx,
  id: string,
  { setBy, address }: { readonly setBy: string | null; readonly address: string | null },
): Promise<void> {
  await sql`
    insert into key_policies (id, workspace_id, since, set_by, address)
    values (${id}, ${id === OPERATOR ? null : id}, ${now}, ${setBy}, ${address})
    on conflict (id) do update set
      since = case when ${holds} then key_policies.since else excluded.since end,
      set_by = case when ${holds} then key_policies.set_by else excluded.set_by end,
      lifts_at = null, lifted_by = null,
      address = coalesce(key_policies.address, excluded.address)`.execute(trx);
}

/** When its end will be; undefined: it does not hold. One whose end was asked for before keeps that time. */
export async function liftPolicy(trx: Trx, id: string, by: string | null): Promise<Date | undefined> {
  const row = await trx
    .updateTable('key_policies')
    .set({
      lifts_at: sql<Date>`coalesce(lifts_at, ${afterTheWait})`,
      lifted_by: sql<string | null>`case when lifts_at is null then ${by} else lifted_by end`,
    })
    .where('id', '=', id)
    .where(holds)
    .returning('lifts_at')
    .executeTakeFirst();
  return row?.lifts_at ?? undefined;
}

/** Takes the end back. False: none was asked for, or it has come. */
export async function keepPolicy(trx: Trx, id: string): Promise<boolean> {
  const row = await trx
    .updateTable('key_policies')
    .set({ lifts_at: null, lifted_by: null })
    .where('id', '=', id)
    .where(holds)
    .where('lifts_at', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Tidies up rows whose end has come, which count for nothing already. The workspaces that they are of; null: the operator's. */
export async function endPolicies(trx: Trx): Promise<readonly (string | null)[]> {
  const rows = await trx
    .updateTable('key_policies')
    .set({ since: null, set_by: null, lifts_at: null, lifted_by: null })
    .where('lifts_at', '<=', now)
    .returning('workspace_id')
    .execute();
  return rows.map(({ workspace_id }) => workspace_id);
}

/** Where the workspace's policy is read by anyone; stays when the policy has ended. */
export async function addressOf(db: Kysely<Database>, workspaceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('key_policies')
    .select('address')
    .where('id', '=', workspaceId)
    .executeTakeFirst();
  return row?.address ?? undefined;
}

export async function workspaceAt(
  db: Kysely<Database>,
  address: string,
): Promise<{ readonly id: string; readonly slug: string } | undefined> {
  return db
    .selectFrom('key_policies')
    .innerJoin('workspaces', 'workspaces.id', 'key_policies.workspace_id')
    .select(['workspaces.id', 'workspaces.slug'])
    .where('key_policies.address', '=', address)
    .executeTakeFirst();
}

/** Keys whose ciphertext is here, in one workspace or in all. */
export async function countKeys(db: Kysely<Database>, workspaceId?: string): Promise<number> {
  let query = db
    .selectFrom('vault_keys')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('sealed', 'is not', null);
  if (workspaceId !== undefined) query = query.where('workspace_id', '=', workspaceId);
  return Number((await query.executeTakeFirstOrThrow()).count);
}
