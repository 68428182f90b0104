import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnector } from '../../../server/providers/connect/safe-connect.ts';
import { callTo } from './call.ts';
import {
  chunk,
  DONE,
  END,
  FINISH,
  type HostileServer,
  hostileServer,
  STREAM_HEAD,
  says,
  WHOLE,
} from './hostile-server.ts';

let server: HostileServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** Tells when a call's text is there, so that nothing has to be slept for. */
function heard(): { readonly text: Promise<string>; readonly onText: (delta: string) => void } {
  let tell: (delta: string) => void = () => undefined;
  const text = new Promise<string>((resolve) => {
    tell = resolve;
  });
  return { text, onText: (delta) => tell(delta) };
}

describe('a stopped call closes its socket', () => {
  it('before it has begun, by making none', async () => {
    server = await hostileServer((socket) => socket.write(WHOLE));
    expect(await callTo(server.origin, { signal: AbortSignal.abort() })).toMatchObject({
      kind: 'stopped',
      billable: false,
    });
    expect(server.requests).toHaveLength(0);
    expect(server.open).toBe(0);
  });

  it('while it is being connected, with nothing written', async () => {
    server = await hostileServer((socket) => socket.write(WHOLE));
    const controller = new AbortController();
    const connect = createConnector({ reachOf: () => 'private' });
    const ended = new Promise((resolve) => {
      const agent = new Agent({
        connect: (to, done) => {
          connect(to, (...result) => {
            resolve(result[0]);
            done(...result);
          });
          controller.abort();
        },
      });
      void callTo(server?.origin ?? '', { agent, signal: controller.signal }).then((result) => {
        expect(result).toMatchObject({ kind: 'stopped', billable: false, status: null });
        return agent.destroy();
      });
    });
    expect(await ended).toBeInstanceOf(Error);
    expect(server.requests).toHaveLength(0);
  });

  it('at the tick it connects, on a dispatcher that knows nothing of us', async () => {
    server = await hostileServer((socket) => socket.write(WHOLE));
    const controller = new AbortController();
    const agent = new Agent();
    const call = callTo(server.origin, { agent, signal: controller.signal });
    controller.abort();
    expect(await call).toMatchObject({ kind: 'stopped', billable: false });
    await server.accepted(1);
    await server.closed(1);
    expect(server.requests).toHaveLength(0);
    await agent.destroy();
  });

  it('before the first byte', async () => {
    const controller = new AbortController();
    server = await hostileServer(() => controller.abort());
    const agent = new Agent();
    expect(await callTo(server.origin, { agent, signal: controller.signal })).toMatchObject({
      kind: 'stopped',
      billable: true,
      status: null,
    });
    await server.closed(1);
    await agent.destroy();
  });

  it('between the head and the first event', async () => {
    const controller = new AbortController();
    server = await hostileServer((socket) => socket.write(STREAM_HEAD));
    const agent = new Agent();
    const result = await callTo(server.origin, {
      agent,
      signal: controller.signal,
      onStream: () => queueMicrotask(() => controller.abort()),
    });
    expect(result).toMatchObject({ kind: 'stopped', billable: true, status: 200, text: '' });
    await server.closed(1);
    await agent.destroy();
  });

  it('in the middle of an answer, keeping the text, and shows nothing more', async () => {
    const controller = new AbortController();
    const { text, onText } = heard();
    const shown: string[] = [];
    server = await hostileServer((socket) => socket.write(STREAM_HEAD + chunk(says('Hel')).toString()));
    const agent = new Agent();
    const call = callTo(server.origin, {
      agent,
      signal: controller.signal,
      onText: (delta) => {
        shown.push(delta);
        onText(delta);
      },
    });
    expect(await text).toBe('Hel');
    controller.abort();
    expect(await call).toMatchObject({ kind: 'stopped', text: 'Hel', billable: true });
    expect(shown).toEqual(['Hel']);
    await server.closed(1);
    await agent.destroy();
  });

  it('in the middle of an error body', async () => {
    const controller = new AbortController();
    server = await hostileServer((socket) => {
      socket.write('HTTP/1.1 429 Slow\r\ncontent-length: 99\r\n\r\n{');
      setImmediate(() => controller.abort());
    });
    const agent = new Agent();
    expect(await callTo(server.origin, { agent, signal: controller.signal })).toMatchObject({
      kind: 'stopped',
    });
    await server.closed(1);
    await agent.destroy();
  });

  it('after [DONE] of a response that does not end', async () => {
    const controller = new AbortController();
    server = await hostileServer((socket) =>
      socket.write(STREAM_HEAD + chunk(says('x') + FINISH + DONE).toString()),
    );
    const agent = new Agent();
    expect(await callTo(server.origin, { agent, signal: controller.signal })).toMatchObject({
      kind: 'answer',
    });
    controller.abort();
    await server.closed(1);
    await agent.destroy();
  });

  it('alone, makes no new connection, and leaves other calls theirs', async () => {
    const stopping = new AbortController();
    let finish: () => void = () => undefined;
    server = await hostileServer((socket, _, count) => {
      socket.write(STREAM_HEAD + chunk(says('x')).toString());
      if (count === 2)
        finish = () => void socket.write(Buffer.concat([chunk(FINISH + DONE), Buffer.from(END)]));
    });
    const agent = new Agent({ connect: createConnector({ reachOf: () => 'private' }) });
    const [first, second] = [heard(), heard()];
    const stopped = callTo(server.origin, { agent, signal: stopping.signal, onText: first.onText });
    await first.text;
    const other = callTo(server.origin, { agent, onText: second.onText });
    await second.text;
    stopping.abort();
    expect(await stopped).toMatchObject({ kind: 'stopped' });
    await server.closed(1);
    finish();
    expect(await other).toMatchObject({ kind: 'answer', text: 'x' });
    // undici would connect anew for the aborted request: the next call finds only the other's connection.
    const next = callTo(server.origin, { agent, onText: () => finish() });
    await server.accepted(2);
    expect(server.open).toBe(1);
    await agent.destroy();
    await next;
  });
});

