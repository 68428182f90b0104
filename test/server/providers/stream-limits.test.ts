import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { callTo } from './call.ts';
import { handClock } from './hand-clock.ts';
import {
  chunk,
  DONE,
  END,
  FINISH,
  type HostileServer,
  hostileServer,
  reply,
  STREAM_HEAD,
  says,
  USAGE,
  writes,
} from './hostile-server.ts';

let server: HostileServer;
afterEach(() => server.stop());

async function serve(answer: Parameters<typeof hostileServer>[0]): Promise<string> {
  server = await hostileServer(answer);
  return server.origin;
}
const serves = (...parts: readonly (string | Buffer)[]) => serve(writes(...parts));

describe('size', () => {
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
    expect(await callTo(origin, { limits: { maxEventBytes: 50_000 } })).toMatchObject({
      failure: { reason: 'response_too_large' },
    });
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
    expect(await callTo(origin, { limits: { maxResponseBytes: 500_000 } })).toMatchObject({
      failure: { reason: 'response_too_large' },
    });
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
  it('names the first byte when no answer begins, and closes the socket', async () => {
    const origin = await serve(() => undefined);
    expect(await callTo(origin, { limits: { firstByteMs: 60 } })).toMatchObject({
      failure: { code: 'provider_timeout', reason: 'first_byte' },
      status: null,
    });
    await server.closed(1);
  });

  it('counts a head that drips in as no first byte', async () => {
    const origin = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x-a: b\r\n'), 10);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await callTo(origin, { limits: { firstByteMs: 80 } })).toMatchObject({
      failure: { reason: 'first_byte' },
    });
    await server.closed(1);
  });

  it('names the silence after a beginning, and keeps the text', async () => {
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
    [
      'empty deltas',
      'data: {"model":"m","choices":[{"index":0,"delta":{"content":""},"finish_reason":null}]}\n\n',
    ],
    ['single bytes of a line without end', 'x'],
  ])('takes %s for silence', async (_, noise) => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('Hel')).toString());
      const drip = setInterval(() => socket.write(chunk(noise)), 10);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await callTo(origin, { limits: { idleMs: 120 } })).toMatchObject({
      failure: { reason: 'idle' },
      text: 'Hel',
    });
    await server.closed(1);
  });

  it('ends an answer that drips on at the run’s end, and says so', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('x')).toString());
      const drip = setInterval(() => socket.write(chunk(says('x'))), 5);
      socket.once('close', () => clearInterval(drip));
    });
    const clock = handClock();
    // Each piece comes 10 s after the one before it: none is late, but all together are.
    const result = await callTo(origin, {
      clock,
      runMs: 60_000,
      onText: () => setImmediate(() => clock.pass(10_000)),
    });
    expect(result).toMatchObject({ failure: { code: 'provider_timeout', reason: 'run_time' } });
    expect(result.text).toMatch(/^x+$/);
    await server.closed(1);
  });

  it('ends an error body that does not come', async () => {
    const origin = await serves(
      'HTTP/1.1 429 Slow\r\ncontent-type: application/json\r\ncontent-length: 100\r\nretry-after: 9\r\n\r\n{',
    );
    expect(await callTo(origin, { limits: { idleMs: 60 } })).toMatchObject({
      failure: { code: 'rate_limited', retryAfterSeconds: 9 },
    });
    await server.closed(1);
  });
});

describe('an echo of the key', () => {
  const upstream = {
    cleaner: () => (data: Buffer) =>
      Buffer.from(data.toString('latin1').replaceAll('SECRET', '******'), 'latin1'),
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
    const origin = await serves(
      STREAM_HEAD + chunk(says('a SEC') + says('RET b') + FINISH + DONE).toString() + END,
    );
    const shown: string[] = [];
    expect(await callTo(origin, { upstream, onText: (delta) => void shown.push(delta) })).toMatchObject({
      text: 'a ****** b',
    });
    expect(shown.join('')).toBe('a ****** b');
  });

  it('is cleaned from an error body, and from what is quoted of it', async () => {
    const seen: string[] = [];
    const watching = {
      cleaner: () => (data: Buffer) => {
        seen.push(data.toString());
        return data;
      },
    };
    const origin = await serves(
      reply(401, { 'content-type': 'application/json' }, '{"error":{"message":"bad key SECRET"}}'),
    );
    const result = await callTo(origin, { upstream: { ...upstream, ...watching } });
    expect(seen.join('')).toContain('bad key SECRET');
    expect(result).toMatchObject({ failure: { said: 'bad key ******' } });
    expect(JSON.stringify(result)).not.toContain('SECRET');
  });
});
