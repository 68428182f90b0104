import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { MAGIC } from '../../leak/canary.ts';
import { sharedUs } from './clock.ts';
import { serveOps } from './rpc.ts';
import { structuredAnswer } from './source-answers.ts';
import { ANTHROPIC, OPENAI, piece } from './source-frames.ts';

/** How drafts are streamed. Structured answers come whole and at once. */
export interface SourceScript {
  readonly items: number;
  /** Pieces of text in a draft. */
  readonly events: number;
  /** Between two writes; 0: as fast as they are taken. */
  readonly everyMs: number;
  /** Events in one write. */
  readonly together: number;
  /** In place of every answer. */
  readonly status?: number;
}

export interface SourceState {
  readonly openAnswers: number;
  readonly openSockets: number;
  /** Text events of drafts since the last `script`. */
  readonly events: number;
  readonly requests: number;
  /** Requests with a canary in their head. */
  readonly keys: number;
  /** When the client of an answer left, by the number in its goal. */
  readonly left: readonly (readonly [run: number, atUs: number])[];
}

let script: SourceScript = { items: 1, events: 100, everyMs: 0, together: 1 };
const sockets = new Set<Socket>();
let answers = 0;
let events = 0;
let requests = 0;
let keys = 0;
let left: [number, number][] = [];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  requests += 1;
  if (request.rawHeaders.some((value) => value.includes(MAGIC))) keys += 1;
  const body = await text(request);
  if (script.status !== undefined) {
    response.writeHead(script.status, { 'content-type': 'application/json' });
    response.end('{"type":"error","error":{"type":"authentication_error","message":"invalid key"}}');
    return;
  }
  const run = Number(/bench run (\d+)/.exec(body)?.[1] ?? 0);
  const format = request.url?.endsWith('/messages') ? ANTHROPIC : OPENAI;
  const whole = structuredAnswer(body, script.items);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(format.start);
  if (whole !== undefined) {
    response.end(format.text(whole) + format.end);
    return;
  }
  answers += 1;
  // 'close' of a response that was not finished: the client left, and its socket is gone.
  response.once('close', () => {
    answers -= 1;
    if (!response.writableFinished) left.push([run, sharedUs()]);
  });
  await sendDraft(response, format.text);
  response.end(format.end);
}

async function sendDraft(response: ServerResponse, frame: (text: string) => string): Promise<void> {
  const { events: all, everyMs, together } = script;
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
    if (!response.write(bytes) && !response.destroyed) {
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    }
  }
}

const { BENCH_CERT: cert, BENCH_CERT_KEY: key } = process.env;
const handler = (request: IncomingMessage, response: ServerResponse): void => void answer(request, response).catch(() => response.destroy());
const server = cert && key ? createTlsServer({ cert, key, keepAliveTimeout: 0 }, handler) : createServer({ keepAliveTimeout: 0 }, handler);
server.on('connection', (socket: Socket) => {
  socket.setNoDelay(true);
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
    keys = 0;
    left = [];
  },
  state: (): SourceState => ({ openAnswers: answers, openSockets: sockets.size, events, requests, keys, left }),
};
export type SourceOps = typeof ops;
serveOps(ops);
