import type { Socket } from 'node:net';
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
  type Received,
  reply,
  STREAM_HEAD,
  says,
  USAGE,
  WHOLE,
} from './hostile-server.ts';

let server: HostileServer;
afterEach(() => server.stop());

async function serve(answer: (socket: Socket, request: Received, count: number) => void): Promise<string> {
  server = await hostileServer(answer);
  return server.origin;
}
const serves = (...parts: readonly (string | Buffer)[]) =>
  serve((socket) => {
    for (const part of parts) socket.write(part);
  });
/** A body whose end is the connection's. */
const closing = (head: string, ...parts: readonly (string | Buffer)[]) =>
  serve((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`);
    for (const part of parts) socket.write(part);
    socket.end();
  });

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

  it('D2.16 sends a golden list of headers and nothing of its own making beside it', async () => {
    const origin = await serves(WHOLE);
    process.env['HTTPS_PROXY'] = process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    process.env['OPENAI_BASE_URL'] = 'http://127.0.0.1:1';
    process.env['ANTHROPIC_CUSTOM_HEADERS'] = 'x-evil: 1';
    await callTo(origin).finally(() => {
      for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'OPENAI_BASE_URL', 'ANTHROPIC_CUSTOM_HEADERS']) delete process.env[name];
    });
    const [request] = server.requests;
    expect(request?.line).toBe('POST /v1/chat/completions HTTP/1.1');
    expect(request?.headers.map(([name, value]) => (name === 'content-length' ? name : `${name}: ${value}`))).toEqual([
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

  it('D2.16 sends each vendor’s own header for the key, once, and none without a credential', async () => {
    const origin = await serve((socket) => socket.write(reply(500, {})));
    for (const vendor of VENDORS) await callTo(origin, { vendor, upstream: { authorization: `${vendor.auth.prefix}K` } });
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

describe('D5.38 what is no stream', () => {
  it.each([
    ['200 text/html', () => serves(reply(200, { 'content-type': 'text/html' }, '<html>Log in to the hotel</html>')), 'not_a_stream'],
    ['200 with a JSON error', () => serves(reply(200, { 'content-type': 'application/json' }, '{"error":{"code":402}}')), 'no_credit'],
    ['an empty 200', () => serves(reply(200, {})), 'not_a_stream'],
    ['an empty stream', () => serves(reply(200, { 'content-type': 'text/event-stream' })), 'truncated'],
    ['a 204', () => serves('HTTP/1.1 204 No Content\r\n\r\n'), 'not_a_stream'],
    [
      'a type that only begins like it',
      () => serves(reply(200, { 'content-type': 'text/event-streams' }, says('x') + FINISH)),
      'not_a_stream',
    ],
    ['bytes that are no HTTP', () => serves('SSH-2.0-OpenSSH_9.2p1\r\n'), 'not_a_stream'],
  ])('%s', async (_, start, reason) => {
    const result = await callTo(await start());
    expect(result).toMatchObject({ kind: 'failure', failure: { reason }, text: '' });
  });

  it('takes the content type in any case and with parameters', async () => {
    const origin = await serves(reply(200, { 'Content-Type': 'Text/Event-Stream; charset=utf-8' }, says('x') + FINISH + DONE));
    expect((await callTo(origin)).kind).toBe('answer');
  });

  it('says nothing of a head of 100 KB but that it was no answer', async () => {
    const origin = await serves(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`);
    expect(await callTo(origin)).toMatchObject({ kind: 'failure', failure: { code: 'provider_failed' } });
  });
});

describe('D4.33 compression', () => {
  const bomb = gzipSync(gzipSync(gzipSync(Buffer.alloc(1_000_000))));

  it.each(['gzip, gzip, gzip', 'gzip', 'br', 'zstd', 'deflate', 'identity, gzip', 'made-up'])('%s is refused unread', async (encoding) => {
    const origin = await serves(reply(200, { 'content-type': 'text/event-stream', 'content-encoding': encoding }, bomb));
    expect(await callTo(origin)).toMatchObject({ kind: 'failure', failure: { reason: 'not_a_stream' }, status: 200 });
    await server.closed(1);
  });

  it('keeps the status of a refusal whose body is compressed', async () => {
    const origin = await serves(reply(401, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, bomb));
    expect(await callTo(origin)).toMatchObject({ failure: { code: 'key_rejected' }, status: 401 });
  });

  it('identity is no compression', async () => {
    const origin = await serves(
      reply(200, { 'content-type': 'text/event-stream', 'content-encoding': 'Identity' }, says('x') + FINISH + DONE),
    );
    expect((await callTo(origin)).kind).toBe('answer');
  });
});

describe('D3.22 redirects', () => {
  it.each([301, 302, 303, 307, 308])('%i is refused, and the other place hears nothing', async (status) => {
    const other = await hostileServer((socket) => socket.write(WHOLE));
    const origin = await serves(reply(status, { location: `${other.origin}/v1/chat/completions` }));
    const result = await callTo(origin);
    expect(result).toMatchObject({ kind: 'failure', failure: { code: 'provider_failed', reason: 'redirect' }, status });
    expect(other.requests).toHaveLength(0);
    expect(server.requests).toHaveLength(1);
    await server.closed(1);
    await other.stop();
  });
});

