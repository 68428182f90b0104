import { type Context, Hono } from 'hono';
import type * as z from 'zod/mini';
import { AUTH_BODIES, AUTH_READS, type AuthPath } from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { bearerToken } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readJson } from '../http/read-json.ts';
import type { AuthAudit } from './auth-audit.ts';
import { authFailure, HANDLE_TAKEN } from './auth-failure.ts';
import { ADDRESS_HEADER } from './auth-options.ts';
import type { Auth } from './create-auth.ts';

/**
 * The front of better-auth: only the paths that the contract lists, with bodies that fit it exactly, answered in the contract's
 * words. Session tokens stay in the cookie: no body that a script could read has one.
 */

const MAX_BODY_BYTES = 8192;

/**
 * After these the browser drops what it keeps of this site's pages, those behind its Back button too. Not "storage": a run that is not
 * saved yet, in this tab or another, would be lost silently. Not "cookies": that would delete those of sibling hosts too; ours is expired
 * by itself.
 */
const LEAVING: readonly AuthPath[] = ['/sign-out', '/delete-user'];

export interface AuthRouteParts {
  readonly auth: Auth;
  readonly audit: AuthAudit;
  readonly isHandleFree: (handle: string) => Promise<boolean>;
  /** Whom limits count: an IP address, or `20010db800000007/64`. */
  readonly addressOf: (c: Context) => string;
}

export function createAuthRoutes(parts: AuthRouteParts): Hono {
  const app = new Hono();

  for (const [path, schema] of Object.entries(AUTH_BODIES)) {
    // as: Object.entries loses that the names are the object's own
    app.post(`${ROUTES.auth}${path}`, (c) => answerPost(parts, c, path as AuthPath, schema));
  }
  for (const path of AUTH_READS) app.get(`${ROUTES.auth}${path}`, (c) => answerGet(parts, c, path));
  return app;
}

async function answerPost(
  parts: AuthRouteParts,
  c: Context,
  path: AuthPath,
  schema: z.core.$ZodType<object>,
): Promise<Response> {
  if (bearerToken(c.req.raw.headers) !== undefined) return tokenRefused(c);
  const body = await readJson(c, schema, { maxBytes: MAX_BODY_BYTES });
  if (!body.ok) return failureResponse(c, body.failure);

  // Checked before better-auth looks at the address: that a handle is taken is public, that an address has an account is not.
  if (path === '/sign-up/email' && !(await parts.isHandleFree(String(Reflect.get(body.value, 'handle')))))
    return failureResponse(c, HANDLE_TAKEN);
  const noted = await parts.audit.before(path, c.req.raw.headers);
  const sent = path === '/sign-up/email' ? withName(body.value) : body.value;
  const response = await parts.auth.handle(forward(parts, c, JSON.stringify(sent)));
  parts.audit.after(path, noted, body.value, response.status);
  if (response.ok && LEAVING.includes(path)) c.header('clear-site-data', '"cache"');
  return translate(c, response, path === '/sign-in/social' || path.startsWith('/organization/'));
}

async function answerGet(parts: AuthRouteParts, c: Context, path: string): Promise<Response> {
  if (bearerToken(c.req.raw.headers) !== undefined) return tokenRefused(c);
  const response = await parts.auth.handle(forward(parts, c, undefined));
  return path === '/callback/github' ? response : translate(c, response, true);
}

function forward(parts: AuthRouteParts, c: Context, body: string | undefined): Request {
  const headers = new Headers(c.req.raw.headers);
  headers.delete('content-length');
  headers.set(ADDRESS_HEADER, toAddress(parts.addressOf(c)));
  return new Request(c.req.url, { method: c.req.method, headers, ...(body !== undefined && { body }) });
}

/** better-auth takes addresses only: the first one of an IPv6 /64 stands for all of it. */
function toAddress(client: string): string {
  const [, network] = /^([0-9a-f]{16})\/64$/.exec(client) ?? [];
  return network === undefined ? client : `${network.match(/.{4}/g)?.join(':')}::`;
}

/** `withBody`: the answer has no credential in it and is passed on. */
async function translate(c: Context, response: Response, withBody: boolean): Promise<Response> {
  const body: unknown = await response.json().catch(() => null);
  for (const cookie of response.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  if (!response.ok)
    return failureResponse(c, authFailure(response.status, body, response.headers.get('x-retry-after')));
  return c.json(withBody ? withoutInvitations(body) : { ok: true });
}

/**
 * better-auth shows a workspace with its invitations to every member. Addresses are not verified, so that a member could sign up with the
 * address of one and take its role: owners and admins see them in `/v1/workspaces/:id`.
 */
function withoutInvitations(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('invitations' in body)) return body;
  const { invitations: _, ...rest } = body;
  return rest;
}

function tokenRefused(c: Context): Response {
  return failureResponse(c, {
    code: 'forbidden',
    message: 'An API token cannot do this. Sign in on the page.',
  });
}

/** A name is shown beside the handle where there is one. */
function withName(body: object): object {
  return 'name' in body ? body : { ...body, name: Reflect.get(body, 'handle') };
}