describe('connections that cannot be made', () => {
  it('are unreachable, in words without the host', async () => {
    const gone = await hostileServer(() => undefined);
    await gone.stop();
    const result = await callTo(gone.origin);
    expect(result).toMatchObject({
      kind: 'failure',
      failure: { code: 'provider_failed', reason: 'unreachable' },
      billable: false,
    });
    expect(JSON.stringify(result)).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
  });

  it('are unreachable when the dispatcher was shut down', async () => {
    server = await hostileServer((socket) => socket.write(WHOLE));
    const agent = new Agent();
    await agent.destroy();
    expect(await callTo(server.origin, { agent })).toMatchObject({
      failure: { reason: 'unreachable' },
      billable: false,
    });
  });

  it('never say what undici said of a header', async () => {
    server = await hostileServer((socket) => socket.write(WHOLE));
    const result = await callTo(server.origin, { upstream: { authorization: 'Bearer SECRET\r\nx-evil: 1' } });
    expect(result.kind).toBe('failure');
    expect(JSON.stringify(result)).not.toMatch(/SECRET|header/);
    expect(server.requests).toHaveLength(0);
  });
});

describe('a bug in whoever watches', () => {
  it('is thrown, not taken for the provider’s, and closes the socket', async () => {
    server = await hostileServer((socket) => socket.write(STREAM_HEAD + chunk(says('x')).toString()));
    const agent = new Agent();
    const call = callTo(server.origin, {
      agent,
      onText: () => {
        throw new RangeError('a bug of the test’s');
      },
    });
    await expect(call).rejects.toThrow(RangeError);
    await server.closed(1);
    await agent.destroy();
  });
});
