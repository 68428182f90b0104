import type { Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { Role } from '../../shared/contract/account.ts';
import type { FindWho } from '../access/who.ts';
import { authSecret } from '../accounts/auth-secret.ts';
import { createAccounts } from '../accounts/create-accounts.ts';
import { memberOf } from '../accounts/workspaces.ts';
import { createAuditRoutes } from '../audit/audit-routes.ts';
import { type Audit, createAudit } from '../audit/create-audit.ts';
import { HEAD_KEY, requireHeadFile } from '../audit/head-file.ts';
import { type Config, urlOf } from '../config/config.ts';
import { deleteQueuedJobs } from '../hosted/delete-jobs.ts';
import { createPlans } from '../plans/create-plans.ts';
import type { SharedState } from '../processes/shared-state.ts';
import { createRegistry } from '../registry/create-registry.ts';
import type { Critic } from '../registry/critic/critic.ts';
import type { SkillCatalog } from '../runs/skill-catalog.ts';
import type { Database } from '../storage/database.ts';
import { signingKey } from '../storage/signing-key.ts';
import type { Log } from '../telemetry/log.ts';
import { WORKSPACE_HOOKS } from './workspace-hooks.ts';

/** What needs the database: accounts, tokens, plans, the registry and the audit log. A run on the user's own key needs none of it. */
export interface AccountParts {
  readonly routes: readonly Hono[];
  readonly findWho: FindWho;
  /** What somebody is in a workspace; undefined: they are not in it, or there is none. */
  readonly roleIn: (userId: string, workspaceId: string) => Promise<Role | undefined>;
  readonly audit: Audit;
  /** What is published, for runs to plan against. */
  readonly catalog: SkillCatalog;
  stop(): Promise<void>;
}

export interface AccountsStart {
  readonly db: Kysely<Database>;
  readonly config: Config;
  readonly log: Log;
  /** The address that limits count, as an IP. */
  readonly addressOf: (c: Context) => string;
  readonly shared: Pick<SharedState, 'strays' | 'reportLimit'>;
  /** Who reads bundles before they are published. */
  readonly critic: Critic | undefined;
}

export function startAccounts(options: AccountsStart): AccountParts {
  const { db, config, log, addressOf, shared, critic } = options;
  const audit = createAudit({
    db,
    headFile: requireHeadFile(config),
    headKey: signingKey(config.DATA_DIR, HEAD_KEY),
    log,
  });
  const accounts = createAccounts({
    db,
    audit,
    log,
    addressOf,
    secret: authSecret(config.AUTH_SECRET, config.DATA_DIR),
    publicOrigin: config.PUBLIC_URL ? new URL(config.PUBLIC_URL).origin : urlOf(config, config.PORT),
    originIsFixed: config.PUBLIC_URL !== undefined,
    github: githubOf(config),
    rateLimits: 'on',
    beforeDelete: [deleteQueuedJobs],
    workspaceHooks: WORKSPACE_HOOKS,
  });
  const registry = createRegistry({
    db,
    audit,
    log,
    addressOf,
    findWho: accounts.findWho,
    now: () => performance.now(),
    publicOrigin: config.PUBLIC_URL && new URL(config.PUBLIC_URL).origin,
    strays: shared.strays,
    reportLimit: shared.reportLimit,
    critic,
  });
  const { findWho } = accounts;
  const plans = createPlans({ db, audit, findWho, log, reusedFolders: registry.reusedFolders });
  // as: their variables are set by their own middleware
  const routes = [
    accounts.routes,
    plans.routes,
    registry.routes,
    createAuditRoutes(db, accounts.findWho, log) as unknown as Hono,
  ];
  return {
    routes,
    audit,
    findWho,
    roleIn: async (userId, workspaceId) => (await memberOf(db, userId, workspaceId))?.role,
    catalog: registry.catalog,
    async stop() {
      plans.stop();
      await registry.stop();
      await audit.stop();
    },
  };
}

function githubOf({ GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret }: Config) {
  return clientId && clientSecret ? { clientId, clientSecret } : undefined;
}
