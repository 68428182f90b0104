import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { Failure } from '../../shared/contract/failure.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { renameWorkspace as shape, type Workspace } from '../../shared/contract/workspaces.ts';
import { type FindWho, hasRole, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import type { Database } from '../storage/database.ts';
import { findWorkspace, listWorkspaces, renameWorkspace } from './workspace-store.ts';

const ID = /^[\w-]{1,64}$/;
const UNKNOWN: Failure = { code: 'not_found', message: 'There is no such workspace here.' };

/** What pages show of workspaces, and their names. Members, invitations and the choice of one are better-auth's. */
export function createWorkspaceRoutes(
  db: Kysely<Database>,
  audit: Audit,
  findWho: FindWho,
): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');
  const find = async (c: Context<WhoVariables>): Promise<Workspace | undefined> => {
    const id = c.req.param('id') ?? '';
    return ID.test(id) ? findWorkspace(db, c.var.who, id) : undefined;
  };

  app.get(ROUTES.workspaces, person, async (c) =>
    c.json({ workspaces: await listWorkspaces(db, c.var.who) }),
  );
  app.get(ROUTES.workspace(':id'), person, async (c) => {
    const found = await find(c);
    return found === undefined ? failureResponse(c, UNKNOWN) : c.json(found);
  });
  app.patch(ROUTES.workspace(':id'), person, async (c) => {
    const found = await find(c);
    if (found === undefined) return failureResponse(c, UNKNOWN);
    if (!hasRole(found, 'admin'))
      return failureResponse(c, {
        code: 'forbidden',
        message: 'Only an admin or owner of this workspace can rename it. Ask one of them.',
      });
    const body = await readJson(c, shape, { maxBytes: 1024 });
    if (!body.ok) return failureResponse(c, body.failure);
    const { name } = body.value;
    await audit.transact(async (trx, record) => {
      await renameWorkspace(trx, found.id, name);
      const event = whoToEvent(c, { action: 'workspace.change', outcome: 'ok', detail: { name } });
      // into the log of the workspace that it is about, wherever they act just now
      await record({ ...event, workspaceId: found.id });
    });
    return c.body(null, 204);
  });
  return app;
}
