import { type Context, Hono } from 'hono';
import type { AuditAction } from '../../shared/contract/audit.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { makeDefaultKey, type StoredKeyPage } from '../../shared/contract/vault/stored-key.ts';
import { hasRole, requireWho, type WhoVariables } from '../access/who.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import { isUuid } from '../http/read-query.ts';
import { addStored } from './add-key.ts';
import { defaultBefore, lockVault } from './key-locks.ts';
import { readRules, setRules } from './key-rules.ts';
import { deleteKey, makeDefault, revokeKey } from './key-states.ts';
import { listKeys, stateNow } from './key-store.ts';
import { createLeakRoutes } from './leak/leak-routes.ts';
import { answerSealed, requireManager, whileOpen } from './manager.ts';
import { testStored } from './test-key.ts';
import { VAULT_FAULTS } from './vault-answers.ts';
import type { VaultRouteParts } from './vault-parts.ts';

/** `/v1/keys`, for people at the page alone: no API token lists, adds or changes a stored key. */
export function createVaultRoutes(parts: VaultRouteParts): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const open = whileOpen(parts);
  const person = requireWho(parts.findWho, 'session');
  const manager = (action: AuditAction) => requireManager(parts.audit, action);

  app.onError((error, c) => answerSealed(error, c, parts.log));
  app.get(ROUTES.storedKeys, person, open, (c) => list(c, parts));
  app.post(ROUTES.storedKeys, person, manager('vault.key-add'), open, (c) => addStored(c, parts));
  app.put(ROUTES.storedKeyRules, person, manager('vault.rules'), open, (c) => setRules(c, parts));
  app.delete(ROUTES.storedKey(':id'), person, manager('vault.key-delete'), open, (c) =>
    remove(c, c.req.param('id'), parts),
  );
  app.post(ROUTES.storedKeyDefault(':id'), person, manager('vault.key-default'), open, (c) =>
    chooseDefault(c, c.req.param('id'), parts),
  );
  // Not behind `open`: a key can be destroyed without being opened, whatever has happened to the root.
  app.post(ROUTES.storedKeyRevoke(':id'), person, manager('vault.key-revoke'), (c) =>
    revoke(c, c.req.param('id'), parts),
  );
  app.post(ROUTES.storedKeyTest(':id'), person, manager('vault.key-test'), open, (c) =>
    testStored(c, c.req.param('id'), parts),
  );
  app.route('/', createLeakRoutes(parts));
  return app;
}

async function list(c: Context<WhoVariables>, { db, maxAgeDays }: VaultRouteParts): Promise<Response> {
  const { who } = c.var;
  const { name } = await db
    .selectFrom('workspaces')
    .select('name')
    .where('id', '=', who.workspaceId)
    .executeTakeFirstOrThrow();
  return c.json<StoredKeyPage>({
    workspace: { id: who.workspaceId, name },
    canManage: hasRole(who, 'admin'),
    rules: await readRules(db, who.workspaceId, maxAgeDays),
    keys: await listKeys(db, who.workspaceId, maxAgeDays),
  });
}

async function remove(c: Context<WhoVariables>, id: string, { audit }: VaultRouteParts): Promise<Response> {
  const gone =
    isUuid(id) &&
    (await audit.transact(async (trx, record) => {
      const row = await deleteKey(trx, c.var.who.workspaceId, id);
      if (row === undefined) return false;
      const detail = { name: row.name, keyState: await stateNow(trx, id) };
      await record(whoToEvent(c, { action: 'vault.key-delete', outcome: 'ok', subject: id, detail }));
      return true;
    }));
  return gone ? c.body(null, 204) : failureResponse(c, VAULT_FAULTS.unknown);
}

async function chooseDefault(
  c: Context<WhoVariables>,
  id: string,
  { audit }: VaultRouteParts,
): Promise<Response> {
  const body = await readJson(c, makeDefaultKey, { maxBytes: 1024 });
  if (!body.ok) return failureResponse(c, body.failure);
  const { oldKey } = body.value;
  const made =
    isUuid(id) &&
    (await audit.transact(async (trx, record) => {
      const vault = await lockVault(trx, c.var.who.workspaceId);
      const overlap = oldKey === 'end now' ? 0 : (vault?.overlap_seconds ?? 0);
      const previous = await defaultBefore(trx, c.var.who.workspaceId, id);
      if (!(await makeDefault(trx, c.var.who.workspaceId, id, overlap))) return false;
      const detail = {
        ...{ overlap, keyState: await stateNow(trx, id) },
        ...(previous !== undefined && { previous, previousState: await stateNow(trx, previous) }),
      };
      await record(whoToEvent(c, { action: 'vault.key-default', outcome: 'ok', subject: id, detail }));
      return true;
    }));
  return made ? c.body(null, 204) : failureResponse(c, VAULT_FAULTS.unknown);
}

async function revoke(c: Context<WhoVariables>, id: string, { audit }: VaultRouteParts): Promise<Response> {
  const stopped = isUuid(id)
    ? await audit.transact(async (trx, record) => {
        const runs = await revokeKey(trx, c.var.who.workspaceId, id);
        if (runs === undefined) return undefined;
        const detail = { runs, keyState: await stateNow(trx, id) };
        await record(whoToEvent(c, { action: 'vault.key-revoke', outcome: 'ok', subject: id, detail }));
        return runs;
      })
    : undefined;
  return stopped === undefined ? failureResponse(c, VAULT_FAULTS.unknown) : c.json({ stoppedRuns: stopped });
}
