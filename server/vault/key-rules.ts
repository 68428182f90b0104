import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import { type KeyRules, setKeyRules } from '../../shared/contract/vault/stored-key.ts';
import type { WhoVariables } from '../access/who.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import type { Database } from '../storage/database.ts';
import { lockVault } from './key-locks.ts';
import { VAULT_FAULTS } from './vault-answers.ts';
import type { VaultParts } from './vault-parts.ts';

const HOUR = 3600;
/** Of a workspace that has decided nothing. Source: the column's default. */
const DEFAULT_OVERLAP_HOURS = 24;

/** What the workspace decided for its keys. */
export async function readRules(
  db: Kysely<Database>,
  workspaceId: string,
  serverMaxAgeDays: number | undefined,
): Promise<KeyRules> {
  const row = await db
    .selectFrom('vault_workspaces')
    .select(['max_age_days', 'overlap_seconds'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return {
    maxAgeDays: row?.max_age_days ?? null,
    overlapHours: row ? row.overlap_seconds / HOUR : DEFAULT_OVERLAP_HOURS,
    serverMaxAgeDays: serverMaxAgeDays ?? null,
  };
}

/** `PUT /v1/keys/rules`. They count from the next start on, also for keys that are stored already. */
export async function setRules(
  c: Context<WhoVariables>,
  { audit, db, secrets, maxAgeDays: serverMax }: VaultParts,
): Promise<Response> {
  const body = await readJson(c, setKeyRules, { maxBytes: 1024 });
  if (!body.ok) return failureResponse(c, body.failure);
  const { workspace, maxAgeDays, overlapHours } = body.value;
  const { workspaceId } = c.var.who;
  if (workspace !== workspaceId) return failureResponse(c, VAULT_FAULTS.otherWorkspace);
  if (serverMax !== undefined && maxAgeDays !== null && maxAgeDays > serverMax)
    return failureResponse(c, VAULT_FAULTS.tooLong(`${serverMax}`));
  // a workspace that has stored nothing yet has no row; it is made with a secret of its own
  await secrets.withSecretMade(workspaceId, async () => undefined);
  await audit.transact(async (trx, record) => {
    // with starts of runs kept out, so that each begins under the old rules or under the new
    await lockVault(trx, workspaceId);
    await trx
      .updateTable('vault_workspaces')
      .set({ max_age_days: maxAgeDays, overlap_seconds: overlapHours * HOUR })
      .where('workspace_id', '=', workspaceId)
      .execute();
    const detail = { maxAgeDays, overlapHours };
    await record(whoToEvent(c, { action: 'vault.rules', outcome: 'ok', subject: workspaceId, detail }));
  });
  return c.json(await readRules(db, workspaceId, serverMax));
}
