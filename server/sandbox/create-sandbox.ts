import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Connections, trackConnections } from './connections.ts';
import type { Ending, HookedExchange, SandboxHook } from './hook.ts';
import type { Pace } from './pace.ts';
import { readBody } from './read-body.ts';
import { refusal } from './refusals.ts';
import { respond } from './respond.ts';
import { routeOf } from './routes.ts';
import { sendWhole } from './send-whole.ts';
import { Wire } from './wire.ts';

/** `pace` slows answers down to the speed of a real model. */
export interface SandboxOptions {
  /** 0 and absent: any free port. Always on loopback. */
  readonly port?: number;
  readonly pace?: Pace;
  /** For tests. */
  readonly hook?: SandboxHook;
}

/** As web servers in front of models have it. Node's five seconds run out while a busy client has not yet read the answer before. */
const KEEP_ALIVE_MS = 75_000;

/** The built-in provider: composes by rules, without a model. Nothing of a request outlives its answer. */
export interface Sandbox {
  readonly origin: string;
  /** Ends every answer and closes every connection. */
  close(): Promise<void>;
}

/** Listens on loopback, over real HTTP, so that a run on the sandbox takes the way of every other run. */
export async function createSandbox({
  port = 0,
  pace = 'real',
  hook,
}: SandboxOptions = {}): Promise<Sandbox> {
  const wires = new Set<Wire>();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const exchange = hook ? hook.open(request, response) : plainExchange(response, pace);
    if (exchange) void serve(request, exchange, { wires, connections });
  });
  const connections = trackConnections(server);
  if (hook) server.on('connection', (socket) => hook.connected(socket));
  const origin = await listen(server, port);

  return {
    origin,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const wire of wires) wire.leave();
      server.closeAllConnections();
      await closed;
      await connections.allClosed();
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on TCP
}

function plainExchange(response: ServerResponse, pace: Pace): HookedExchange {
  const wire = new Wire(response);
  return {
    wire,
    respond: async (received) => {
      await respond(received, wire, pace);
      return 'finished';
    },
    over: () => undefined,
  };
}

interface Open {
  readonly wires: Set<Wire>;
  readonly connections: Connections;
}

async function serve(
  request: IncomingMessage,
  exchange: HookedExchange,
  { wires, connections }: Open,
): Promise<void> {
  const { wire } = exchange;
  const leaving = connections.of(request.socket);
  let open = true;
  const over = (how: Ending): void => {
    if (!open) return;
    open = false;
    leaving.delete(left);
    wires.delete(wire);
    exchange.over(how);
  };
  const left = (): void => {
    over('aborted');
    wire.leave();
  };
  wires.add(wire);
  leaving.add(left);

  const body = await readBody(request);
  const { method = '', url: path = '', headers } = request;
  // every address that a client may send is one below this server
  const base = 'http://sandbox';
  const url = URL.canParse(path, base) ? new URL(path, base) : new URL(base);
  const route = routeOf(method, url, headers);
  if (body === undefined) {
    const tooLarge = refusal(route.dialect, {
      status: 413,
      type: 'request_too_large',
      message: 'Request exceeds the maximum size',
    });
    await sendWhole(wire, { ...tooLarge, headers: { ...tooLarge.headers, connection: 'close' } });
    return over('finished');
  }
  over(await exchange.respond({ method, url, headers, body, route }));
}
