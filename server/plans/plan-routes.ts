import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import { ROUTES } from '../../shared/contract/routes.ts';
import {
  EXPORT_FORMATS,
  editPlan as editShape,
  MAX_PLAN_BYTES,
  type PlanSummary,
  type SavedPlan,
  savePlan as saveShape,
} from '../../shared/contract/saved-plan.ts';
import { type FindWho, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { parseJson, readBody, readJson } from '../http/read-json.ts';
import { readQuery } from '../http/read-query.ts';
import { isUuid } from '../http/uuid.ts';
import type { Database } from '../storage/database.ts';
import { exportPlan } from './export-plan.ts';
import { listQuery } from './list-query.ts';
import {
  copyPlan,
  deletePlan,
  editPlan,
  listPlans,
  MAX_PLANS,
  readPlan,
  restorePlan,
  type Saved,
  type SaveKey,
  savePlan,
} from './plan-store.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;
const exportQuery = z.strictObject({ format: z._default(z.enum(EXPORT_FORMATS), 'zip') });

type PlanContext = Context<WhoVariables>;

export function createPlanRoutes(db: Kysely<Database>, audit: Audit, findWho: FindWho): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');
  const reader = requireWho(findWho, 'plans:read');

  app.get(ROUTES.plans, reader, async (c) => {
    const query = readQuery(c, listQuery);
    return query.ok ? c.json(await listPlans(db, c.var.who, query.value)) : failureResponse(c, query.failure);
  });

  app.post(ROUTES.plans, person, async (c) => {
    const bytes = await readBody(c, { maxBytes: MAX_PLAN_BYTES });
    if (!bytes.ok) return failureResponse(c, bytes.failure);
    const body = parseJson(bytes.value, saveShape);
    if (!body.ok) return failureResponse(c, body.failure);
    const key = saveKey(c, bytes.value);
    if (key === 'malformed')
      return failureResponse(c, {
        code: 'invalid_field',
        message: 'An Idempotency-Key has 1 to 255 printable characters.',
        field: 'idempotency-key',
      });
    const saved = await audit.transact(async (trx, record) => {
      const result = await savePlan(trx, c.var.who, body.value, key);
      const { provider, model } = body.value.origin;
      if (result.kind === 'saved')
        await record(
          whoToEvent(c, { action: 'plan.save', outcome: 'ok', subject: result.plan.id, provider, model }),
        );
      return result;
    });
    return answerSaved(c, saved);
  });

  app.get(ROUTES.plan(':id'), reader, async (c) => {
    const plan = isUuid(c.req.param('id')) ? await readPlan(db, c.var.who, c.req.param('id')) : undefined;
    return plan === undefined ? missing(c) : c.json(plan, 200, { etag: etagOf(plan) });
  });

  app.patch(ROUTES.plan(':id'), person, async (c) => {
    const id = c.req.param('id');
    const rev = /^"(\d{1,9})"$/.exec(c.req.header('if-match') ?? '')?.[1];
    if (rev === undefined) {
      return failureResponse(c, {
        code: 'invalid_request',
        message: 'Say which version was edited: send its ETag as If-Match.',
        field: 'if-match',
      });
    }
    const body = await readJson(c, editShape, { maxBytes: MAX_PLAN_BYTES });
    if (!body.ok) return failureResponse(c, body.failure);
    if (!isUuid(id)) return missing(c);
    const edited = await audit.transact(async (trx, record) => {
      const result = await editPlan(trx, c.var.who, id, Number(rev), body.value);
      const detail = { fields: Object.keys(body.value).join(' ') };
      if (result.kind === 'edited')
        await record(whoToEvent(c, { action: 'plan.edit', outcome: 'ok', subject: id, detail }));
      return result;
    });
    if (edited.kind === 'missing') return missing(c);
    return edited.kind === 'edited' ? answerSummary(c, edited.plan, 200) : answerConflict(c, edited.current);
  });

  app.post(ROUTES.planCopy(':id'), person, async (c) => {
    const id = c.req.param('id');
    if (!isUuid(id)) return missing(c);
    const copied = await audit.transact(async (trx, record) => {
      const result = await copyPlan(trx, c.var.who, id);
      if (result.kind === 'saved')
        await record(
          whoToEvent(c, {
            action: 'plan.duplicate',
            outcome: 'ok',
            subject: result.plan.id,
            detail: { from: id },
          }),
        );
      return result;
    });
    return copied.kind === 'missing' ? missing(c) : answerSaved(c, copied);
  });

  app.delete(ROUTES.plan(':id'), person, async (c) => {
    const id = c.req.param('id');
    if (!isUuid(id)) return missing(c);
    const until = await audit.transact(async (trx, record) => {
      const deleted = await deletePlan(trx, c.var.who, id);
      if (deleted !== undefined)
        await record(whoToEvent(c, { action: 'plan.delete', outcome: 'ok', subject: id }));
      return deleted;
    });
    return until === undefined ? missing(c) : c.json({ undoUntil: until.toISOString() });
  });

  app.post(ROUTES.planRestore(':id'), person, async (c) => {
    const id = c.req.param('id');
    if (!isUuid(id)) return missing(c);
    const plan = await audit.transact(async (trx, record) => {
      const restored = await restorePlan(trx, c.var.who, id);
      if (restored !== undefined)
        await record(whoToEvent(c, { action: 'plan.restore', outcome: 'ok', subject: id }));
      return restored;
    });
    return plan === undefined ? missing(c) : answerSummary(c, plan, 200);
  });

  app.get(ROUTES.planExport(':id'), reader, async (c) => {
    const id = c.req.param('id');
    const query = readQuery(c, exportQuery);
    if (!query.ok) return failureResponse(c, query.failure);
    const plan = isUuid(id) ? await readPlan(db, c.var.who, id) : undefined;
    if (plan === undefined) return missing(c);
    const file = exportPlan(plan, query.value.format);
    await audit.write(
      whoToEvent(c, {
        action: 'plan.export',
        outcome: 'ok',
        subject: id,
        detail: { format: query.value.format },
      }),
    );
    return c.body(file.body, 200, {
      'content-type': file.type,
      'content-disposition': `attachment; filename="${file.name}"`,
    });
  });

  return app;
}

function saveKey(c: PlanContext, bytes: Uint8Array): SaveKey | undefined | 'malformed' {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return undefined;
  return KEY.test(key) ? { key, digest: createHash('sha256').update(bytes).digest() } : 'malformed';
}

function answerSaved(c: PlanContext, saved: Saved): Response {
  switch (saved.kind) {
    case 'saved':
      return answerSummary(c, saved.plan, 201);
    case 'already':
      return answerSummary(c, saved.plan, 200);
    case 'key_taken':
      return failureResponse(c, {
        code: 'conflict',
        message:
          'This Idempotency-Key was used for another plan, or its plan was deleted. Save with a new one.',
      });
    case 'full':
      return failureResponse(c, {
        code: 'conflict',
        message: `You have ${MAX_PLANS} plans already. Delete some first.`,
      });
  }
}

function answerSummary(c: PlanContext, plan: PlanSummary, status: 200 | 201): Response {
  return c.json(plan, status, { etag: etagOf(plan) });
}

function answerConflict(c: PlanContext, current: SavedPlan): Response {
  const message = 'This plan was changed elsewhere since you opened it. Compare both, then save again.';
  return c.json({ error: { code: 'conflict', message }, current }, 409, { etag: etagOf(current) });
}

function missing(c: PlanContext): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such plan here.' });
}

function etagOf({ rev }: { readonly rev: number }): string {
  return `"${rev}"`;
}
