import {
  editPlan as editShape,
  MAX_PLAN_BYTES,
  savePlan as saveShape,
} from '../../shared/contract/saved-plan.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readIdempotencyKey } from '../http/idempotency-key.ts';
import { parseJson, readBody, readJson } from '../http/read-json.ts';
import { isUuid } from '../http/read-query.ts';
import { answerConflict, answerSaved, answerSummary, missing, type PlanContext } from './plan-answers.ts';
import { copyPlan, deletePlan, editPlan, restorePlan, savePlan } from './plan-store.ts';

/** What changes plans: each change and its entry in the audit log are one transaction. */
export interface PlanChanges {
  save(c: PlanContext): Promise<Response>;
  edit(c: PlanContext, id: string): Promise<Response>;
  remove(c: PlanContext, id: string): Promise<Response>;
  copy(c: PlanContext, id: string): Promise<Response>;
  restore(c: PlanContext, id: string): Promise<Response>;
}

export function createPlanChanges(audit: Audit): PlanChanges {
  return {
    save: (c) => save(c, audit),
    edit: (c, id) => edit(c, id, audit),
    remove: (c, id) => (isUuid(id) ? remove(c, id, audit) : Promise.resolve(missing(c))),
    copy: (c, id) => (isUuid(id) ? copy(c, id, audit) : Promise.resolve(missing(c))),
    restore: (c, id) => (isUuid(id) ? restore(c, id, audit) : Promise.resolve(missing(c))),
  };
}

async function save(c: PlanContext, audit: Audit): Promise<Response> {
  const bytes = await readBody(c, { maxBytes: MAX_PLAN_BYTES });
  if (!bytes.ok) return failureResponse(c, bytes.failure);
  const body = parseJson(bytes.value, saveShape);
  if (!body.ok) return failureResponse(c, body.failure);
  const idempotencyKey = readIdempotencyKey(c, bytes.value);
  if (!idempotencyKey.ok) return failureResponse(c, idempotencyKey.failure);
  const saved = await audit.transact(async (trx, record) => {
    const result = await savePlan(trx, c.var.who, body.value, idempotencyKey.value);
    const { provider, model } = body.value.origin;
    if (result.kind === 'saved')
      await record(
        whoToEvent(c, { action: 'plan.save', outcome: 'ok', subject: result.plan.id, provider, model }),
      );
    return result;
  });
  return answerSaved(c, saved);
}

async function edit(c: PlanContext, id: string, audit: Audit): Promise<Response> {
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
    const result = await editPlan(trx, c.var.who, { id, rev: Number(rev), changes: body.value });
    const detail = { fields: Object.keys(body.value).join(' ') };
    if (result.kind === 'edited')
      await record(whoToEvent(c, { action: 'plan.edit', outcome: 'ok', subject: id, detail }));
    return result;
  });
  switch (edited.kind) {
    case 'edited':
      return answerSummary(c, edited.plan, 200);
    case 'conflict':
      return answerConflict(c, edited.current);
    case 'missing':
      return missing(c);
  }
}

async function copy(c: PlanContext, id: string, audit: Audit): Promise<Response> {
  const copied = await audit.transact(async (trx, record) => {
    const result = await copyPlan(trx, c.var.who, id);
    const detail = { from: id };
    if (result.kind === 'saved')
      await record(
        whoToEvent(c, { action: 'plan.duplicate', outcome: 'ok', subject: result.plan.id, detail }),
      );
    return result;
  });
  return copied.kind === 'missing' ? missing(c) : answerSaved(c, copied);
}

async function remove(c: PlanContext, id: string, audit: Audit): Promise<Response> {
  const until = await audit.transact(async (trx, record) => {
    const deleted = await deletePlan(trx, c.var.who, id);
    if (deleted !== undefined)
      await record(whoToEvent(c, { action: 'plan.delete', outcome: 'ok', subject: id }));
    return deleted;
  });
  return until === undefined ? missing(c) : c.json({ undoUntil: until.toISOString() });
}

async function restore(c: PlanContext, id: string, audit: Audit): Promise<Response> {
  const plan = await audit.transact(async (trx, record) => {
    const restored = await restorePlan(trx, c.var.who, id);
    if (restored !== undefined)
      await record(whoToEvent(c, { action: 'plan.restore', outcome: 'ok', subject: id }));
    return restored;
  });
  return plan === undefined ? missing(c) : answerSummary(c, plan, 200);
}
