import { Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { FindWho } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { Database } from '../storage/database.ts';
import { onStorageError } from '../storage/on-storage-error.ts';
import { storageFields } from '../storage/storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import type { OutsideOptions } from './import/fetch-outside.ts';
import { createPlanRoutes, type ReusedFolders } from './plan-routes.ts';
import { purgePlans } from './plan-store.ts';

const PURGE_MS = 600_000;

/** The routes of saved plans. `stop` ends the timer that purges deleted ones. */
export interface Plans {
  /** `/v1/plans…` */
  readonly routes: Hono;
  stop(): void;
}

/** `findWho` says whose plans a request may see. */
export interface PlansOptions {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly findWho: FindWho;
  readonly log: Log;
  readonly reusedFolders: ReusedFolders;
  /** How far imports reach; left out: to public addresses. */
  readonly outside?: OutsideOptions;
}

/** Saved plans over the database. Deleted plans are purged every ten minutes, once their time to be restored is over. */
export function createPlans(options: PlansOptions): Plans {
  const { db, audit, findWho, log } = options;
  const routes = new Hono();
  routes.onError(onStorageError(log));
  routes.route('/', createPlanRoutes(db, audit, findWho, options));

  const purge = setInterval(() => {
    purgePlans(db).catch((error: unknown) =>
      log.warn('deleted plans could not be purged', storageFields(error)),
    );
  }, PURGE_MS);
  purge.unref();
  return { routes, stop: () => clearInterval(purge) };
}
