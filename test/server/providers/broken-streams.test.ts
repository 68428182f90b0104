import { afterEach, describe, expect, it } from 'vitest';
import { callTo } from './call.ts';
import {
  chunk,
  closes,
  FINISH,
  type HostileServer,
  hostileServer,
  STREAM_HEAD,
  says,
} from './hostile-server.ts';

let server: HostileServer;

afterEach(() => server.stop());

async function serve(answer: Parameters<typeof hostileServer>[0]): Promise<string> {
  server = await hostileServer(answer);
  return server.origin;
}

describe('an answer that breaks off', () => {
  const head = 'content-type: text/event-stream\r\nconnection: close';

  it('is truncated, with its text, when the connection ends cleanly', async () => {
    expect(await callTo(await serve(closes(head, says('Hel'), says('lo'))))).toMatchObject({
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
    expect(await callTo(await serve(closes(head, says('Hello'), FINISH)))).toMatchObject({
      kind: 'answer',
      text: 'Hello',
      usage: undefined,
    });
  });

  it('is not asked for again', async () => {
    const origin = await serve((socket) => {
      socket.write(STREAM_HEAD + chunk(says('x')).toString());
      socket.destroy();
    });
    await callTo(origin);
    const before = await serve((socket) => socket.destroy());
    expect(await callTo(before)).toMatchObject({
      failure: { reason: 'unreachable' },
      billable: true,
      status: null,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('says what the provider said, not that the line broke afterwards', async () => {
    const error = 'event: error\ndata: {"error":{"type":"server_error","code":"rate_limit_exceeded"}}\n\n';
    expect(await callTo(await serve(closes(head, says('Hel'), error)))).toMatchObject({
      failure: { code: 'rate_limited' },
      text: 'Hel',
    });
  });
});
