import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { requestId } from 'hono/request-id';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHttpServer } from '../../../server/http/http-server.ts';
import { accessLog, REQUEST_ID_HEADER } from '../../../server/telemetry/access-log.ts';
import { createLog } from '../../../server/telemetry/log.ts';

const printed: string[] = [];
let url = '';
let close: () => Promise<unknown>;
let arrived = (): void => undefined;

beforeEach(async () => {
  printed.length = 0;
  const log = createLog('info', { write: (line) => void printed.push(line) });
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(requestId({ headerName: '' }));
  app.use(accessLog(log));
  app.get('/v1/things/:id', (c) => c.text('one'));
  app.delete('/v1/things/:id', (c) => c.body(null, 204));
  app.get('/broken', () => {
    throw new Error('secret in a message');
  });
  app.get('/never', () => {
    arrived();
    return new Promise<Response>(() => undefined);
  });
  app.get('/half', (c) => {
    c.env.outgoing.write('half');
    arrived();
    return new Promise<Response>(() => undefined);
  });
  app.get('*', (c) => c.text('page'));
  app.onError((_, c) => c.text('broke', 500));
  const server = createHttpServer(app, { requestLimitMs: 10_000, log });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on TCP
  close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
});
afterEach(() => close());

const lines = (): Record<string, unknown>[] => printed.map((line) => JSON.parse(line));
const only = async (): Promise<Record<string, unknown>> => {
  await expect.poll(() => printed.length).toBe(1);
  return lines()[0] ?? {};
};

test('a line names method, pattern and status, and has nothing of path, query, headers or address', async () => {
  await fetch(`${url}/v1/things/4711?q=searched`, {
    headers: { cookie: 'session=cookie-secret', 'user-agent': 'agent-secret' },
  });
  const line = await only();
  expect(line).toMatchObject({ msg: 'request', method: 'GET', route: '/v1/things/:id', status: 200 });
  expect(line['ms']).toEqual(expect.any(Number));
  expect(Object.keys(line).sort()).toEqual(
    ['level', 'time', 'msg', 'request', 'method', 'route', 'status', 'ms'].sort(),
  );
  expect(printed.join('')).not.toMatch(/4711|searched|secret|127\.0\.0\.1/);
});

test('the answer carries the line’s id, which the client does not choose', async () => {
  const answer = await fetch(`${url}/v1/things/1`, { headers: { [REQUEST_ID_HEADER]: 'mine' } });
  const line = await only();
  expect(line['request']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get(REQUEST_ID_HEADER)).toBe(line['request']);
});

test.each([
  ['DELETE', '/v1/things/1', 204, '/v1/things/:id'],
  ['GET', '/any/page', 200, '/*'],
  ['POST', '/nowhere', 404, '/*'],
  ['GET', '/broken', 500, '/broken'],
])('%s %s has its line too', async (method, path, status, route) => {
  expect((await fetch(url + path, { method })).status).toBe(status);
  expect(await only()).toMatchObject({ method, route, status });
  expect(printed.join('')).not.toContain('secret');
});

test.each(['/never', '/half'])(
  'a client that leaves before its answer is whole is a 499: %s',
  async (path) => {
    const there = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const sent = request(url + path);
    sent.on('error', () => undefined);
    sent.end();
    await there;
    sent.destroy();
    expect(await only()).toMatchObject({ status: 499 });
  },
);
