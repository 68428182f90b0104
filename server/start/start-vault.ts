import { resolveOrigin } from '../../shared/providers/resolve-origin.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import type { Audit } from '../audit/create-audit.ts';
import { type Config, ConfigError } from '../config/config.ts';
import { type Connector, createKeyAgents, type KeyAgents } from '../keys/key-agents.ts';
import { KeySockets } from '../keys/key-socket.ts';
import type { Storage } from '../storage/start-storage.ts';
import type { Log } from '../telemetry/log.ts';
import { createVault, type Vault } from '../vault/create-vault.ts';
import { openRoots, parseRoots, refuseInside } from '../vault/roots/read-roots.ts';
import { WorkspaceSecrets } from '../vault/workspace-secrets.ts';
import { forbidCoreDumps } from './forbid-core-dumps.ts';
import type { StandIn } from './reachable.ts';

/** What the server's other parts give to the vault. */
export interface VaultStart {
  readonly config: Config;
  readonly storage: Pick<Storage, 'db' | 'address'>;
  readonly audit: Audit;
  readonly vendors: readonly Vendor[];
  readonly agents: KeyAgents;
  readonly sockets: KeySockets;
  readonly log: Log;
  readonly standIn?: StandIn | undefined;
}

/** Undefined unless `VAULT=on`. Throws `ConfigError` when the settings cannot be meant; a root that is away is no reason. */
export function startVault(start: VaultStart): Vault | undefined {
  const { config, storage, audit, vendors, agents, sockets, log, standIn } = start;
  if (config.VAULT === 'off') return undefined;
  const named = parseRoots(config.VAULT_ROOTS);
  if (named.length === 0)
    throw new ConfigError('VAULT=on needs VAULT_ROOTS. Make a root first: npm run vault:init.');
  refuseInside(named, config.DATA_DIR);
  const roots = openRoots(named, [config.AUTH_SECRET, config.SEALING_SECRET, config.METRICS_TOKEN]);
  const { db, address } = storage;
  return createVault({
    db,
    address,
    audit,
    secrets: new WorkspaceSecrets(db, roots),
    agents,
    sockets,
    now: () => performance.now(),
    vendorOf: (id) => vendors.find((vendor) => vendor.id === id),
    originOf: (vendor, site) => originOf(vendor, site, standIn),
    maxAgeDays: config.VAULT_MAX_KEY_AGE_DAYS,
    log,
  });
}

/** The same for a process that has no other use for users' keys. */
export function startWorkerVault({
  connector,
  ...start
}: Omit<VaultStart, 'agents' | 'sockets'> & { readonly connector: Connector }): Vault | undefined {
  const sockets = new KeySockets();
  const agents = createKeyAgents(sockets, connector);
  const vault = startVault({ ...start, agents, sockets });
  if (vault === undefined) return undefined;
  if (!forbidCoreDumps())
    start.log.warn(
      'core files are on: a crash could write keys to disk; install prlimit (util-linux), or set LimitCORE=1',
    );
  return {
    ...vault,
    stop: async () => {
      await vault.stop();
      await agents.close();
    },
  };
}

/** Where a provider is; in tests all but the sandbox are one stand-in. */
export function originOf(
  vendor: Vendor,
  site: string | undefined,
  standIn: StandIn | undefined,
): string | undefined {
  const origin = resolveOrigin(vendor, site);
  return origin !== undefined && standIn && vendor.id !== 'sandbox' ? standIn.origin : origin;
}
