import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Received } from './routes.ts';
import type { Wire } from './wire.ts';

/**
 * Stands between the sandbox and its clients, for tests: they keep what came, and answer with faults. The product has none, and no code
 * that keeps or repeats anything of a request.
 */
export interface SandboxHook {
  /** A connection was made. */
  connected(socket: Socket): void;
  /** A request has come; its body has not been read. Undefined: it is the hook's own, which answers it. */
  open(request: IncomingMessage, response: ServerResponse): HookedExchange | undefined;
}

export interface HookedExchange {
  /** What the answer is written to. */
  readonly wire: Wire;
  respond(received: Received): Promise<Ending>;
  /** Called once, with how it ended. */
  over(how: Ending): void;
}

/** What became of a request. `aborted`: the client left first; `cut`: the hook broke the answer off. */
export type Ending = 'finished' | 'aborted' | 'cut';
