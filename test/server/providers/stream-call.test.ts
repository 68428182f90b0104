import { gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { VENDORS, vendorById } from '../../../shared/providers/catalogue.ts';
import { callTo } from './call.ts';
import {
  chunk,
  DONE,
  END,
  FINISH,
  type HostileServer,
  hostileServer,
  reply,
  says,
  WHOLE,
  writes,
} from './hostile-server.ts';

let server: HostileServer;

afterEach(() => server.stop());

async function serve(answer: Parameters<typeof hostileServer>[0]): Promise<string> {
  server = await hostileServer(answer);
  return server.origin;
}

const SSE = { 'content-type': 'text/event-stream' };

const JSON_TYPE = { 'content-type': 'application/json' };

const serves = (...parts: readonly (string | Buffer)[]) => serve(writes(...parts));

describe('a call', () => {
  it('has text, usage, model and id, shows each piece as it comes, and keeps the connection', async () => {
    const origin = await serves(WHOLE);
    const agent = new Agent();
    const shown: string[] = [];
    const result = await callTo(origin, { agent, onText: (delta) => void shown.push(delta) });
    expect(result).toMatchObject({
      kind: 'answer',
      finish: 'stop',
      text: 'Hello',
      usage: { inputTokens: 100, outputTokens: 20 },
      status: 200,
      requestId: 'chatcmpl-7',
      model: 'some-model',
      billable: true,
    });
    expect(shown).toEqual(['Hel', 'lo']);
    await callTo(origin, { agent });
    await server.accepted(1);
    expect(server.open).toBe(1);
    await agent.destroy();
  });

  it('sends a golden list of headers and nothing of its own making beside it', async () => {
    const origin = await serves(WHOLE);
    process.env['HTTPS_PROXY'] = process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    process.env['OPENAI_BASE_URL'] = 'http://127.0.0.1:1';
    process.env['ANTHROPIC_CUSTOM_HEADERS'] = 'x-evil: 1';
    await callTo(origin).finally(() => {
      for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'OPENAI_BASE_URL', 'ANTHROPIC_CUSTOM_HEADERS'])
        delete process.env[name];
    });
    const [request] = server.requests;
    expect(request?.line).toBe('POST /v1/chat/completions HTTP/1.1');
    expect(
      request?.headers.map(([name, value]) => (name === 'content-length' ? name : `${name}: ${value}`)),
    ).toEqual([
      `host: ${origin.slice('http://'.length)}`,
      'connection: keep-alive',
      expect.stringMatching(/^user-agent: oneturn\/\d+\.\d+\.\d+$/),
      'accept: text/event-stream, application/json',
      'accept-encoding: identity',
      'content-type: application/json',
      'authorization: Bearer test-key',
      'content-length',
    ]);
  });

  it('sends each vendor’s own header for the key, once, and none without a credential', async () => {
    const origin = await serve((socket) => socket.write(reply(500, {})));
    for (const vendor of VENDORS)
      await callTo(origin, { vendor, upstream: { authorization: `${vendor.auth.prefix}K` } });
    await callTo(origin, { upstream: { authorization: undefined } });
    const credentials = server.requests.map(({ headers }) =>
      headers.filter(([name, value]) => /K$/.test(value) || /auth|key/.test(name)).map(([name]) => name),
    );
    expect(credentials).toEqual([...VENDORS.map(({ auth }) => [auth.header]), []]);
    const anthropic = server.requests[VENDORS.findIndex(({ id }) => id === 'anthropic')];
    expect(anthropic?.headers).toContainEqual(['anthropic-version', '2026-10-21']);
  });

  it('takes the request id from the vendor’s header, and nothing that looks like a key', async () => {
    const head = (id: string) =>
      `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-request-id: ${id}\r\ntransfer-encoding: chunked\r\n\r\n`;
    const ids = ['req_0a1b', `sk-proj-${'a'.repeat(40)}`, 'two words', 'x'.repeat(200)];
    const origin = await serve((socket, _, count) =>
      socket.write(head(ids[count - 1] ?? '') + chunk(says('x') + FINISH + DONE).toString() + END),
    );
    const seen = [];
    for (const _ of ids) seen.push((await callTo(origin)).requestId);
    expect(seen).toEqual(['req_0a1b', null, null, null]);
  });
});

