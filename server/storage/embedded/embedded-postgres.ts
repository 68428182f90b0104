import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { Log } from '../../telemetry/log.ts';
import { isDiskFull, StorageError, storageFields } from '../storage-error.ts';
import {
  type Cluster,
  clusterDir,
  diskFull,
  endCluster,
  ensureCluster,
  type RunningCluster,
  runningCluster,
  runsOurPrograms,
  SUPERUSER,
  startCluster,
  stopCluster,
} from './cluster.ts';
import { makeSocketDir } from './cluster-settings.ts';
import { type DataLock, isAlive, lockDataDir } from './data-lock.ts';
import { postgresHome } from './postgres-home.ts';
import { installPostgres } from './postgres-native.ts';

/**
 * The PostgreSQL that comes with Oneturn: made on the first start, started with it, stopped with it. One that outlived a killed
 * Oneturn is taken over; one that dies while Oneturn runs is started again. It is reached through a Unix socket alone.
 */

const WATCH_MS = 500;
/** After the main process died, its children hold the shared memory until they notice. */
const RESTART_TRIES = 20;

export interface EmbeddedPostgres {
  /** What `pg` connects to. */
  readonly address: { readonly host: string; readonly database: string; readonly user: string };
  /** The main process now; another one after a restart. */
  pid(): number;
  stop(): Promise<void>;
}

export async function startEmbeddedPostgres(
  dataDir: string,
  log: Log,
  processes = 1,
): Promise<EmbeddedPostgres> {
  const lock = lockDataDir(dataDir);
  try {
    return await start(dataDir, { lock, log, processes });
  } catch (error) {
    lock.release();
    throw isDiskFull(error) ? diskFull(dataDir) : error;
  }
}

interface Begun {
  readonly lock: DataLock;
  readonly log: Log;
  readonly processes: number;
}

async function start(dataDir: string, { lock, log, processes }: Begun): Promise<EmbeddedPostgres> {
  const startedMs = performance.now();
  const home = postgresHome(dataDir);
  const at = { home: home.dir, user: home.user, programs: installPostgres(home.dir) };
  const cluster: Cluster = { ...at, processes };
  const made = await ensureCluster(cluster);

  const orphan = runningCluster(cluster);
  const adopted = orphan?.ready === true && runsOurPrograms(cluster);
  const running = adopted ? orphan : await startAnew(cluster);
  const { socketDir } = running;
  let { pid } = running;
  log.info('postgres ready', {
    dir: clusterDir(cluster),
    pid,
    cluster: made,
    adopted,
    ms: Math.round(performance.now() - startedMs),
  });

  let stopping = false;
  let restarting: Promise<void> | undefined;
  const watch = setInterval(() => {
    if (stopping || restarting !== undefined || isAlive(pid)) return;
    log.error('postgres died, starting it again', { pid });
    restarting = restart(cluster, socketDir)
      .then((next) => {
        pid = next;
        log.info('postgres ready again', { pid });
      })
      .catch((error: unknown) => log.error('postgres does not start again, trying on', storageFields(error)))
      .finally(() => {
        restarting = undefined;
      });
  }, WATCH_MS);
  watch.unref();

  // a process that ends without stop() still asks for a fast stop: SIGINT means that to the main process
  const leave = (): void => {
    if (isAlive(pid)) process.kill(pid, 'SIGINT');
  };
  process.once('exit', leave);

  return {
    address: { host: socketDir, database: 'postgres', user: SUPERUSER },
    pid: () => pid,
    stop: async () => {
      if (stopping) return;
      stopping = true;
      clearInterval(watch);
      process.off('exit', leave);
      await restarting;
      await endCluster(cluster, log);
      if (dirname(socketDir) === tmpdir()) rmSync(socketDir, { recursive: true, force: true });
      lock.release();
    },
  };
}

async function restart(cluster: Cluster, socketDir: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      await startCluster(cluster, socketDir);
      return requireRunning(cluster).pid;
    } catch (error) {
      if (tries >= RESTART_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function startAnew(cluster: Cluster): Promise<RunningCluster> {
  await stopCluster(cluster);
  await startCluster(cluster, makeSocketDir(cluster.home));
  return requireRunning(cluster);
}

function requireRunning(cluster: Cluster): RunningCluster {
  const running = runningCluster(cluster);
  if (running === undefined)
    throw new StorageError(
      `PostgreSQL started in ${cluster.home} and ended at once. See postgres.log there.`,
    );
  return running;
}
