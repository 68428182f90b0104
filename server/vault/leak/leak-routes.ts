import { type Context, Hono } from 'hono';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { type KeyCalls, keyCall, keyCallsQuery, noteLeak } from '../../../shared/contract/vault/key-leak.ts';
import { requireWho, type WhoVariables } from '../../access/who.ts';
import { csvLine } from '../../audit/audit-csv.ts';
import { whoToEvent } from '../../audit/who-to-event.ts';
import { failureResponse } from '../../http/failure-response.ts';
import { readJson } from '../../http/read-json.ts';
import { isUuid, readQuery } from '../../http/read-query.ts';
import { requireManager } from '../manager.ts';
import { VAULT_FAULTS } from '../vault-answers.ts';
import type { VaultRouteParts } from '../vault-parts.ts';
import { eachCall, readCalls } from './key-calls.ts';
import { hadKey, readLeak, writeLeak } from './leak-store.ts';

type LeakParts = Pick<VaultRouteParts, 'db' | 'audit' | 'findWho'>;

/** What a leaked key's walk-through shows and keeps. It opens no key, so it works while the root is away and after the key is gone. */
export function createLeakRoutes(parts: LeakParts): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const admin = [
    requireWho(parts.findWho, 'session'),
    requireManager(parts.audit, 'vault.key-leak'),
  ] as const;
  app.get(ROUTES.storedKeyLeak(':id'), ...admin, (c) => read(c, c.req.param('id'), parts));
  app.put(ROUTES.storedKeyLeak(':id'), ...admin, (c) => write(c, c.req.param('id'), parts));
  app.get(ROUTES.storedKeyCalls(':id'), ...admin, (c) => calls(c, c.req.param('id'), parts));
  return app;
}

async function read(c: Context<WhoVariables>, id: string, { db }: LeakParts): Promise<Response> {
  if (!isUuid(id) || !(await hadKey(db, c.var.who.workspaceId, id)))
    return failureResponse(c, VAULT_FAULTS.unknown);
  return c.json({ leak: await readLeak(db, id) });
}

async function write(c: Context<WhoVariables>, id: string, { audit }: LeakParts): Promise<Response> {
  const body = await readJson(c, noteLeak, { maxBytes: 1024 });
  if (!body.ok) return failureResponse(c, body.failure);
  const { who } = c.var;
  const leak =
    isUuid(id) &&
    (await audit.transact(async (trx, record) => {
      if (!(await hadKey(trx, who.workspaceId, id))) return undefined;
      const written = await writeLeak(trx, id, body.value, who.handle);
      const detail = { since: written.since, ...body.value.done };
      await record(whoToEvent(c, { action: 'vault.key-leak', outcome: 'ok', subject: id, detail }));
      return written;
    }));
  return leak ? c.json({ leak }) : failureResponse(c, VAULT_FAULTS.unknown);
}

async function calls(c: Context<WhoVariables>, id: string, { db }: LeakParts): Promise<Response> {
  const query = readQuery(c, keyCallsQuery);
  if (!query.ok) return failureResponse(c, query.failure);
  const { workspaceId } = c.var.who;
  if (!isUuid(id) || !(await hadKey(db, workspaceId, id))) return failureResponse(c, VAULT_FAULTS.unknown);
  const of = { workspaceId, key: id, since: new Date(query.value.since) };
  if (query.value.format === 'json') return c.json<KeyCalls>(await readCalls(db, of));
  const body = ReadableStream.from(csvLines(db, of)).pipeThrough(new TextEncoderStream());
  return c.body(body, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="calls.csv"',
  });
}

async function* csvLines(...[db, of]: Parameters<typeof eachCall>): AsyncGenerator<string> {
  const columns = keyCall.def.shape;
  const names = Object.keys(columns) as (keyof typeof columns)[];
  yield csvLine(names);
  for await (const call of eachCall(db, of)) yield csvLine(names.map((name) => String(call[name] ?? '')));
}