describe('what is no stream', () => {
  it.each([
    [
      '200 text/html',
      () => serves(reply(200, { 'content-type': 'text/html' }, '<html>Log in to the hotel</html>')),
      'not_a_stream',
    ],
    [
      '200 with a JSON error',
      () => serves(reply(200, { 'content-type': 'application/json' }, '{"error":{"code":402}}')),
      'no_credit',
    ],
    ['an empty 200', () => serves(reply(200, {})), 'not_a_stream'],
    ['an empty stream', () => serves(reply(200, { 'content-type': 'text/event-stream' })), 'truncated'],
    ['a 204', () => serves('HTTP/1.1 204 No Content\r\n\r\n'), 'not_a_stream'],
    ['a page under a stream’s type', () => serves(reply(200, SSE, '<html>Log in</html>')), 'not_a_stream'],
    ['plain text', () => serves(reply(200, { 'content-type': 'text/plain' }, 'It works!\n')), 'not_a_stream'],
    [
      'megabytes of a page',
      () => serves(reply(200, { 'content-type': 'text/html' }, '<p>busy</p>\n'.repeat(200_000))),
      'not_a_stream',
    ],
    ['a bare JSON that is no answer', () => serves(reply(200, JSON_TYPE, '{"ok":true}')), 'not_a_stream'],
    ['bytes that are no HTTP', () => serves('SSH-2.0-OpenSSH_9.2p1\r\n'), 'not_a_stream'],
  ])('%s', async (_, start, reason) => {
    const result = await callTo(await start());
    expect(result).toMatchObject({ kind: 'failure', failure: { reason }, text: '' });
  });

  it('takes the content type in any case and with parameters', async () => {
    const origin = await serves(
      reply(200, { 'Content-Type': 'Text/Event-Stream; charset=utf-8' }, says('x') + FINISH + DONE),
    );
    expect((await callTo(origin)).kind).toBe('answer');
  });

  it('says nothing of a head of 100 KB but that it was no answer', async () => {
    const origin = await serves(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`);
    expect(await callTo(origin)).toMatchObject({ kind: 'failure', failure: { code: 'provider_failed' } });
  });
});

describe('compression', () => {
  const bomb = gzipSync(gzipSync(gzipSync(Buffer.alloc(1_000_000))));

  it.each(['gzip, gzip, gzip', 'gzip', 'br', 'zstd', 'deflate', 'identity, gzip', 'made-up'])(
    '%s is refused unread',
    async (encoding) => {
      const origin = await serves(
        reply(200, { 'content-type': 'text/event-stream', 'content-encoding': encoding }, bomb),
      );
      expect(await callTo(origin)).toMatchObject({
        kind: 'failure',
        failure: { reason: 'not_a_stream' },
        status: 200,
      });
      await server.closed(1);
    },
  );

  it('keeps the status of a refusal whose body is compressed', async () => {
    const origin = await serves(
      reply(401, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, bomb),
    );
    expect(await callTo(origin)).toMatchObject({ failure: { code: 'key_rejected' }, status: 401 });
  });

  it('identity is no compression', async () => {
    const origin = await serves(
      reply(
        200,
        { 'content-type': 'text/event-stream', 'content-encoding': 'Identity' },
        says('x') + FINISH + DONE,
      ),
    );
    expect((await callTo(origin)).kind).toBe('answer');
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('%i is refused, and the other place hears nothing', async (status) => {
    const other = await hostileServer((socket) => socket.write(WHOLE));
    const origin = await serves(reply(status, { location: `${other.origin}/v1/chat/completions` }));
    const result = await callTo(origin);
    expect(result).toMatchObject({
      kind: 'failure',
      failure: { code: 'provider_failed', reason: 'redirect' },
      status,
    });
    expect(other.requests).toHaveLength(0);
    expect(server.requests).toHaveLength(1);
    await server.closed(1);
    await other.stop();
  });
});

describe('a redirect whose body does not end', () => {
  it('is refused at its head', async () => {
    const origin = await serves(
      'HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:1/\r\ntransfer-encoding: chunked\r\n\r\n',
      chunk('x'),
    );
    expect(await callTo(origin)).toMatchObject({ failure: { reason: 'redirect' }, billable: false });
    await server.closed(1);
  });
});

describe('refusals over the wire', () => {
  it.each([
    ['anthropic', 529, '{"type":"error","error":{"type":"overloaded_error"}}', 'provider_overloaded'],
    ['openai', 429, '{"error":{"code":"insufficient_quota"}}', 'key_rejected'],
    ['google', 400, '[{"error":{"details":[{"reason":"API_KEY_INVALID"}]}}]', 'key_rejected'],
    ['openrouter', 502, '<html>', 'provider_overloaded'],
  ])('%s %i', async (id, status, body, code) => {
    const vendor = vendorById(id);
    if (!vendor) throw new Error(id);
    const origin = await serves(reply(status, { 'content-type': 'application/json' }, body));
    expect(await callTo(origin, { vendor })).toMatchObject({ failure: { code }, status, billable: false });
    expect(server.requests).toHaveLength(1);
  });
});
