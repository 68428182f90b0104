import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { FindWho } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { Database } from '../storage/database.ts';
import { onStorageError } from '../storage/on-storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import { createAuthAudit } from './auth-audit.ts';
import type { AuthOptions } from './auth-options.ts';
import { createAuthRoutes } from './auth-routes.ts';
import { createAuth } from './create-auth.ts';
import { createFindWho } from './find-who.ts';
import { isHandleFree } from './handles.ts';
import { createSessionRoutes } from './session-routes.ts';
import { createTokenRoutes } from './token-routes.ts';
import type { WorkspaceHooks } from './workspace-life.ts';
import { createWorkspaceRoutes } from './workspace-routes.ts';

/** `addressOf` gives the client's address as the rate limits count it, behind trusted proxies. */
export interface AccountsOptions
  extends Pick<
    AuthOptions,
    'secret' | 'publicOrigin' | 'originIsFixed' | 'github' | 'rateLimits' | 'beforeDelete'
  > {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly log: Log;
  readonly addressOf: (c: Context) => string;
  readonly workspaceHooks: WorkspaceHooks;
}

/** The routes of accounts, and the way for other rooms to learn who asks. */
export interface Accounts {
  /** `/v1/auth/…`, `/v1/me`, `/v1/sessions…`, `/v1/tokens…`, `/v1/workspaces…` */
  readonly routes: Hono;
  readonly findWho: FindWho;
}

/** Accounts over the database: better-auth behind our own routes, sessions, API tokens, and their audit entries. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { db, audit, log, addressOf } = options;
  const authAudit = createAuthAudit(db, audit, () => findWho);
  const auth = createAuth({ ...options, onSignUp: authAudit.signedUp, onSignIn: authAudit.signedIn });
  const findWho = createFindWho(db, auth);

  const routes = new Hono();
  routes.onError(onStorageError(log));
  routes.route(
    '/',
    createAuthRoutes({
      auth,
      audit: authAudit,
      isHandleFree: (handle) => isHandleFree(db, handle),
      addressOf,
    }),
  );
  routes.route('/', createSessionRoutes(db, auth, audit, findWho));
  routes.route('/', createTokenRoutes(db, audit, findWho));
  routes.route('/', createWorkspaceRoutes({ db, audit, findWho, hooks: options.workspaceHooks }));
  return { routes, findWho };
}
