import { hostname } from 'node:os';
import type { Hono } from 'hono';
import type { WhoVariables } from '../access/who.ts';
import type { StoredPayer } from '../hosted/payer.ts';
import type { PoolAddress } from '../storage/create-pool.ts';
import { createLiveRuns } from './runs/live-runs.ts';
import { createStoredPayer } from './runs/stored-payer.ts';
import { startSweep } from './sweep.ts';
import type { VaultParts, VaultRouteParts } from './vault-parts.ts';
import { createVaultRoutes } from './vault-routes.ts';

/** Stored keys, in one process: a server has the routes, and whatever runs hosted jobs the payer. */
export interface Vault {
  routes(more: Omit<VaultRouteParts, keyof VaultParts>): Hono<WhoVariables>;
  readonly payer: StoredPayer;
  /** Once no run is under way. */
  stop(): Promise<void>;
}

/** Nothing of this is made unless the operator set `VAULT=on`. */
export function createVault(parts: VaultParts & { readonly address: PoolAddress }): Vault {
  const stopSweep = startSweep(parts);
  const live = createLiveRuns(parts);
  const worker = `${hostname()}:${process.pid}`;
  return {
    routes: (more) => createVaultRoutes({ ...parts, ...more }),
    payer: createStoredPayer({ ...parts, live, worker }),
    stop: async () => {
      stopSweep();
      await live.stop();
    },
  };
}
