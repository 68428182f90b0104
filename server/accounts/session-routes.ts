import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { Me, SessionInfo } from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { type FindWho, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import type { Database } from '../storage/database.ts';
import type { Auth } from './create-auth.ts';
import { requireMembership } from './find-who.ts';

/** Who I am, and the browsers in which I am signed in. Sessions are named by their ids; their tokens are never shown. */
export function createSessionRoutes(
  db: Kysely<Database>,
  auth: Auth,
  audit: Audit,
  findWho: FindWho,
): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');
  app.get(ROUTES.me, person, (c) => tellMe(c, db, auth));
  app.get(ROUTES.sessions, person, async (c) => c.json({ sessions: await listSessions(c, db, auth) }));
  app.delete(ROUTES.session(':id'), person, (c) => endSession(c, c.req.param('id'), audit));
  return app;
}

/** The page requests this when it loads, so this is where a session is extended. */
async function tellMe(c: Context<WhoVariables>, db: Kysely<Database>, auth: Auth): Promise<Response> {
  const session = await auth.session(c.req.raw.headers, true);
  if (session === undefined)
    return failureResponse(c, { code: 'unauthenticated', message: 'Sign in first.' });
  for (const cookie of session.cookies) c.header('set-cookie', cookie, { append: true });
  const { user, chosenWorkspace } = session;
  const { workspaceId: id, name, slug, role } = await requireMembership(db, user, chosenWorkspace);
  return c.json<Me>({
    handle: user.handle,
    name: user.name,
    email: user.email,
    workspace: { id, name, slug, role },
  });
}

async function listSessions(
  c: Context<WhoVariables>,
  db: Kysely<Database>,
  auth: Auth,
): Promise<readonly SessionInfo[]> {
  const current = await auth.session(c.req.raw.headers, false);
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'createdAt', 'updatedAt', 'userAgent', 'ipAddress'])
    .where('userId', '=', c.var.who.userId)
    .where('expiresAt', '>', new Date())
    .orderBy('updatedAt', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.updatedAt.toISOString(),
    userAgent: row.userAgent?.slice(0, 300) ?? null,
    address: row.ipAddress === '' ? null : row.ipAddress,
    current: row.id === current?.sessionId,
  }));
}

async function endSession(c: Context<WhoVariables>, id: string, audit: Audit): Promise<Response> {
  const ended = await audit.transact(async (trx, record) => {
    const { numDeletedRows } = await trx
      .deleteFrom('sessions')
      .where('id', '=', id)
      .where('userId', '=', c.var.who.userId)
      .executeTakeFirst();
    if (numDeletedRows > 0n) await record(whoToEvent(c, { action: 'session.end', outcome: 'ok' }));
    return numDeletedRows > 0n;
  });
  if (!ended) return failureResponse(c, { code: 'not_found', message: 'There is no such session.' });
  return c.body(null, 204);
}
