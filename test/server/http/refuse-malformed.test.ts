import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHttpServer } from '../../../server/http/http-server.ts';
import { REQUEST_ID_HEADER } from '../../../server/telemetry/access-log.ts';
import { createLog } from '../../../server/telemetry/log.ts';
import { sendBytes } from '../byo/support/raw-http.ts';

const printed: string[] = [];
const log = createLog('info', { write: (line) => void printed.push(line) });
const server = createHttpServer(new Hono<{ Bindings: HttpBindings }>(), { requestLimitMs: 1000, log });
let url = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on TCP
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((closed) => void server.close(closed));
});
beforeEach(() => {
  printed.length = 0;
});

test.each([
  ['no HTTP', 'hello?secret\r\n\r\n', 400, '-'],
  ['a head that never ends', 'GET /?secret HTTP/1.1\r\nhost: a', 408, '-'],
  ['an expectation', 'GET /?secret HTTP/1.1\r\nhost: a\r\nexpect: secret\r\n\r\n', 417, 'GET'],
  [
    'a head that is too large',
    `GET /?secret HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    '-',
  ],
  ['two hosts', 'GET /?secret HTTP/1.1\r\nhost: a\r\nhost: secret\r\n\r\n', 400, 'GET'],
  ['a host that is none', 'GET /?secret HTTP/1.1\r\nhost: a/secret\r\nconnection: close\r\n\r\n', 400, '-'],
])('%s is refused with an id, and has a line with it', async (_, bytes, status, method) => {
  const answer = await sendBytes(url, bytes);
  expect(answer.status).toBe(status);
  const lines = printed.map((line): unknown => JSON.parse(line));
  const request = answer.headers.get(REQUEST_ID_HEADER);
  expect(request).toMatch(/^[0-9a-f-]{36}$/);
  expect(lines).toEqual([
    { level: 'info', time: expect.any(String), msg: 'request', request, method, route: '-', status },
  ]);
  expect(printed.join('')).not.toContain('secret');
});
