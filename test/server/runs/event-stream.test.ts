import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventStream, HEARTBEAT_MS } from '../../../server/runs/event-stream.ts';

/** A client's connection whose other end takes bytes only when the test says so. */
class SlowSocket extends Socket {
  taken = '';
  #take: (() => void) | undefined;
  open = false;

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.taken += chunk.toString();
    if (this.open) done();
    else this.#take = done;
  }

  override _writev(chunks: { chunk: Buffer | string }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => Buffer.from(chunk))), 'utf8', done);
  }

  takeAll(): void {
    this.open = true;
    this.#take?.();
    this.#take = undefined;
  }
}

let socket: SlowSocket;
let out: ServerResponse;
let stream: EventStream;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  socket = new SlowSocket();
  out = new ServerResponse(new IncomingMessage(socket));
  out.assignSocket(socket);
  // As node's server does.
  socket.on('drain', () => out.emit('drain'));
  stream = new EventStream(out, { 'x-run-id': 'r' });
});
afterEach(() => {
  socket.destroy();
  vi.useRealTimers();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
const text = (delta: string) => ({ event: 'text', data: { item: 'i1', revision: 1, delta } }) as const;

test('keeps its head and its events until it is opened', async () => {
  stream.send({ event: 'run', data: { id: 'r' } });
  await turn();
  expect(socket.taken).toBe('');
  socket.takeAll();
  stream.open();
  await turn();
  expect(socket.taken).toMatch(
    /^HTTP\/1\.1 200 OK\r\n[\s\S]*x-run-id: r\r\n[\s\S]*event: run\nid: 1\ndata: \{"id":"r"\}\n\n/,
  );
});

test('gives an unopened response back without a byte', async () => {
  stream.send({ event: 'run', data: { id: 'r' } });
  stream.abandon();
  vi.advanceTimersByTime(60_000);
  await turn();
  expect(out.headersSent).toBe(false);
});

test('writes all events of one turn at once', async () => {
  socket.takeAll();
  stream.open();
  await turn();
  const written = vi.spyOn(out, 'write');
  for (const delta of ['a', 'b', 'c']) stream.send(text(delta));
  await turn();
  expect(written).toHaveBeenCalledTimes(1);
});

test('a client that does not read closes the gate, and opens it when it reads again, with nothing lost', async () => {
  stream.open();
  stream.send(text('x'.repeat(100_000)));
  await turn();
  expect(stream.gate.closed).toBe(true);
  const written = vi.spyOn(out, 'write');
  for (let i = 0; i < 50; i++) {
    stream.send(text(`piece ${i}`));
    await turn();
  }
  expect(written, 'nothing more is given to a socket that is full').not.toHaveBeenCalled();
  socket.takeAll();
  await expect.poll(() => stream.gate.closed).toBe(false);
  await expect.poll(() => socket.taken.match(/piece \d+/g)?.length).toBe(50);
});

/** Sends more than a socket holds. */
async function fill(): Promise<void> {
  socket.open = false;
  stream.send(text('x'.repeat(100_000)));
  await turn();
  expect(stream.gate.closed).toBe(true);
}

test('a client whose socket is full at four heartbeats in a row is cut off, and costs no memory until then', async () => {
  stream.open();
  await fill();
  const written = vi.spyOn(out, 'write');
  vi.advanceTimersByTime(HEARTBEAT_MS * 4 - 1);
  expect(out.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(out.destroyed).toBe(true);
  expect(written).not.toHaveBeenCalled();
  await turn();
  expect(vi.getTimerCount()).toBe(0);
});

test('a client that is slow, but reads, is not', async () => {
  stream.open();
  for (let i = 0; i < 3; i++) {
    await fill();
    vi.advanceTimersByTime(HEARTBEAT_MS * 3);
    socket.takeAll();
    await expect.poll(() => stream.gate.closed).toBe(false);
  }
  expect(out.destroyed).toBe(false);
});

test('a heartbeat comes after silence only, which lets the probes of TCP finish', async () => {
  socket.takeAll();
  stream.open();
  for (let i = 0; i < 5; i++) {
    stream.send(text('piece'));
    await turn();
    vi.advanceTimersByTime(HEARTBEAT_MS - 1);
  }
  expect(socket.taken).not.toContain(': still here');
  vi.advanceTimersByTime(1);
  await turn();
  expect(socket.taken).toContain(': still here');
  expect(HEARTBEAT_MS).toBeGreaterThan(11_000);
});

test('a client that never takes the last events is cut off, and its heartbeat ends', async () => {
  stream.open();
  stream.send(text('x'.repeat(100_000)));
  await turn();
  stream.send({ event: 'done', data: { drafts: 1 } });
  stream.end();
  vi.advanceTimersByTime(29_000);
  expect(out.destroyed).toBe(false);
  vi.advanceTimersByTime(2000);
  expect(out.destroyed).toBe(true);
  await turn();
  expect(vi.getTimerCount()).toBe(0);
});

test('a client that takes them leaves no timer behind', async () => {
  socket.takeAll();
  stream.open();
  stream.send({ event: 'done', data: { drafts: 1 } });
  stream.end();
  await expect.poll(() => out.writableFinished).toBe(true);
  out.destroy();
  await turn();
  expect(vi.getTimerCount()).toBe(0);
});
