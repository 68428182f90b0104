import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

/** Clients that begin and do not end, or ask and do not read. */
const KINDS = ['idle', 'slow head', 'slow body', 'pipelining'] as const;
export type FloodKind = (typeof KINDS)[number];

const FIRST: Readonly<Record<FloodKind, string>> = {
  idle: '',
  'slow head': 'GET /v1/config HTTP/1.1\r\nhost: localhost\r\nx-slow: ',
  'slow body':
    'POST /v1/intent/byo HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n',
  pipelining: 'GET /v1/config HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(2000),
};
/** What the slow ones go on with. */
const DRIP_MS = 1000;
const AT_ONCE = 100;

export interface FloodReport {
  /** Fewer than asked for where the system lets a process open no more. */
  readonly wanted: number;
  readonly opened: Readonly<Record<FloodKind, number>>;
  /** Connections at the same moment, at most. */
  readonly atOnce: number;
  /** How `/healthz` answered meanwhile, by status; 0: not at all. */
  readonly health: Readonly<Record<number, number>>;
  readonly healthWorstMs: number;
  readonly peakMb: number;
}

/** Opens connections of every kind to a server in another process, and waits until the server has ended the last of them. */
export async function flood(
  server: { readonly url: string; readonly pid: number },
  connections: number,
): Promise<FloodReport> {
  const count = Math.min(connections, mostConnections(server.pid));
  const open = new Map<Socket, FloodKind>();
  const opened = { idle: 0, 'slow head': 0, 'slow body': 0, pipelining: 0 };
  let atOnce = 0;
  let isOver = false;
  const { port, hostname } = new URL(server.url);

  const begin = (kind: FloodKind): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.once('connect', () => {
        opened[kind] += 1;
        open.set(socket, kind);
        atOnce = Math.max(atOnce, open.size);
        socket.write(FIRST[kind]);
        // only what is read tells of the other side's end; who pipelines reads nothing, and learns of it by a reset
        if (kind === 'pipelining') socket.pause();
        else socket.resume();
        resolve();
      });
      socket.once('close', () => {
        open.delete(socket);
        resolve();
      });
    });

  const drip = setInterval(() => {
    for (const [socket, kind] of open) if (kind !== 'idle') socket.write('x');
  }, DRIP_MS);
  const health = watchHealth(server.url, () => isOver);
  for (let from = 0; from < count; from += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => begin(kindOf(from + i)));
    await Promise.all(batch);
  }
  while (open.size > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  clearInterval(drip);
  isOver = true;
  return { wanted: count, opened, atOnce, ...(await health), peakMb: peakMb(server.pid) };
}

function kindOf(n: number): FloodKind {
  // as: the index is below the length
  return KINDS[n % KINDS.length] as FloodKind;
}

async function watchHealth(
  url: string,
  isOver: () => boolean,
): Promise<Pick<FloodReport, 'health' | 'healthWorstMs'>> {
  const health: Record<number, number> = {};
  let healthWorstMs = 0;
  while (!isOver()) {
    const from = performance.now();
    const status = await fetch(`${url}/healthz`).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => 0,
    );
    healthWorstMs = Math.max(healthWorstMs, performance.now() - from);
    health[status] = (health[status] ?? 0) + 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { health, healthWorstMs };
}

/** What the system lets each of the two processes open, less what they need themselves. */
function mostConnections(pid: number): number {
  const limits = ['self', String(pid)].map((of) =>
    Number(/^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${of}/limits`, 'latin1'))?.[1] ?? 1024),
  );
  return Math.min(...limits) - 200;
}

function peakMb(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
}
