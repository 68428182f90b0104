import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER, MAX_BODY_BYTES } from '../../../shared/contract/run-limits.ts';
import { byoServer } from './support/byo-server.ts';
import { openSocket, type RawAnswer, readToEnd, sendBytes } from './support/raw-http.ts';
import { BODY, headOf, length, sendRaw } from './support/raw-run.ts';

/** Requests that no well-meaning client makes, down to their bytes. */
const byo = byoServer({ REQUEST_LIMIT_MS: '1000' });

const head = (lines: readonly string[], path?: string): string => headOf(byo.url, lines, path);

const send = (lines: readonly string[], body?: string): Promise<RawAnswer> => sendRaw(byo, lines, body);

describe('another protocol, over which a client could leave in other ways', () => {
  const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  const SETTINGS = '\0\0\0\x04\0\0\0\0\0';
  const nothing = () => ({ requests: byo.sandbox.journal.length, streams: byo.lines.length });

  test('HTTP/2 with prior knowledge is no HTTP here: a 400, and the end', async () => {
    const answer = await sendBytes(byo.url, Buffer.from(PREFACE + SETTINGS, 'latin1'));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'invalid_request' } });
    expect(nothing()).toEqual({ requests: 0, streams: 0 });
  });

  test('a client that speaks nothing else gets no run', async () => {
    const client = connectHttp2(byo.url);
    const failed = once(client, 'error');
    const stream = client.request({
      ':method': 'POST',
      ':path': ROUTES.byo,
      [KEY_HEADER]: byo.key,
      'content-type': 'application/json',
    });
    stream.on('error', () => undefined);
    stream.end(BODY);
    await failed;
    client.destroy();
    expect(nothing()).toEqual({ requests: 0, streams: 0 });
  });

  test.each([
    [
      'h2c',
      ['connection: upgrade, http2-settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAARAAAAAAAIAAAAA'],
    ],
    [
      'a web socket',
      [
        'connection: upgrade',
        'upgrade: websocket',
        'sec-websocket-version: 13',
        'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
      ],
    ],
  ])(
    'an upgrade to %s is not followed: one answer in HTTP/1.1, and what comes in the new protocol ends the connection',
    async (_, lines) => {
      const asked = [
        `GET ${ROUTES.health} HTTP/1.1`,
        `host: ${new URL(byo.url).host}`,
        ...lines,
        '',
        '',
      ].join('\r\n');
      const { text, status } = await sendBytes(byo.url, Buffer.from(asked + PREFACE + SETTINGS, 'latin1'));
      expect(status).toBe(200);
      expect(text.match(/HTTP\/[\d.]+ \d+/g)).toEqual(['HTTP/1.1 200']);
      expect(text).not.toMatch(/\r\nupgrade:/i);
      expect(nothing()).toEqual({ requests: 0, streams: 0 });
    },
  );
});

describe('an expectation', () => {
  test('that is not 100-continue is refused before the body is read, as any refusal is', async () => {
    const answer = await send([length(), 'expect: 200-maybe', `${KEY_HEADER}: ${byo.key}`]);
    expect(answer.status).toBe(417);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'invalid_request' } });
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('of 100-continue is met, as curl wants it for a long goal', async () => {
    const { text } = await send([length(), 'expect: 100-continue', `${KEY_HEADER}: ${byo.key}`]);
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });
});

describe('a body over the limit', () => {
  test('is answered while it is still coming, and the rest of it is thrown away', async () => {
    const size = 8 * MAX_BODY_BYTES;
    const socket = await openSocket(byo.url, head([`content-length: ${size}`, `${KEY_HEADER}: ${byo.key}`]));
    socket.write(Buffer.alloc(size / 2, 0x20));
    const answered = once(socket, 'data');
    expect(String((await answered)[0])).toContain('413 ');
    const { body } = await readToEnd(socket);
    byo.note(body);
    expect(byo.sandbox.journal).toEqual([]);
  });
});

describe('a request that comes byte by byte', () => {
  test.each([
    ['head', () => `POST ${ROUTES.byo} HTTP/1.1\r\nhost: localhost\r\n`],
    ['body', () => head([length(), `${KEY_HEADER}: ${byo.key}`]) + BODY.slice(0, 20)],
  ])('is ended by the time limit in its %s, while others are served', async (_, beginning) => {
    const slow = await Promise.all(Array.from({ length: 20 }, () => openSocket(byo.url, beginning())));
    const drip = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write('x');
    }, 100);
    const ends = slow.map(readToEnd);
    expect((await fetch(byo.url + ROUTES.health)).status).toBe(200);
    const answers = await Promise.all(ends);
    clearInterval(drip);
    for (const { status, text } of answers) {
      byo.note(text);
      expect([0, 408]).toContain(status);
    }
    expect(byo.sandbox.journal).toEqual([]);
  });
});
