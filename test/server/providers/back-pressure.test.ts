import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { Gate } from '../../../server/providers/gate.ts';
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

describe('back-pressure', () => {
  it('stops reading while the gate is closed, without losing anything, and is not idle then', async () => {
    const gate = new Gate();
    const { text, onText } = heard();
    let shown = '';
    let sent = 0;
    // 37 MB: more than the kernel's buffers of both ends take.
    const PIECES = 250;
    const piece = chunk(says('y'.repeat(150_000)));
    server = await hostileServer((socket) => {
      socket.write(STREAM_HEAD + chunk(says('x')).toString());
      const pour = (): void => {
        while (sent < PIECES) {
          sent += 1;
          if (!socket.write(piece)) return void socket.once('drain', pour);
        }
        socket.write(Buffer.concat([chunk(FINISH + DONE), Buffer.from(END)]));
      };
      pour();
    });
    const clock = handClock();
    const call = callTo(server.origin, {
      gate,
      clock,
      runMs: 3_600_000,
      limits: { idleMs: 100, maxResponseBytes: 100_000_000 },
      onText: (delta) => {
        shown += delta;
        gate.close();
        onText(delta);
      },
    });
    await text;
    // Until the server is stuck; one that is not sends all of it.
    for (let before = -1; before !== sent; ) {
      before = sent;
      for (let turn = 0; turn < 500; turn += 1) await new Promise((next) => setImmediate(next));
    }
    // Longer than the idle limit: what is not read is not idle.
    clock.pass(250);
    expect(shown.length).toBeLessThan(1_000_000);
    expect(sent).toBeLessThan(PIECES);
    const drain = setInterval(() => gate.open(), 0);
    const result = await call;
    clearInterval(drain);
    expect(result).toMatchObject({ kind: 'answer' });
    expect(shown.length).toBe(1 + PIECES * 150_000);
    expect(result.text).toBe(shown);
  });

  it('ends a paused call when it is stopped', async () => {
    const gate = new Gate();
    const controller = new AbortController();
    const { text, onText } = heard();
    server = await hostileServer((socket) => socket.write(STREAM_HEAD + chunk(says('x')).toString()));
    const agent = new Agent();
    const call = callTo(server.origin, {
      agent,
      gate,
      signal: controller.signal,
      onText: (delta) => {
        gate.close();
        onText(delta);
      },
    });
    await text;
    controller.abort();
    expect(await call).toMatchObject({ kind: 'stopped' });
    gate.open();
    await server.closed(1);
    await agent.destroy();
  });

  it('a refusal is read through a closed gate once it opens', async () => {
    const gate = new Gate();
    gate.close();
    server = await hostileServer((socket) => {
      socket.write(reply(401, { 'content-type': 'application/json' }, '{"error":{}}'));
      setImmediate(() => gate.open());
    });
    expect(await callTo(server.origin, { gate })).toMatchObject({ failure: { code: 'key_rejected' } });
  });
});
