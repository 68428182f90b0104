import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { PromptPhase } from '../../../server/sandbox/content/answer-prompt.ts';
import { sharedUs } from './clock.ts';
import { serveOps } from './rpc.ts';
import { NAMES, readCall } from './source-answers.ts';
import { ANTHROPIC, OPENAI, piece } from './source-frames.ts';

/** How drafts are streamed. Structured answers come whole and at once. */
export interface SourceScript {
  readonly items: number;
  /** Pieces of text in a draft; `spread` more in each further one of a run. */
  readonly events: number;
  readonly spread?: number;
  /** Between two writes; 0: as fast as they are taken. */
  readonly everyMs: number;
  /** Events in one write. */
  readonly together: number;
  /** Before an answer begins. */
  readonly waitMs?: Readonly<Partial<Record<PromptPhase, number>>>;
  /** Answers of this phase stop after their beginning, and stay open. */
  readonly hold?: PromptPhase;
  /** In place of every answer. */
  readonly status?: number;
  /** Breaks a draft off with a reset, half-way. */
  readonly cut?: boolean;
  /** Keeps every request. */
  readonly journal?: boolean;
}

export interface JournalEntry {
  readonly phase: PromptPhase;
  readonly item: string;
  readonly path: string;
  readonly body: string;
  readonly fromUs: number;
  readonly toUs: number;
}

export interface SourceState {
  readonly openAnswers: number;
  readonly openSockets: number;
  /** Text events of drafts since the last `script`. */
  readonly events: number;
  readonly requests: number;
  readonly connections: number;
  /** Requests with a canary in their head. */
  readonly keys: number;
  /** When the client of an answer left, by the number in its goal. */
  readonly left: readonly (readonly [run: number, atUs: number])[];
}

let script: SourceScript = { items: 1, events: 100, everyMs: 0, together: 1 };
const sockets = new Set<Socket>();
const open = new Set<ServerResponse>();
let events = 0;
let requests = 0;
let connections = 0;
let keys = 0;
let left: [number, number][] = [];
let journal: JournalEntry[] = [];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  requests += 1;
  if (request.rawHeaders.some((value) => /^(?:Bearer )?sk-[\w-]{17,}$/.test(value))) keys += 1;
  const body = await text(request);
  const fromUs = sharedUs();
  if (script.status !== undefined) {
    response.writeHead(script.status, { 'content-type': 'application/json' });
    response.end('{"type":"error","error":{"type":"authentication_error","message":"invalid key"}}');
    return;
  }
  const run = Number(/bench run (\d+)/.exec(body)?.[1] ?? 0);
  const format = request.url?.endsWith('/messages') ? ANTHROPIC : OPENAI;
  const { phase, item, whole } = readCall(body, script.items);
  if (script.journal) {
    response.once('finish', () =>
      journal.push({ phase, item, path: request.url ?? '', body, fromUs, toUs: sharedUs() }),
    );
  }
  await new Promise((resolve) => setTimeout(resolve, script.waitMs?.[phase] ?? 0));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(format.start);
  const held = script.hold === phase;
  if (whole !== undefined && !held) {
    response.end(format.text(whole) + format.end);
    return;
  }
  open.add(response);
  // 'close' of a response that was not finished: the client left, and its socket is gone.
  response.once('close', () => {
    open.delete(response);
    if (!response.writableFinished) left.push([run, sharedUs()]);
  });
  if (held) return;
  await sendDraft(
    response,
    format.text,
    script.events + (script.spread ?? 0) * Math.max(0, NAMES.indexOf(item)),
  );
  response.end(format.end);
}

async function sendDraft(
  response: ServerResponse,
  frame: (text: string) => string,
  all: number,
): Promise<void> {
  const { everyMs, together } = script;
  let due = performance.now() + everyMs * Math.random();
  for (let sent = 0; sent < all && !response.destroyed; ) {
    due += everyMs;
    const ms = due - performance.now();
    if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    else await new Promise((resolve) => setImmediate(resolve));
    const now = Math.min(together, all - sent);
    let bytes = '';
    for (let i = 0; i < now; i++) bytes += frame(piece(sent + i));
    sent += now;
    events += now;
    if (script.cut && sent >= all / 2) response.socket?.resetAndDestroy();
    if (!response.write(bytes) && !response.destroyed) {
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    }
  }
}

const { BENCH_CERT: cert, BENCH_CERT_KEY: key } = process.env;
const handler = (request: IncomingMessage, response: ServerResponse): void =>
  void answer(request, response).catch(() => response.destroy());
const server =
  cert && key
    ? createTlsServer({ cert, key, keepAliveTimeout: 0 }, handler)
    : createServer({ keepAliveTimeout: 0 }, handler);
server.on('connection', (socket: Socket) => {
  socket.setNoDelay(true);
  connections += 1;
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

const ops = {
  async listen(): Promise<number> {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return (server.address() as AddressInfo).port; // as: it listens on TCP
  },
  script(next: SourceScript): void {
    script = next;
    events = 0;
    requests = 0;
    connections = 0;
    keys = 0;
    left = [];
    journal = [];
  },
  state: (): SourceState => ({
    openAnswers: open.size,
    openSockets: sockets.size,
    events,
    requests,
    connections,
    keys,
    left,
  }),
  /** Ends the answers that a gateway went on reading when its client had left. */
  drop(): void {
    for (const response of open) response.destroy();
  },
  journal: (): readonly JournalEntry[] => journal,
};
export type SourceOps = typeof ops;
serveOps(ops);