describe('D3.22 a redirect whose body does not end', () => {
  it('is refused at its head', async () => {
    const origin = await serves(
      'HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:1/\r\ntransfer-encoding: chunked\r\n\r\n',
      chunk('x'),
    );
    expect(await callTo(origin)).toMatchObject({ failure: { reason: 'redirect' }, billable: false });
    await server.closed(1);
  });
});

describe('D5.37 an answer that breaks off', () => {
  const head = 'content-type: text/event-stream\r\nconnection: close';

  it('is truncated, with its text, when the connection ends cleanly', async () => {
    expect(await callTo(await closing(head, says('Hel'), says('lo')))).toMatchObject({
      kind: 'failure',
      failure: { reason: 'truncated' },
      text: 'Hello',
      billable: true,
    });
  });

  it('is truncated, with its text, when the connection is reset', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('Hello')).toString());
      setImmediate(() => socket.resetAndDestroy());
    });
    const result = await callTo(origin, { onText: () => undefined });
    expect(result).toMatchObject({ kind: 'failure', failure: { code: 'provider_failed' } });
    if (result.text !== '') expect(result).toMatchObject({ text: 'Hello', failure: { reason: 'truncated' } });
  });

  it('is truncated when a chunk is announced larger than it is', async () => {
    const origin = await serve((socket) => {
      socket.write(`${STREAM_HEAD}fff\r\n${says('Hello')}`);
      socket.end();
    });
    expect(await callTo(origin)).toMatchObject({ failure: { reason: 'truncated' }, text: 'Hello' });
  });

  it('is whole when only what follows the finish reason is lost', async () => {
    expect(await callTo(await closing(head, says('Hello'), FINISH))).toMatchObject({ kind: 'answer', text: 'Hello', usage: undefined });
  });

  it('D5.43 is not asked for again', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('x')).toString());
      socket.destroy();
    });
    await callTo(origin);
    const before = await serve((socket) => socket.destroy());
    expect(await callTo(before)).toMatchObject({ failure: { reason: 'unreachable' }, billable: true, status: null });
    expect(server.requests).toHaveLength(1);
  });

  it('D5.40 says what the provider said, not that the line broke afterwards', async () => {
    const error = 'event: error\ndata: {"error":{"type":"server_error","code":"rate_limit_exceeded"}}\n\n';
    expect(await callTo(await closing(head, says('Hel'), error))).toMatchObject({ failure: { code: 'rate_limited' }, text: 'Hel' });
  });
});

describe('D4.32 size', () => {
  it('cuts off an endless stream at the cap and closes the socket', async () => {
    const flood = chunk(says('x'.repeat(10_000)));
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD);
      const pour = (): void => {
        while (!socket.destroyed && socket.write(flood));
        socket.once('drain', pour);
      };
      pour();
    });
    const result = await callTo(origin, { limits: { maxResponseBytes: 300_000 } });
    expect(result).toMatchObject({ failure: { reason: 'response_too_large' } });
    expect(result.text.length).toBeLessThan(300_000);
    await server.closed(1);
  });

  it('cuts off one event that does not end', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk('data: "').toString());
      const pour = (): void => {
        while (!socket.destroyed && socket.write(chunk('x'.repeat(10_000))));
        socket.once('drain', pour);
      };
      pour();
    });
    expect(await callTo(origin, { limits: { maxEventBytes: 50_000 } })).toMatchObject({ failure: { reason: 'response_too_large' } });
    await server.closed(1);
  });

  it('cuts off comments without end, which are no events', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD);
      const pour = (): void => {
        while (!socket.destroyed && socket.write(chunk(': wait\n\n'.repeat(1000))));
        socket.once('drain', pour);
      };
      pour();
    });
    expect(await callTo(origin, { limits: { maxResponseBytes: 500_000 } })).toMatchObject({ failure: { reason: 'response_too_large' } });
    await server.closed(1);
  });

  it('reads no more of an error body than its cap, and goes by the status', async () => {
    const origin = await serve((socket) => {
      socket.write('HTTP/1.1 401 No\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
      const pour = (): void => {
        while (!socket.destroyed && socket.write(chunk('{"error":'.repeat(1000))));
        socket.once('drain', pour);
      };
      pour();
    });
    expect(await callTo(origin)).toMatchObject({ failure: { code: 'key_rejected' } });
    await server.closed(1);
  });

  it('drops a connection that pours on after [DONE], with the answer whole', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('Hello') + FINISH + DONE).toString());
      const pour = (): void => {
        while (!socket.destroyed && socket.write(chunk(says(' evil'))));
        socket.once('drain', pour);
      };
      pour();
    });
    const agent = new Agent();
    expect(await callTo(origin, { agent })).toMatchObject({ kind: 'answer', text: 'Hello' });
    await server.closed(1);
    await agent.destroy();
  });

  it('closes a connection that stays open after [DONE] without its end', async () => {
    const origin = await serves(STREAM_HEAD + chunk(says('Hello') + FINISH + USAGE + DONE).toString());
    const agent = new Agent();
    expect((await callTo(origin, { agent })).kind).toBe('answer');
    await server.closed(1);
    await agent.destroy();
  });
});

