import { type Kysely, sql } from 'kysely';
import type { Database } from '../../../../server/storage/database.ts';
import { failureBody } from '../../../../shared/contract/failure.ts';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import { type KeyPolicy, keyPolicy } from '../../../../shared/contract/vault/key-policy.ts';
import type { Answer, Browser } from '../../../faults/browser.ts';
import { ok } from '../../idor-requests.ts';

export function failureOf({ status, json }: Answer) {
  return { status, ...failureBody.parse(json).error };
}

export async function policyOf(browser: Browser, workspace: string): Promise<KeyPolicy> {
  return keyPolicy.parse((await ok(browser.send('GET', ROUTES.keyPolicy(workspace)))).json);
}

/** As if the rest of the waiting time had gone by, on the database's clock. */
export async function endWait(db: Kysely<Database>, id: string): Promise<void> {
  await sql`update key_policies set lifts_at = clock_timestamp() - interval '1 millisecond' where id = ${id}`.execute(
    db,
  );
}

/** Of the policies and of what is done with keys, in their order. */
export async function actions(db: Kysely<Database>, workspace: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .select(['action', 'outcome'])
    .where('workspace_id', '=', workspace)
    .where((eb) => eb.or([eb('action', 'like', 'policy.%'), eb('action', 'like', 'vault.key-%')]))
    .orderBy('seq')
    .execute();
  return rows.map(({ action, outcome }) => `${action} ${outcome}`);
}

export function hoursTo(time: string | null): number {
  return (Date.parse(time ?? '') - Date.now()) / 3_600_000;
}
