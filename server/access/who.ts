import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ROLES, type Role, type TokenScope } from '../../shared/contract/account.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { failureResponse } from '../http/failure-response.ts';

/** Who asks, as of now: looked up at every request, so that an ended session or a revoked token stops at once. */
export interface Who {
  readonly userId: string;
  readonly handle: string;
  readonly workspaceId: string;
  readonly role: Role;
  /** Whether the workspace is: then nothing is done in its name or for its money. */
  readonly isPaused: boolean;
  readonly via: 'session' | 'token';
  /** A session may do everything; a token only what its scopes say. */
  readonly scopes: readonly TokenScope[] | 'all';
}

/** Null: nobody, or credentials that no longer work. */
export type FindWho = (headers: Headers) => Promise<Who | null>;

/** `requestId` is what the middleware of hono/request-id puts there. */
export type WhoVariables = { Variables: { who: Who; requestId?: string } };

/** What a route asks for: a person at the page, or a token with this scope will do as well. */
export type Need = 'session' | TokenScope;

/**
 * Ends the request with 401 or 403, or puts who asks into the context. `least`: the role that they must have in the workspace in which
 * they act, or a higher one. What a viewer may not do is done for the workspace, and not while it is paused.
 */
export function requireWho(
  findWho: FindWho,
  need: Need,
  least: Role = 'viewer',
): MiddlewareHandler<WhoVariables> {
  return createMiddleware<WhoVariables>(async (c, next) => {
    const who = await findWho(c.req.raw.headers);
    const failure = refusal(who, need, least);
    if (who === null || failure !== undefined) return failureResponse(c, failure ?? signInFirst(c));
    c.set('who', who);
    return next();
  });
}

/** Other schemes are none of ours: a proxy in front may ask for a password. */
export function bearerToken(headers: Headers): string | undefined {
  return /^Bearer +(\S*)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

/** Whether that role, or a higher one, is theirs. */
export function hasRole(who: Pick<Who, 'role'>, least: Role): boolean {
  // the contract lists roles from the highest to the lowest
  return ROLES.indexOf(who.role) <= ROLES.indexOf(least);
}

/** A token never does more than the person who made it: their role counts as of now. */
function refusal(who: Who | null, need: Need, least: Role): Failure | undefined {
  if (who === null) return undefined;
  if (who.scopes !== 'all') {
    if (need === 'session')
      return { code: 'forbidden', message: 'An API token cannot do this. Sign in on the page.' };
    if (!who.scopes.includes(need))
      return { code: 'forbidden', message: `This API token lacks the scope ${need}. Make one that has it.` };
  }
  if (!hasRole(who, least))
    return {
      code: 'forbidden',
      message: `Only ${ROLE_NAMES[least]} of this workspace can do this. Ask one of them, or work in your own: Settings, Workspaces.`,
    };
  if (who.isPaused && least !== 'viewer') return PAUSED;
  return undefined;
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  admin: 'an admin or owner',
  member: 'a member',
  viewer: 'a viewer',
};

/** What is refused in a paused workspace. */
export const PAUSED: Failure = {
  code: 'forbidden',
  message: 'This workspace is paused. An owner can resume it, or work in your own: Settings, Workspaces.',
};

function signInFirst(c: Context): Failure {
  const message =
    bearerToken(c.req.raw.headers) === undefined
      ? 'Sign in first.'
      : 'This API token is unknown, expired or revoked. Make a new one.';
  return { code: 'unauthenticated', message };
}
