import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { Failure } from '../../shared/contract/failure.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { renameWorkspace as shape, type Workspace } from '../../shared/contract/workspaces.ts';
import { redactText } from '../../shared/providers/redact-patterns.ts';
import { type FindWho, hasRole, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import type { Database } from '../storage/database.ts';
import {
  pauseWorkspace,
  removeWorkspace,
  resumeWorkspace,
  type WorkspaceChange,
  type WorkspaceHooks,
} from './workspace-life.ts';
import { findWorkspace, listWorkspaces, renameWorkspace } from './workspace-store.ts';

const ID = /^[\w-]{1,64}$/;
const UNKNOWN: Failure = { code: 'not_found', message: 'There is no such workspace here.' };
const KEY_AS_NAME: Failure = {
  code: 'invalid_field',
  field: 'name',
  message: 'This looks like a key, not like a name. Nothing was stored.',
};
const OWN: Failure = {
  code: 'conflict',
  message: 'This is somebody’s own workspace. It goes with their account.',
};

export interface WorkspaceRouteParts {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly findWho: FindWho;
  readonly hooks: WorkspaceHooks;
}

type WorkspaceContext = Context<WhoVariables>;
/** False: it was not to be changed, and nothing is written of it. */
type Change = (change: WorkspaceChange) => Promise<boolean>;

/** What pages show of workspaces, their names, and how they are paused and deleted. Members, invitations and the choice of one are better-auth's. */
export function createWorkspaceRoutes(parts: WorkspaceRouteParts): Hono<WhoVariables> {
  const { db, findWho, hooks } = parts;
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');

  app.get(ROUTES.workspaces, person, async (c) =>
    c.json({ workspaces: await listWorkspaces(db, c.var.who) }),
  );
  app.get(ROUTES.workspace(':id'), person, async (c) => {
    const found = await find(c, db);
    return found === undefined ? failureResponse(c, UNKNOWN) : c.json(found);
  });
  app.patch(ROUTES.workspace(':id'), person, (c) => rename(c, parts));
  app.post(ROUTES.workspacePause(':id'), person, (c) =>
    decide(c, parts, 'workspace.pause', (change) => pauseWorkspace(change, hooks)),
  );
  app.post(ROUTES.workspaceResume(':id'), person, (c) =>
    decide(c, parts, 'workspace.resume', (change) => resumeWorkspace(change, hooks)),
  );
  app.delete(ROUTES.workspace(':id'), person, (c) => remove(c, parts));
  return app;
}

async function find(c: WorkspaceContext, db: Kysely<Database>): Promise<Workspace | undefined> {
  const id = c.req.param('id') ?? '';
  return ID.test(id) ? findWorkspace(db, c.var.who, id) : undefined;
}

async function rename(c: WorkspaceContext, { db, audit }: WorkspaceRouteParts): Promise<Response> {
  const found = await find(c, db);
  if (found === undefined) return failureResponse(c, UNKNOWN);
  if (!hasRole(found, 'admin')) return mayNot(c, 'an admin or owner', 'rename');
  const body = await readJson(c, shape, { maxBytes: 1024 });
  if (!body.ok) return failureResponse(c, body.failure);
  const { name } = body.value;
  // it goes into the audit log, which nobody can take it out of
  if (redactText(name) !== name) return failureResponse(c, KEY_AS_NAME);
  await audit.transact(async (trx, record) => {
    await renameWorkspace(trx, found.id, name);
    const event = whoToEvent(c, { action: 'workspace.change', outcome: 'ok', detail: { name } });
    // into the log of the workspace that it is about, wherever they act just now
    await record({ ...event, workspaceId: found.id });
  });
  return c.body(null, 204);
}

/** What an owner alone decides. */
async function decide(
  c: WorkspaceContext,
  { db, audit }: WorkspaceRouteParts,
  action: 'workspace.pause' | 'workspace.resume',
  change: Change,
): Promise<Response> {
  const found = await find(c, db);
  if (found === undefined) return failureResponse(c, UNKNOWN);
  if (!hasRole(found, 'owner'))
    return mayNot(c, 'an owner', action === 'workspace.pause' ? 'pause' : 'resume');
  await audit.transact(async (trx, record) => {
    const event = { ...whoToEvent(c, { action, outcome: 'ok' }), workspaceId: found.id };
    if (await change({ trx, record, by: event })) await record(event);
  });
  return c.body(null, 204);
}

async function remove(c: WorkspaceContext, { db, audit, hooks }: WorkspaceRouteParts): Promise<Response> {
  const found = await find(c, db);
  if (found === undefined) return failureResponse(c, UNKNOWN);
  if (!hasRole(found, 'owner')) return mayNot(c, 'an owner', 'delete');
  const removed = await audit.transact(async (trx, record) => {
    const detail = { name: redactText(found.name), slug: found.slug };
    const what = { action: 'workspace.delete', outcome: 'ok', subject: found.id, detail } as const;
    const event = { ...whoToEvent(c, what), workspaceId: found.id };
    if (!(await removeWorkspace({ trx, record, by: event }, hooks))) return false;
    await record(event);
    // nobody reads that log any more: whoever deleted it finds it in their own
    const own = await trx
      .selectFrom('workspaces')
      .select('id')
      .where('slug', '=', c.var.who.handle)
      .executeTakeFirst();
    if (own !== undefined) await record({ ...event, workspaceId: own.id });
    return true;
  });
  return removed ? c.body(null, 204) : failureResponse(c, OWN);
}

function mayNot(c: WorkspaceContext, who: string, act: string): Response {
  return failureResponse(c, {
    code: 'forbidden',
    message: `Only ${who} of this workspace can ${act} it. Ask one of them.`,
  });
}
