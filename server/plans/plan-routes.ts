import { Hono } from 'hono';
import type { Kysely } from 'kysely';
import { AUTHOR_ROUTES } from '../../shared/contract/author/author-routes.ts';
import type { Plan } from '../../shared/contract/plan.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { PublishedFolder } from '../../shared/skills/published-folder.ts';
import { type FindWho, requireWho, type Who, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { isUuid, readQuery } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { exportPlan } from './export-plan.ts';
import type { OutsideOptions } from './import/fetch-outside.ts';
import { importSkills } from './import/import-route.ts';
import { etagOf, missing, type PlanContext } from './plan-answers.ts';
import { createPlanChanges } from './plan-changes.ts';
import { exportQuery, listQuery } from './plan-queries.ts';
import { listPlans, readPlan } from './plan-store.ts';

/** The published skills that a plan reuses, as its reader may have them. What is gone, or is not for them, is left out. */
export type ReusedFolders = (plan: Plan, who: Who) => Promise<readonly PublishedFolder[]>;

/** `/v1/plans…`: people keep their plans, API tokens read them. */
export function createPlanRoutes(
  db: Kysely<Database>,
  audit: Audit,
  findWho: FindWho,
  {
    reusedFolders,
    outside = {},
  }: { readonly reusedFolders: ReusedFolders; readonly outside?: OutsideOptions },
): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');
  const reader = requireWho(findWho, 'plans:read');
  const changes = createPlanChanges(audit);

  app.post(AUTHOR_ROUTES.imports, person, (c) => importSkills(c, audit, outside));
  app.get(ROUTES.plans, reader, (c) => list(c, db));
  app.post(ROUTES.plans, person, changes.save);
  app.get(ROUTES.plan(':id'), reader, async (c) => {
    const id = c.req.param('id');
    const plan = isUuid(id) ? await readPlan(db, c.var.who, id) : undefined;
    return plan === undefined ? missing(c) : c.json(plan, 200, { etag: etagOf(plan) });
  });
  app.patch(ROUTES.plan(':id'), person, (c) => changes.edit(c, c.req.param('id')));
  app.delete(ROUTES.plan(':id'), person, (c) => changes.remove(c, c.req.param('id')));
  app.post(ROUTES.planCopy(':id'), person, (c) => changes.copy(c, c.req.param('id')));
  app.post(ROUTES.planRestore(':id'), person, (c) => changes.restore(c, c.req.param('id')));
  app.get(ROUTES.planExport(':id'), reader, (c) => download(c, db, reusedFolders, audit));
  return app;
}

async function list(c: PlanContext, db: Kysely<Database>): Promise<Response> {
  const query = readQuery(c, listQuery);
  return query.ok ? c.json(await listPlans(db, c.var.who, query.value)) : failureResponse(c, query.failure);
}

async function download(
  c: PlanContext,
  db: Kysely<Database>,
  reusedFolders: ReusedFolders,
  audit: Audit,
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const query = readQuery(c, exportQuery);
  if (!query.ok) return failureResponse(c, query.failure);
  const { format } = query.value;
  const plan = isUuid(id) ? await readPlan(db, c.var.who, id) : undefined;
  if (plan === undefined) return missing(c);
  const reused = format === 'zip' && plan.plan ? await reusedFolders(plan.plan, c.var.who) : [];
  const file = exportPlan(plan, format, reused);
  await audit.write(whoToEvent(c, { action: 'plan.export', outcome: 'ok', subject: id, detail: { format } }));
  return c.body(file.body, 200, {
    'content-type': file.type,
    'content-disposition': `attachment; filename="${file.name}"`,
  });
}
