import { Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { AuditPage } from '../../shared/contract/audit.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { type FindWho, hasRole, requireWho, type Who, type WhoVariables } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readQuery } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { onStorageError } from '../storage/on-storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import { CSV_HEAD, entryToCsv } from './audit-csv.ts';
import { type AuditQuery, auditQuery } from './audit-query.ts';
import { rowToEntry } from './audit-rows.ts';

const CSV_BATCH = 500;

/** `GET /v1/audit`: a workspace's entries, newest first. Owners and admins see all of them, members what they did themselves. */
export function createAuditRoutes(db: Kysely<Database>, findWho: FindWho, log: Log): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  app.onError(onStorageError(log));

  app.get(ROUTES.audit, requireWho(findWho, 'session'), async (c) => {
    const query = readQuery(c, auditQuery);
    if (!query.ok) return failureResponse(c, query.failure);
    if (query.value.format === 'json') return c.json(await readPage(db, c.var.who, query.value));

    const lines = csvLines(db, c.var.who, query.value);
    const body = ReadableStream.from(lines).pipeThrough(new TextEncoderStream());
    return c.body(body, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
    });
  });
  return app;
}

async function readPage(db: Kysely<Database>, who: Who, query: AuditQuery): Promise<AuditPage> {
  let rows = db.selectFrom('audit_entries').selectAll().where('workspace_id', '=', who.workspaceId);
  if (!hasRole(who, 'admin')) rows = rows.where('actor_id', '=', who.userId);
  if (query.handle !== undefined) rows = rows.where('handle', '=', query.handle);
  if (query.action !== undefined)
    rows = query.action.includes('.')
      ? rows.where('action', '=', query.action)
      : rows.where('action', 'like', `${query.action}.%`);
  if (query.from !== undefined) rows = rows.where('at', '>=', query.from);
  if (query.to !== undefined) rows = rows.where('at', '<', query.to);
  if (query.before !== undefined) rows = rows.where('seq', '<', query.before);

  const found = await rows.orderBy('seq', 'desc').limit(query.limit).execute();
  const last = found.at(-1);
  return {
    entries: found.map(rowToEntry),
    next: found.length === query.limit && last !== undefined ? last.seq : null,
  };
}

/** The whole answer to a search, a batch at a time, as fast as the client takes it. */
async function* csvLines(db: Kysely<Database>, who: Who, query: AuditQuery): AsyncGenerator<string> {
  yield CSV_HEAD;
  for (let before = query.before; ; ) {
    const page = await readPage(db, who, {
      ...query,
      limit: CSV_BATCH,
      ...(before !== undefined && { before }),
    });
    if (page.entries.length > 0) yield page.entries.map(entryToCsv).join('');
    if (page.next === null) return;
    before = page.next;
  }
}
