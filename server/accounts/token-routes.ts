import { Hono } from 'hono';
import type { Kysely } from 'kysely';
import { type CreatedToken, createToken } from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { type FindWho, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import { isUuid } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { deleteToken, insertToken, listTokens, MAX_TOKENS } from './token-store.ts';

const MAX_BODY_BYTES = 4096;

/** Tokens are made and revoked by people, never by tokens. */
export function createTokenRoutes(db: Kysely<Database>, audit: Audit, findWho: FindWho): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();

  app.get(ROUTES.tokens, requireWho(findWho, 'session'), async (c) =>
    c.json({ tokens: await listTokens(db, c.var.who) }),
  );

  app.post(ROUTES.tokens, requireWho(findWho, 'session'), async (c) => {
    const body = await readJson(c, createToken, { maxBytes: MAX_BODY_BYTES });
    if (!body.ok) return failureResponse(c, body.failure);
    const made = await audit.transact(async (trx, record) => {
      const inserted = await insertToken(trx, c.var.who, body.value, new Date());
      if (inserted === undefined) return undefined;
      await record(
        whoToEvent(c, {
          action: 'token.create',
          outcome: 'ok',
          subject: inserted.info.id,
          detail: { scopes: inserted.info.scopes.join(' ') },
        }),
      );
      return inserted;
    });
    if (made === undefined)
      return failureResponse(c, {
        code: 'conflict',
        message: `You have ${MAX_TOKENS} tokens already. Revoke one first.`,
      });
    return c.json<CreatedToken>(made, 201);
  });

  app.delete(ROUTES.token(':id'), requireWho(findWho, 'session'), async (c) => {
    const id = c.req.param('id');
    const deleted =
      isUuid(id) &&
      (await audit.transact(async (trx, record) => {
        const gone = await deleteToken(trx, c.var.who, id);
        if (gone) await record(whoToEvent(c, { action: 'token.revoke', outcome: 'ok', subject: id }));
        return gone;
      }));
    if (!deleted) return failureResponse(c, { code: 'not_found', message: 'There is no such token.' });
    return c.body(null, 204);
  });

  return app;
}
