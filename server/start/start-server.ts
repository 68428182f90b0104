import type { Server } from 'node:http';
import type { Hono } from 'hono';
import { type AppParts, createApp } from '../app.ts';
import { HEAD_WAIT_MS } from '../byo/byo-parts.ts';
import type { Config } from '../config/config.ts';
import { createHosted } from '../hosted/create-hosted.ts';
import { createDayBudget } from '../hosted/day-budget.ts';
import { createHttpServer } from '../http/http-server.ts';
import { createKeyAgents } from '../keys/key-agents.ts';
import { KeySockets } from '../keys/key-socket.ts';
import { createOperator } from '../operator/operator.ts';
import { createSharedState, type SharedState } from '../processes/shared-state.ts';
import { providerInfo } from '../public-config.ts';
import { createServerSigner } from '../receipts/server-signer.ts';
import { HEARTBEAT_MS } from '../runs/event-stream.ts';
import { builtinCatalog } from '../runs/skill-catalog.ts';
import { createSandbox } from '../sandbox/create-sandbox.ts';
import type { Storage } from '../storage/start-storage.ts';
import { createWriteProbe } from '../storage/write-probe.ts';
import type { Log } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { endRuns } from './end-runs.ts';
import { listen } from './listen.ts';
import { limitsOf, reachable, type StandIn } from './reachable.ts';
import { startAccounts } from './start-accounts.ts';
import { startPolicies } from './start-policies.ts';
import { originOf, startVault } from './start-vault.ts';
import { addressOfClient, createVisitors } from './visitors.ts';

/** What the settings do not say: the parts that `main` makes first, and those that tests replace. */
export interface StartOptions {
  readonly log: Log;
  readonly build: string;
  readonly webRoot?: string;
  /** Without one there are no accounts and no saved plans; runs on the user's own key go on. */
  readonly storage?: Storage;
  /** Tests put a local server where a provider would be: its origin, and an authority for its certificate. */
  readonly standIn?: StandIn;
  /** What other processes of this server share; absent: it is alone. */
  readonly shared?: SharedState;
  /** The server that this process is one of several of; absent: it is the whole. */
  readonly whole?: Whole;
}

/** What one of several processes leaves to its primary, or asks it. */
export interface Whole {
  readonly sandboxOrigin: string;
  readonly notReady: AppParts['notReady'];
  readonly metricsText: () => Promise<string>;
}

/** A server that listens. `url` has the port that it was given, which differs from the setting when that is 0. */
export interface RunningServer {
  readonly url: string;
  readonly server: Server;
  /** What the routes work on: tests look whether anything was left open, and break one part at a time. */
  readonly parts: AppParts;
  /** Why this process should get no traffic; of several, the whole server's answer is in `parts`. */
  readonly notReady: AppParts['notReady'];
  /** Lets runs finish for the configured time, then ends them with a last event. */
  stop(): Promise<void>;
}

/** Makes all parts from the settings and listens. Rejects when a setting is wrong or the port is taken. */
export async function startServer(config: Config, options: StartOptions): Promise<RunningServer> {
  const rooms = await startRooms(config, options);
  const { hosted, operator, vault, policies, accounts, agents, sandbox } = rooms;
  let stopping = false;
  const notReady = createNotReady(config, options, () => stopping);
  const parts = { ...toParts(config, options, rooms), notReady: options.whole?.notReady ?? notReady };
  const server = createHttpServer(createApp(parts), {
    requestLimitMs: config.REQUEST_LIMIT_MS,
    log: options.log,
  });
  const url = await listen(server, config);

  return {
    url,
    server,
    parts,
    notReady,
    async stop() {
      stopping = true;
      const closed = new Promise<void>((done) => server.close(() => done()));
      await Promise.all([
        endRuns(parts.running, config.SHUTDOWN_GRACE_MS),
        hosted?.drain(config.SHUTDOWN_GRACE_MS),
      ]);
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 500).unref();
      await closed;
      await hosted?.stop();
      await operator?.close();
      await vault?.stop();
      await policies?.stop();
      await accounts?.stop();
      await options.storage?.stop();
      await agents.close();
      await sandbox?.close();
    },
  };
}

type Rooms = Awaited<ReturnType<typeof startRooms>>;

const wallClock = (): number => Date.now();
const now = (): number => performance.now();

