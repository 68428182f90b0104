import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { ServerConfig } from '../../shared/contract/server-config.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { type RunningServer, startServer } from '../faults/processes.ts';
import { buildPrograms } from '../faults/programs.ts';
import { readConfig, type Sent, sendRun } from '../leak/byo-client.ts';

export const KEY = 'sk-crowd-0123456789abcdef0123456789abcdef';
const GOAL = 'write one skill that lists files';

/** An entry of `PROVIDER_ENDPOINTS`. */
export interface CrowdEndpoint {
  readonly id: string;
  readonly format: 'openai' | 'anthropic';
  readonly baseUrl: string;
  readonly firstByteMs?: number;
  readonly idleMs?: number;
}

/** The built server in a process of its own, for many runs at once at providers of the test. */
export interface CrowdedServer {
  readonly server: RunningServer;
  readonly config: ServerConfig;
  /** Starts a run on a sealed key. */
  send(provider: string): Promise<Sent>;
  /** TCP connections that its process holds, to whomever. */
  connections(): number;
  /** The value of one series of /metrics. */
  metric(series: string): Promise<number>;
  peakMb(): number;
  stop(): Promise<void>;
}

export async function crowdedServer(
  endpoints: readonly CrowdEndpoint[],
  env: Readonly<Record<string, string>> = {},
): Promise<CrowdedServer> {
  const { server: script } = await buildPrograms();
  const folder = makeDataFolder('crowd');
  const server = await startServer(script, {
    ...{ DATA_DIR: folder, LOG_LEVEL: 'error', NODE_ENV: 'production', HOSTED_WORKERS: '0' },
    ...{ RUNS_PER_MINUTE: '100000', CONCURRENT_RUNS: '1000' },
    PROVIDER_ENDPOINTS: JSON.stringify(endpoints.map((one) => ({ ...one, name: one.id, models: ['some'] }))),
    ...env,
  });
  const config = await readConfig(server.url);
  return {
    server,
    config,
    send: (provider) =>
      sendRun(server.url, { key: KEY, sealed: true, body: { goal: GOAL, provider, model: 'some' }, config }),
    connections: () => tcpConnections(server.pid),
    metric: async (series) => {
      const answer = await fetch(server.url + ROUTES.metrics, { headers: { connection: 'close' } });
      const line = (await answer.text()).split('\n').find((one) => one.startsWith(`${series} `));
      return Number(line?.slice(series.length) ?? 0);
    },
    peakMb: () =>
      Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'latin1'))?.[1]) / 1024,
    stop: async () => {
      await server.end('SIGKILL');
      removeDataFolder(folder);
    },
  };
}

const LISTENING = '0A';

/** Those of the process's descriptors that the kernel lists as TCP, but for what it listens on. */
function tcpConnections(pid: number): number {
  const open = new Set<string>();
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readFileSync(`/proc/${pid}/net/${table}`, 'latin1').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[9] !== undefined && fields[3] !== LISTENING) open.add(`socket:[${fields[9]}]`);
    }
  }
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => open.has(linkOf(`/proc/${pid}/fd/${fd}`))).length;
}

/** Empty for one that was closed meanwhile. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
