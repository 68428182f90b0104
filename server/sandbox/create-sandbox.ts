import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Connection, trackConnections } from './connections.ts';
import { control } from './control.ts';
import { type Counters, epochMs, type JournalEntry, journalEntry } from './journal.ts';
import type { Pace } from './pace.ts';
import { readBody } from './read-body.ts';
import { refusal } from './refusals.ts';
import { respond } from './respond.ts';
import { routeOf } from './routes.ts';
import { createScript, type Rule } from './script.ts';
import { Wire } from './wire.ts';

export interface SandboxOptions {
  /** 0 and absent: any free port. Always on loopback. */
  readonly port?: number;
  readonly pace?: Pace;
  /** Keeps every request with its headers and body. For tests only: without it nothing of a request outlives its answer. */
  readonly journal?: boolean;
  /** Opens `/__script`, `/__journal` and `/__counters` to any local process. For tests only. */
  readonly control?: boolean;
  /** Refuses every other key, as the path's vendor would; absent: any key, and none. */
  readonly acceptKey?: string;
}

/** The built-in provider: composes by rules, without a model, and plays whatever fault a script asks for. */
export interface Sandbox {
  readonly origin: string;
  readonly counters: Readonly<Counters>;
  /** Empty unless it was asked for. */
  readonly journal: readonly JournalEntry[];
  /** Replaces the script. Throws on a rule that is not one. */
  script(rules: readonly Rule[]): void;
  /** Forgets journal and counts, but not the connections that are open. */
  clear(): void;
  /** Ends every answer and closes every connection. */
  close(): Promise<void>;
}

export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const journal: JournalEntry[] = [];
  const counters: Counters = {
    openSockets: 0,
    requests: 0,
    finished: 0,
    aborted: 0,
    cut: 0,
    lastAbortAtMs: null,
  };
  const wires = new Set<Wire>();
  let script = createScript([]);

  const sandbox = {
    counters,
    journal,
    script(rules: readonly Rule[]): void {
      script = createScript(rules);
    },
    clear(): void {
      journal.length = 0;
      Object.assign(counters, { requests: 0, finished: 0, aborted: 0, cut: 0, lastAbortAtMs: null });
    },
  };

  const server = createServer((request, response) => {
    if (options.control && request.url?.startsWith('/__')) {
      connections.uncount(request.socket);
      return void control(request, response, sandbox);
    }
    void serve(request, response, connections.of(request.socket));
  });
  const connections = trackConnections(server, counters);

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    { number, leave }: Connection,
  ): Promise<void> {
    const wire = new Wire(response);
    const entry = journalEntry(request, number);
    let open = true;
    const over = (how: 'finished' | 'aborted' | 'cut'): void => {
      if (!open) return;
      open = false;
      leave.delete(left);
      wires.delete(wire);
      counters[how] += 1;
      entry.ended = how;
      entry.endedAtMs = epochMs();
      if (how === 'aborted') counters.lastAbortAtMs = entry.endedAtMs;
    };
    const left = (): void => {
      over('aborted');
      wire.leave();
    };
    counters.requests += 1;
    if (options.journal) journal.push(entry);
    wires.add(wire);
    leave.add(left);

    const body = await readBody(request);
    if (options.journal) entry.body = body ?? '';
    const url = URL.canParse(entry.path, origin) ? new URL(entry.path, origin) : new URL(origin);
    const route = routeOf(entry.method, url, request.headers);
    if (body === undefined) {
      const {
        status,
        headers,
        body: told,
      } = refusal(route.dialect, 413, 'request_too_large', 'Request exceeds the maximum size');
      wire.head(status, { ...headers, connection: 'close' });
      wire.end(told);
      return over('finished');
    }
    const how = await respond({ method: entry.method, url, headers: request.headers, body, route }, wire, {
      script,
      pace: options.pace ?? 'real',
      acceptKey: options.acceptKey,
      tookFor: (phase) => {
        entry.phase = phase;
      },
      wrote: () => {
        entry.frames += 1;
      },
    });
    over(how);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  const origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    ...sandbox,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const wire of wires) wire.leave();
      server.closeAllConnections();
      await closed;
      await connections.allClosed();
    },
  };
}
