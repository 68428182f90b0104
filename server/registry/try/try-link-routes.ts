import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { AUTHOR_ROUTES } from '../../../shared/contract/author/author-routes.ts';
import {
  type CreatedTryLink,
  createTryLink,
  MAX_TRY_LINKS,
} from '../../../shared/contract/author/try-link.ts';
import { type FindWho, requireWho, type WhoVariables } from '../../access/who.ts';
import type { Audit } from '../../audit/create-audit.ts';
import { whoToEvent } from '../../audit/who-to-event.ts';
import { failureResponse } from '../../http/failure-response.ts';
import { readJson } from '../../http/read-json.ts';
import { isUuid } from '../../http/read-query.ts';
import type { Database } from '../../storage/database.ts';
import { linksOf, makeLink, revokeLink } from './try-link-store.ts';

/** Making, listing and revoking private links to a plan: by people at the page, never by tokens. */
export function createTryLinkRoutes(
  db: Kysely<Database>,
  audit: Audit,
  findWho: FindWho,
): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');
  app.get(AUTHOR_ROUTES.planTryLinks(':id'), person, async (c) => {
    const id = c.req.param('id');
    const links = isUuid(id) ? await linksOf(db, c.var.who, id) : undefined;
    return links ? c.json({ links }) : missing(c, 'plan');
  });
  app.post(AUTHOR_ROUTES.planTryLinks(':id'), person, (c) => make(c, c.req.param('id'), audit));
  app.delete(AUTHOR_ROUTES.tryLink(':id'), person, async (c) => {
    const id = c.req.param('id');
    const revoked =
      isUuid(id) &&
      (await audit.transact(async (trx, record) => {
        const gone = await revokeLink(trx, c.var.who, id);
        if (gone) await record(whoToEvent(c, { action: 'try-link.revoke', outcome: 'ok', subject: id }));
        return gone;
      }));
    return revoked ? c.body(null, 204) : missing(c, 'link');
  });
  return app;
}

async function make(c: Context<WhoVariables>, planId: string, audit: Audit): Promise<Response> {
  const body = await readJson(c, createTryLink, { maxBytes: 1024 });
  if (!body.ok) return failureResponse(c, body.failure);
  if (!isUuid(planId)) return missing(c, 'plan');
  const { hours } = body.value;
  const made = await audit.transact(async (trx, record) => {
    const result = await makeLink(trx, c.var.who, { planId, hours });
    const detail = { plan: planId, hours };
    if (result.kind === 'made')
      await record(
        whoToEvent(c, { action: 'try-link.create', outcome: 'ok', subject: result.info.id, detail }),
      );
    return result;
  });
  switch (made.kind) {
    case 'made': {
      const { info, secret, tried } = made;
      const skills = [...tried.skills, ...tried.reused].map(({ name }) => name);
      const answer: CreatedTryLink = {
        info,
        path: AUTHOR_ROUTES.tried(secret),
        skills,
        leftOut: [...tried.leftOut],
      };
      return c.json(answer, 201);
    }
    case 'missing':
      return missing(c, 'plan');
    case 'full': {
      const message = `This plan has ${MAX_TRY_LINKS} links already. Revoke one first.`;
      return failureResponse(c, { code: 'conflict', message });
    }
  }
}

function missing(c: Context, what: 'plan' | 'link'): Response {
  return failureResponse(c, { code: 'not_found', message: `There is no such ${what} here.` });
}
