import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HookedExchange, SandboxHook } from '../../server/sandbox/hook.ts';
import type { Pace } from '../../server/sandbox/pace.ts';
import { FaultWire } from './fault-wire.ts';
import { type Counters, epochMs, type JournalEntry, journalEntry } from './journal.ts';
import { respondScripted } from './respond-scripted.ts';
import { createScript, type Rule } from './script.ts';

export interface TestHookOptions {
  readonly pace?: Pace;
  readonly journal?: boolean;
  readonly control?: boolean;
  readonly acceptKey?: string;
}

/** What the owner of a test's sandbox, or another process, asks of it. */
export interface TestControls {
  readonly counters: Counters;
  readonly journal: readonly JournalEntry[];
  script(rules: readonly Rule[]): void;
  /** Lets every answer go on that a rule holds, also what is asked later, until the next script. */
  release(): void;
  clear(): void;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Keeps the journal and plays the script. `control` answers the requests whose path begins with `/__`, where that is wanted. */
export function createTestHook(
  options: TestHookOptions,
  control: Answer,
): TestControls & { readonly hook: SandboxHook } {
  const journal: JournalEntry[] = [];
  const connections = countConnections();
  const { counters } = connections;
  const held = new Set<() => void>();
  let released = false;
  let script = createScript([]);

  const open = (request: IncomingMessage, response: ServerResponse): HookedExchange | undefined => {
    if (options.control && request.url?.startsWith('/__')) {
      connections.uncount(request.socket);
      void control(request, response);
      return undefined;
    }
    const wire = new FaultWire(response);
    const entry = journalEntry(request, connections.numberOf(request.socket));
    counters.requests += 1;
    if (options.journal) journal.push(entry);
    return {
      wire,
      respond: (received) => {
        if (options.journal) entry.body = received.body;
        return respondScripted(received, wire, {
          script,
          pace: options.pace ?? 'real',
          acceptKey: options.acceptKey,
          tookFor: (phase) => {
            entry.phase = phase;
          },
          wrote: () => {
            entry.frames += 1;
          },
          hold: () => (released ? Promise.resolve() : wire.hold((letGo) => void held.add(letGo))),
        });
      },
      over: (how) => {
        counters[how] += 1;
        entry.ended = how;
        entry.endedAtMs = epochMs();
        if (how === 'aborted') counters.lastAbortAtMs = entry.endedAtMs;
      },
    };
  };

  return {
    hook: { connected: connections.add, open },
    counters,
    journal,
    script(rules) {
      script = createScript(rules);
      released = false;
    },
    release() {
      released = true;
      for (const letGo of held) letGo();
      held.clear();
    },
    clear() {
      journal.length = 0;
      Object.assign(counters, { requests: 0, finished: 0, aborted: 0, cut: 0, lastAbortAtMs: null });
    },
  };
}

interface ConnectionCount {
  readonly counters: Counters;
  add(socket: Socket): void;
  /** Counted from 1. */
  numberOf(socket: Socket): number;
  /** Leaves a connection out of the count. */
  uncount(socket: Socket): void;
}

function countConnections(): ConnectionCount {
  const counters: Counters = {
    openSockets: 0,
    requests: 0,
    finished: 0,
    aborted: 0,
    cut: 0,
    lastAbortAtMs: null,
  };
  const numbers = new WeakMap<Socket, number>();
  const counted = new Set<Socket>();
  let total = 0;
  const uncount = (socket: Socket): void => {
    counted.delete(socket);
    counters.openSockets = counted.size;
  };
  return {
    counters,
    uncount,
    numberOf: (socket) => numbers.get(socket) ?? 0,
    add(socket) {
      numbers.set(socket, ++total);
      counted.add(socket);
      counters.openSockets = counted.size;
      socket.on('close', () => uncount(socket));
    },
  };
}
