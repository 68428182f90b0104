import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningCluster, SUPERUSER } from '../../server/storage/embedded/cluster.ts';
import { rememberedHome } from '../../server/storage/embedded/postgres-home.ts';
import { childrenOf } from '../process-tree.ts';
import { type Running, type RunningServer, startServer, startWorker } from './processes.ts';
import type { Programs } from './programs.ts';

/** A server with its embedded PostgreSQL, and a worker beside it on the same database: each can be killed and comes back. */

export const VICTIMS = ['server', 'worker', 'postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

export interface Stage {
  /** Of the server that runs now, or ran last. */
  url(): string;
  databaseUrl(): string;
  /** SIGKILL, then the return to work; the count of milliseconds until everything answers again. */
  kill(victim: Victim): Promise<number>;
  /** Processes that ended without being killed by us, with what they printed last. */
  ended(): readonly string[];
  /** Everything that was printed since the start. */
  printed(): string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly programs: Programs;
  readonly env?: Readonly<Record<string, string>>;
  readonly serverEnv?: Readonly<Record<string, string>>;
  readonly workerEnv?: Readonly<Record<string, string>>;
}

const READY_MS = 60_000;

export async function createStage({
  programs,
  env = {},
  serverEnv = {},
  workerEnv = {},
}: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-faults-'));
  // as root the cluster runs as another user, who must get through
  chmodSync(folder, 0o711);
  const dataDir = join(folder, 'data');
  const common = { SHUTDOWN_GRACE_MS: '0', ...env };
  const open = (): Promise<RunningServer> =>
    startServer(programs.server, { ...common, ...serverEnv, DATA_DIR: dataDir });
  const hire = (): Promise<Running> =>
    startWorker(programs.worker, {
      ...common,
      ...workerEnv,
      DATABASE_URL: databaseUrl(dataDir),
      DATA_DIR: join(folder, 'worker'),
    });

  let server = await open();
  let worker = await hire();
  const ended: string[] = [];
  let printed = '';
  const bury = (running: Running): void => {
    printed += running.printed();
  };

  const kills: Readonly<Record<Victim, () => Promise<void>>> = {
    server: async () => {
      if (!server.isAlive()) ended.push(`server: ${server.printed().slice(-500)}`);
      await server.end('SIGKILL');
      bury(server);
      server = await open();
    },
    worker: async () => {
      if (!worker.isAlive()) ended.push(`worker: ${worker.printed().slice(-500)}`);
      await worker.end('SIGKILL');
      bury(worker);
      worker = await hire();
    },
    postgres: async () => {
      const { pid } = clusterOf(dataDir);
      try {
        process.kill(anyProcess(pid), 'SIGKILL');
      } catch {
        // a child that had ended meanwhile; the main process stays
        process.kill(pid, 'SIGKILL');
      }
    },
  };

  return {
    dataDir,
    url: () => server.url,
    databaseUrl: () => databaseUrl(dataDir),
    ended: () => ended,
    printed: () => printed + server.printed() + worker.printed(),
    kill: async (victim) => {
      const from = performance.now();
      await kills[victim]();
      await ready(server.url);
      return performance.now() - from;
    },
    stop: async () => {
      if (!server.isAlive()) ended.push(`server: ${server.printed().slice(-500)}`);
      if (!worker.isAlive()) ended.push(`worker: ${worker.printed().slice(-500)}`);
      if (worker.isAlive()) await worker.end('SIGTERM');
      if (server.isAlive()) await server.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function clusterOf(dataDir: string): { readonly pid: number; readonly socketDir: string } {
  const running = runningCluster({ home: rememberedHome(dataDir) ?? join(dataDir, 'postgres') });
  if (running === undefined) throw new Error('PostgreSQL does not run: the server should have started it');
  return running;
}

export function databaseUrl(dataDir: string): string {
  return `postgresql://${SUPERUSER}@localhost/postgres?host=${encodeURIComponent(clusterOf(dataDir).socketDir)}`;
}

/** The main process, or as often one of its children: then the main process ends all others and recovers by itself. */
function anyProcess(postmaster: number): number {
  if (Math.random() < 0.5) return postmaster;
  const children = childrenOf(postmaster);
  return children[Math.floor(Math.random() * children.length)] ?? postmaster;
}

/** Until the server says that it and its database work, three times in a row: after a kill the first word may be the old one's. */
async function ready(url: string): Promise<void> {
  let times = 0;
  for (const until = performance.now() + READY_MS; times < 3; ) {
    const status = await fetch(`${url}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
    times = status === 200 ? times + 1 : 0;
    if (performance.now() > until)
      throw new Error(`the server is not ready a minute after the kill (${status})`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