/** What is started once and closed at the end. What needs the database is undefined without one. */
async function startRooms(config: Config, options: StartOptions) {
  const { log, standIn, storage, shared = createSharedState(config) } = options;
  const sandbox = options.whole ? undefined : await createSandbox({ pace: config.SANDBOX_PACE });
  const sandboxOrigin = options.whole?.sandboxOrigin ?? sandbox?.origin ?? '';
  const { vendors, connector } = reachable(config, sandboxOrigin, standIn);
  const sockets = new KeySockets();
  const agents = createKeyAgents(sockets, connector);
  const addressOf = addressOfClient(config);
  const metrics = { ...createMetrics(), ...(options.whole && { text: options.whole.metricsText }) };
  const limits = limitsOf(config);
  const signer = createServerSigner(config.DATA_DIR);
  const operator = storage && createOperator({ vendors, connector, settings: config });
  const critic =
    storage &&
    operator?.critic({
      budget: createDayBudget(
        storage.db,
        { serverUsd: config.HOSTED_BUDGET_USD, accountUsd: config.HOSTED_ACCOUNT_BUDGET_USD },
        () => new Date(),
      ),
      limits,
      now,
    });
  const accounts = storage && startAccounts({ db: storage.db, config, log, addressOf, shared, critic });
  const policies = storage && accounts && (await startPolicies({ storage, accounts, config, signer, log }));
  const vault =
    storage && accounts
      ? startVault({ config, storage, audit: accounts.audit, vendors, agents, sockets, log, standIn })
      : undefined;
  const hosted =
    storage && accounts && operator
      ? await createHosted({
          storage,
          payers: { operator: operator.payer, stored: vault?.payer },
          catalog: accounts.catalog,
          limits,
          log,
          settings: config,
          registry: metrics.registry,
          audit: accounts.audit,
          places: shared.places,
          now: () => new Date(),
        })
      : undefined;
  const seen = { vendors, sockets, agents, addressOf, metrics, limits, signer };
  return { ...seen, shared, sandbox, accounts, operator, vault, policies, hosted };
}

function toParts(
  config: Config,
  { log, build, standIn, webRoot }: StartOptions,
  rooms: Rooms,
): Omit<AppParts, 'notReady'> {
  const { vendors, sockets, agents, addressOf, metrics, limits, signer, accounts, operator, vault } = rooms;
  const { sealing, reviews, receipts, runLimits } = rooms.shared;
  return {
    build,
    webRoot,
    metricsToken: config.METRICS_TOKEN,
    publicOrigin: config.PUBLIC_URL && new URL(config.PUBLIC_URL).origin,
    ownHosts: {
      names: [
        config.HOST,
        ...(config.PUBLIC_URL ? [new URL(config.PUBLIC_URL).hostname] : []),
        ...config.allowedHosts,
      ],
      trustedProxies: config.trustedProxies,
    },
    providers: vendors.map(providerInfo),
    vendorOf: (id) => vendors.find((vendor) => vendor.id === id),
    originOf: (vendor, site) => originOf(vendor, site, standIn),
    sealing,
    signer,
    requireSealed: config.REQUIRE_SEALED,
    reviews,
    receipts,
    runLimits,
    catalog: accounts?.catalog ?? builtinCatalog,
    heartbeatMs: HEARTBEAT_MS,
    headWaitMs: HEAD_WAIT_MS,
    limits,
    agents,
    sockets,
    running: new Set(),
    wallClock,
    now,
    log,
    metrics,
    accountRoutes: accountRoutes(rooms),
    ...(vault && { vault: true as const }),
    ...(operator && { hosted: operator.offer }),
    ...(accounts && {
      accounts: {
        github: config.GITHUB_CLIENT_ID !== undefined && config.GITHUB_CLIENT_SECRET !== undefined,
      },
    }),
    ...createVisitors({ accounts, addressOf, log }),
  };
}

/** What needs the database. */
function accountRoutes({ accounts, hosted, vault, policies, limits, shared }: Rooms): readonly Hono[] {
  if (accounts === undefined) return [];
  const { routes, findWho } = accounts;
  const { sealing, checkLimits } = shared;
  const more = [
    hosted?.routes(findWho),
    policies?.routes,
    vault?.routes({ sealing, wallClock, limits, findWho, checkLimits }),
  ].filter((one) => one !== undefined);
  // as: the routes' own variables are set by their own middleware
  return [...routes, ...(more as unknown as readonly Hono[])];
}

function createNotReady(
  config: Config,
  { storage, whole }: StartOptions,
  isStopping: () => boolean,
): AppParts['notReady'] {
  // of several processes the primary looks
  const disk = whole ? async () => undefined : createWriteProbe(config.DATA_DIR, now);
  return async () =>
    isStopping() ? 'This server is stopping.' : ((await storage?.notReady()) ?? (await disk()));
}
