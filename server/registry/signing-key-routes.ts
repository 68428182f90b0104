import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { registerSigningKey, revokeSigningKey } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { fromBase64 } from '../../shared/signing/base64.ts';
import { isProven } from '../../shared/signing/key-proof.ts';
import { readSigningKey } from '../../shared/signing/signing-key.ts';
import { type FindWho, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import { readQuery } from '../http/read-query.ts';
import type { Database } from '../storage/database.ts';
import { keysOf, MAX_SIGNING_KEYS, registerKey, revokeKey } from './signing-key-store.ts';

/**
 * The public halves of the keys by which people sign. Only a person at the page adds one: whoever took an API token could otherwise
 * sign in its owner's name. Anyone reads them, under the handle.
 */
export function createSigningKeyRoutes(
  db: Kysely<Database>,
  audit: Audit,
  findWho: FindWho,
): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  const person = requireWho(findWho, 'session');
  app.get(ROUTES.signingKeys, person, async (c) => c.json({ keys: await keysOf(db, c.var.who.handle) }));
  app.post(ROUTES.signingKeys, person, (c) => register(c, audit));
  app.delete(ROUTES.signingKey(':id'), person, (c) => revoke(c, c.req.param('id'), audit));
  app.get(ROUTES.signerKeys(':file'), (c) => publicKeys(c, c.req.param('file'), db));
  return app;
}

async function register(c: Context<WhoVariables>, audit: Audit): Promise<Response> {
  const body = await readJson(c, registerSigningKey, { maxBytes: 4096 });
  if (!body.ok) return failureResponse(c, body.failure);
  const { name, publicKey, proof } = body.value;
  const spki = fromBase64(publicKey);
  const key = spki && (await readSigningKey(spki));
  if (key === undefined) {
    const message = 'This is no public key on the curve P-256, as SubjectPublicKeyInfo in base64.';
    return failureResponse(c, { code: 'invalid_field', message, field: 'publicKey' });
  }
  if (!(await isProven(proof, c.var.who.handle, key))) {
    const message =
      'The proof is not this signing key’s, or not for your account. Make it with the private half.';
    return failureResponse(c, { code: 'invalid_field', message, field: 'proof' });
  }
  const registered = await audit.transact(async (trx, record) => {
    const result = await registerKey(trx, c.var.who, { name, key });
    if (result.kind === 'registered')
      await record(whoToEvent(c, { action: 'signing-key.register', outcome: 'ok', subject: key.id }));
    return result;
  });
  switch (registered.kind) {
    case 'registered':
      return c.json(registered.key, 201);
    case 'already':
      return c.json(registered.key, 200);
    case 'taken':
      return failureResponse(c, {
        code: 'conflict',
        message: 'This signing key is registered already. Make a new one for this account.',
      });
    case 'full':
      return failureResponse(c, {
        code: 'conflict',
        message: `You have ${MAX_SIGNING_KEYS} signing keys already, revoked ones included. Use one of those.`,
      });
  }
}

async function revoke(c: Context<WhoVariables>, keyId: string, audit: Audit): Promise<Response> {
  const query = readQuery(c, revokeSigningKey);
  if (!query.ok) return failureResponse(c, query.failure);
  const since = query.value.since === undefined ? undefined : new Date(query.value.since);
  const revoked = await audit.transact(async (trx, record) => {
    const result = await revokeKey(trx, c.var.who, keyId, since);
    const detail = { since: result?.key.revokedAt ?? '' };
    if (result?.isNew)
      await record(whoToEvent(c, { action: 'signing-key.revoke', outcome: 'ok', subject: keyId, detail }));
    return result;
  });
  return revoked
    ? c.json(revoked.key)
    : failureResponse(c, { code: 'not_found', message: 'You have no such signing key.' });
}

/** `<handle>.json` with the dates, `<handle>.pem` for OpenSSL. */
async function publicKeys(c: Context, file: string, db: Kysely<Database>): Promise<Response> {
  const [, handle = '', form = ''] = /^([a-z0-9-]{2,39})\.(json|pem)$/.exec(file) ?? [];
  const keys = form === '' ? [] : await keysOf(db, handle);
  if (keys.length === 0)
    return failureResponse(c, {
      code: 'not_found',
      message: 'Nobody by this handle has a signing key here.',
    });
  if (form === 'json') return c.json({ handle, keys });
  // those by which something may be signed now; the JSON has all of them, with their dates
  const pems = keys.filter(({ revokedAt }) => revokedAt === null).map(({ pem }) => pem);
  return c.body(pems.join(''), 200, { 'content-type': 'application/x-pem-file' });
}
