import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { MAX_PUBLISH_DRAFT_BYTES, publishWork } from '../../shared/contract/publish-draft.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { type FindWho, requireWho, type WhoVariables } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import { isUuid } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { dropDraft, listDrafts, readState, saveDraft } from './publish-draft-store.ts';

/** `/v1/publish-drafts…`: how far somebody is in publishing a plan. Saved while they type, so that no entry of the audit log tells of it. */
export function createPublishDraftRoutes(db: Kysely<Database>, findWho: FindWho): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');
  app.get(ROUTES.publishDrafts, person, async (c) => c.json(await listDrafts(db, c.var.who)));
  app.get(ROUTES.publishDraft(':plan'), person, async (c) => {
    const id = c.req.param('plan');
    const state = isUuid(id) ? await readState(db, c.var.who, id) : undefined;
    if (!state) return missing(c);
    return c.json(state, 200, state.draft ? { etag: `"${state.draft.rev}"` } : {});
  });
  app.put(ROUTES.publishDraft(':plan'), person, (c) => save(c, c.req.param('plan'), db));
  app.delete(ROUTES.publishDraft(':plan'), person, async (c) => {
    const id = c.req.param('plan');
    return isUuid(id) && (await dropDraft(db, c.var.who, id)) ? c.body(null, 204) : missing(c);
  });
  return app;
}

async function save(c: Context<WhoVariables>, planId: string, db: Kysely<Database>): Promise<Response> {
  const rev = revOf(c);
  if (rev === undefined) {
    const message = 'Say what was changed: its ETag as If-Match, or If-None-Match: * for the first save.';
    return failureResponse(c, { code: 'invalid_request', message, field: 'if-match' });
  }
  const body = await readJson(c, publishWork, { maxBytes: MAX_PUBLISH_DRAFT_BYTES });
  if (!body.ok) return failureResponse(c, body.failure);
  if (!isUuid(planId)) return missing(c);
  const result = await db
    .transaction()
    .execute((trx) => saveDraft(trx, c.var.who, { planId, rev, work: body.value }));
  switch (result.kind) {
    case 'saved':
      return c.json(result.saved, 200, { etag: `"${result.saved.rev}"` });
    case 'conflict': {
      const message = result.current
        ? 'This was changed in another tab or on another device. Compare both, then save again.'
        : 'This was published or discarded in another tab or on another device.';
      return c.json({ error: { code: 'conflict', message }, current: result.current }, 409);
    }
    case 'missing':
      return missing(c);
  }
}

/** Null: there is none yet, as far as the client knows. Undefined: it does not say. */
function revOf(c: Context): number | null | undefined {
  const rev = /^"(\d{1,9})"$/.exec(c.req.header('if-match') ?? '')?.[1];
  if (rev !== undefined) return Number(rev);
  return c.req.header('if-none-match') === '*' ? null : undefined;
}

function missing(c: Context): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such plan here.' });
}