describe('deadlines', () => {
  it('D4.30 names the first byte when no answer begins, and closes the socket', async () => {
    const origin = await serve(() => undefined);
    expect(await callTo(origin, { limits: { firstByteMs: 60 } })).toMatchObject({
      failure: { code: 'provider_timeout', reason: 'first_byte' },
      status: null,
    });
    await server.closed(1);
  });

  it('D4.30 counts a head that drips in as no first byte', async () => {
    const origin = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x-a: b\r\n'), 10);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await callTo(origin, { limits: { firstByteMs: 80 } })).toMatchObject({ failure: { reason: 'first_byte' } });
    await server.closed(1);
  });

  it('D4.31 names the silence after a beginning, and keeps the text', async () => {
    const origin = await serves(STREAM_HEAD + chunk(says('Hel')).toString());
    expect(await callTo(origin, { limits: { idleMs: 60 } })).toMatchObject({
      failure: { code: 'provider_timeout', reason: 'idle' },
      text: 'Hel',
    });
    await server.closed(1);
  });

  it.each([
    ['comments', ': OPENROUTER PROCESSING\n\n'],
    ['pings', 'event: ping\ndata: {"type":"ping"}\n\n'],
    ['empty deltas', 'data: {"model":"m","choices":[{"index":0,"delta":{"content":""},"finish_reason":null}]}\n\n'],
    ['single bytes of a line without end', 'x'],
  ])('D4.31 takes %s for silence', async (_, noise) => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('Hel')).toString());
      const drip = setInterval(() => socket.write(chunk(noise)), 10);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await callTo(origin, { limits: { idleMs: 120 } })).toMatchObject({ failure: { reason: 'idle' }, text: 'Hel' });
    await server.closed(1);
  });

  it('D4.31 ends an answer that drips on at the run’s end, and says so', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('x')).toString());
      const drip = setInterval(() => socket.write(chunk(says('x'))), 5);
      socket.once('close', () => clearInterval(drip));
    });
    const result = await callTo(origin, { runMs: 400 });
    expect(result).toMatchObject({ failure: { code: 'provider_timeout', reason: 'run_time' } });
    expect(result.text).toMatch(/^x+$/);
    await server.closed(1);
  });

  it('D4.31 ends an error body that does not come', async () => {
    const origin = await serves('HTTP/1.1 429 Slow\r\ncontent-type: application/json\r\ncontent-length: 100\r\nretry-after: 9\r\n\r\n{');
    expect(await callTo(origin, { limits: { idleMs: 60 } })).toMatchObject({ failure: { code: 'rate_limited', retryAfterSeconds: 9 } });
    await server.closed(1);
  });
});

describe('D5.41 an echo of the key', () => {
  const upstream = {
    cleaner: () => (data: Buffer) => Buffer.from(data.toString('latin1').replaceAll('SECRET', '******'), 'latin1'),
    textCleaner: () => {
      let held = '';
      return (delta: string, last: boolean) => {
        const text = (held + delta).replaceAll('SECRET', '******');
        const keep = last ? 0 : Math.min(5, text.length);
        held = text.slice(text.length - keep);
        return text.slice(0, text.length - keep);
      };
    },
  };

  it('is cleaned from a stream before it is decoded, from what is shown and from ids', async () => {
    const head = STREAM_HEAD.replace('\r\n\r\n', '\r\nx-request-id: SECRET\r\n\r\n');
    const origin = await serves(head + chunk(says('your key is SECRET') + FINISH + DONE).toString() + END);
    const shown: string[] = [];
    const result = await callTo(origin, { upstream, onText: (delta) => void shown.push(delta) });
    expect(result).toMatchObject({ kind: 'answer', text: 'your key is ******', requestId: null });
    expect(shown.join('')).toBe('your key is ******');
  });

  it('is cleaned when it is split over deltas, and nothing held back is lost', async () => {
    const origin = await serves(STREAM_HEAD + chunk(says('a SEC') + says('RET b') + FINISH + DONE).toString() + END);
    const shown: string[] = [];
    expect(await callTo(origin, { upstream, onText: (delta) => void shown.push(delta) })).toMatchObject({ text: 'a ****** b' });
    expect(shown.join('')).toBe('a ****** b');
  });

  it('is cleaned from an error body, which is not quoted anyway', async () => {
    const seen: string[] = [];
    const watching = {
      cleaner: () => (data: Buffer) => {
        seen.push(data.toString());
        return data;
      },
    };
    const origin = await serves(reply(401, { 'content-type': 'application/json' }, '{"error":{"message":"bad key SECRET"}}'));
    const result = await callTo(origin, { upstream: watching });
    expect(seen.join('')).toContain('bad key SECRET');
    expect(JSON.stringify(result)).not.toContain('SECRET');
  });
});

describe('D5.38 refusals over the wire', () => {
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
