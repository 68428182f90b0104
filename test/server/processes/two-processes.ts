import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { makeDataFolder, removeDataFolder } from '../../data-folder.ts';
import { type RunningServer, startServer } from '../../faults/processes.ts';
import { buildPrograms } from '../../faults/programs.ts';
import { childrenOf } from '../../process-tree.ts';
import { seedDataDir } from '../database.ts';

/** Notes every message that one process of the server sends another. */
const SPY = `import cluster from 'node:cluster';
import { appendFileSync } from 'node:fs';
const watch = (end) => {
  const send = end.send.bind(end);
  end.send = (message, ...more) => {
    appendFileSync(process.env.SPY, JSON.stringify(message) + '\\n');
    return send(message, ...more);
  };
};
if (process.send) watch(process);
else cluster.on('fork', (worker) => watch(worker.process));`;

/** The built server with PROCESSES=2, at a provider of the test, named `lab`. */
export interface TwoProcesses {
  readonly server: RunningServer;
  readonly folder: string;
  /** The processes that serve. */
  members(): readonly number[];
  /** Which of them wrote a line that has this in it. */
  wrote(part: string): ReadonlySet<number>;
  /** What went between the processes; empty unless it was asked for. */
  told(): string;
  ready(): Promise<number>;
  stop(): Promise<void>;
}

export async function twoProcesses(
  baseUrl: string,
  { spied = false }: { readonly spied?: boolean } = {},
): Promise<TwoProcesses> {
  const folder = makeDataFolder('processes');
  const data = join(folder, 'data');
  await seedDataDir(data);
  const spy = join(folder, 'spy.mjs');
  writeFileSync(spy, SPY);
  writeFileSync(join(folder, 'told'), '');
  const { server: script } = await buildPrograms();
  const server = await startServer(script, {
    ...{ PROCESSES: '2', DATA_DIR: data, SHUTDOWN_GRACE_MS: '0', HOSTED_WORKERS: '0' },
    ...{ RUNS_PER_MINUTE: '100000', CONCURRENT_RUNS: '1000', LOG_LEVEL: 'debug' },
    PROVIDER_ENDPOINTS: JSON.stringify([
      { id: 'lab', name: 'Lab', format: 'anthropic', baseUrl, models: ['m'] },
    ]),
    ...(spied && { SPY: join(folder, 'told'), NODE_OPTIONS: `--import ${pathToFileURL(spy).href}` }),
  });
  return {
    server,
    folder,
    members: () => childrenOf(server.pid).filter((pid) => nameOf(pid).includes('main.js')),
    wrote: (part) => {
      const lines = server.printed().split('\n');
      const pids = lines.filter((line) => line.includes(part)).map((line) => /"pid":(\d+)/.exec(line)?.[1]);
      return new Set(pids.filter((pid) => pid !== undefined).map(Number));
    },
    told: () => readFileSync(join(folder, 'told'), 'utf8'),
    ready: async () => (await fetch(server.url + ROUTES.ready, { headers: { connection: 'close' } })).status,
    stop: async () => {
      if (server.isAlive()) await server.end('SIGTERM');
      removeDataFolder(data);
      removeDataFolder(folder);
    },
  };
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
