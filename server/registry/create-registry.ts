import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import { AUTHOR_ROUTES } from '../../shared/contract/author/author-routes.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { type FindWho, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { Database } from '../storage/database.ts';
import { onStorageError } from '../storage/on-storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import { createClawhubRoutes } from './clients/clawhub-routes.ts';
import { createPluginRoutes } from './clients/plugin-routes.ts';
import { createSearchRoutes } from './clients/search-routes.ts';
import type { Critic } from './critic/critic.ts';
import { critiqueRoute } from './critic/critique-route.ts';
import { changeBundleRoute } from './curation/change-route.ts';
import { createReportLimit, type ReportLimit } from './curation/report-limit.ts';
import { createReporting, REPORT_ROUTE } from './curation/report-route.ts';
import { transferBundleRoute } from './curation/transfer-route.ts';
import { createDiscoveryRoutes } from './discovery/discovery-routes.ts';
import { createDownloads, type Downloads } from './discovery/downloads.ts';
import { createStrays, type Strays } from './discovery/strays.ts';
import { createPublishDraftRoutes } from './publish-draft-routes.ts';
import { publish } from './publish-route.ts';
import { createReadRoutes, publisherOf } from './read-routes.ts';
import { createRegistryCatalog, type RegistryCatalog } from './registry-catalog.ts';
import { createReusedFolders } from './reused-folders.ts';
import { createSigningKeyRoutes } from './signing-key-routes.ts';
import { createTriedRoutes } from './try/tried-routes.ts';
import { createTryLinkRoutes } from './try/try-link-routes.ts';

/** The registry's routes, and the catalogue for other rooms. */
export interface Registry {
  readonly routes: Hono;
  /** What runs plan against. */
  readonly catalog: RegistryCatalog;
  readonly downloads: Downloads;
  /** The published skills that a plan reuses, for its export. */
  readonly reusedFolders: ReturnType<typeof createReusedFolders>;
  stop(): Promise<void>;
}

/** `now` is epoch ms, for tests of limits and dates. */
export interface RegistryOptions {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly findWho: FindWho;
  readonly log: Log;
  /** The address that limits count, as an IP. */
  readonly addressOf: (c: Context) => string;
  readonly now: () => number;
  /** Where clients reach this server; undefined: where the request came to. */
  readonly publicOrigin?: string | undefined;
  /** Absent: this process counts its own. */
  readonly strays?: Strays | undefined;
  readonly reportLimit?: ReportLimit | undefined;
  /** Who reads bundles before they are published; undefined: nobody. */
  readonly critic?: Critic | undefined;
}

/** Publishing, reading and installing. */
export function createRegistry(options: RegistryOptions): Registry {
  const { db, audit, findWho, log, addressOf, now, publicOrigin, critic } = options;
  const catalog = createRegistryCatalog(db, log);
  const downloads = createDownloads(db, log);
  const publishing = new Hono<WhoVariables>();
  publishing.post(ROUTES.bundles, requireWho(findWho, 'publish', 'member'), (c) =>
    publish(c, { db, audit, onPublished: catalog.refresh, critic }),
  );
  publishing.post(AUTHOR_ROUTES.critiques, requireWho(findWho, 'publish', 'member'), (c) =>
    critiqueRoute(c, { db, critic }),
  );
  publishing.patch(ROUTES.bundle(':owner', ':name'), requireWho(findWho, 'publish'), (c) =>
    changeBundleRoute(c, c.req.param(), { audit, onChange: catalog.refresh }),
  );
  publishing.post(AUTHOR_ROUTES.bundleTransfer(':owner', ':name'), requireWho(findWho, 'session'), (c) =>
    transferBundleRoute(c, c.req.param(), { audit, onChange: catalog.refresh }),
  );
  const whoOf = async (c: Context) => publisherOf(await findWho(c.req.raw.headers));

  const routes = new Hono();
  routes.post(
    REPORT_ROUTE,
    createReporting({ db, log, addressOf, whoOf, limit: options.reportLimit ?? createReportLimit() }),
  );
  routes.onError(onStorageError(log));
  routes.route('/', publishing);
  routes.route('/', createReadRoutes(db, findWho));
  routes.route('/', createSigningKeyRoutes(db, audit, findWho));
  routes.route('/', createPublishDraftRoutes(db, findWho));
  routes.route('/', createTryLinkRoutes(db, audit, findWho));
  const strays = options.strays ?? createStrays(now);
  routes.route('/', createTriedRoutes({ db, strays, addressOf }));
  routes.route('/', createDiscoveryRoutes({ db, strays, downloads, addressOf }));
  const clients = { db, downloads, originOf: (c: Context) => publicOrigin ?? new URL(c.req.url).origin };
  routes.route('/', createSearchRoutes(clients));
  routes.route('/', createClawhubRoutes(clients));
  routes.route('/', createPluginRoutes(clients));
  const stop = (): Promise<void> => {
    catalog.stop();
    return downloads.stop();
  };
  return { routes, catalog, downloads, reusedFolders: createReusedFolders(db, catalog), stop };
}
