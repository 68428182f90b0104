import type { Hono } from 'hono';
import type { WhoVariables } from '../access/who.ts';
import { startSweep } from './sweep.ts';
import type { VaultParts, VaultRouteParts } from './vault-parts.ts';
import { createVaultRoutes } from './vault-routes.ts';

/** Stored keys, in one process: `npm start` has the routes, a worker on its own has no use for them. */
export interface Vault {
  routes(more: Omit<VaultRouteParts, keyof VaultParts>): Hono<WhoVariables>;
  stop(): void;
}

/** Nothing of this is made unless the operator set `VAULT=on`. */
export function createVault(parts: VaultParts): Vault {
  const stopSweep = startSweep(parts);
  return {
    routes: (more) => createVaultRoutes({ ...parts, ...more }),
    stop: stopSweep,
  };
}
