import { afterEach, describe, expect, it } from 'vitest';
import { ANTHROPIC } from '../../../shared/providers/vendors/anthropic.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';
import { callTo } from './call.ts';
import { handClock } from './hand-clock.ts';
import {
  chunk,
  FINISH,
  type HostileServer,
  hostileServer,
  STREAM_HEAD,
  says,
  USAGE,
} from './hostile-server.ts';

let server: HostileServer;
afterEach(() => server.stop());
/** A run that is longer than any limit of these tests. */
const runMs = 3_600_000;

const event = (json: { readonly type: string; readonly [key: string]: unknown }): string =>
  `event: ${json.type}\ndata: ${JSON.stringify(json)}\n\n`;
const MESSAGE =
  event({ type: 'message_start', message: { id: 'msg_1', model: 'm', usage: { input_tokens: 9 } } }) +
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } }) +
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } });

describe('an answer ends a second after its finish', () => {
  it.each([
    ['chat completions without [DONE]', OPENAI, says('Hello') + FINISH + USAGE],
    ['chat completions without usage', OPENAI, says('Hello') + FINISH],
    ['messages without message_stop', ANTHROPIC, MESSAGE],
  ])('on a line that is kept open: %s', async (_, vendor, stream) => {
    server = await hostileServer((socket) => socket.write(STREAM_HEAD + chunk(stream).toString()));
    const clock = handClock();
    const call = callTo(server.origin, { vendor, clock });
    await clock.asked(1000);
    clock.pass(1000);
    expect(await call).toMatchObject({ kind: 'answer', text: 'Hello', finish: 'stop' });
    await server.closed(1);
  });

  it('on a line that goes on with comments', async () => {
    server = await hostileServer((socket) => {
      socket.write(STREAM_HEAD + chunk(says('Hello') + FINISH + USAGE).toString());
      const drip = setInterval(() => socket.write(chunk(': still here\n\n')), 5);
      socket.once('close', () => clearInterval(drip));
    });
    const clock = handClock();
    const call = callTo(server.origin, { clock });
    await clock.asked(1000);
    clock.pass(1000);
    expect(await call).toMatchObject({ kind: 'answer', usage: { outputTokens: 20 } });
  });

  it('not while text comes on: some servers name a finish in every chunk', async () => {
    const stop = says('lo').replace('"finish_reason":null', '"finish_reason":"stop"');
    server = await hostileServer((socket) => {
      socket.write(STREAM_HEAD + chunk(stop).toString());
      void clock.asked(1000).then(() => {
        clock.pass(900);
        socket.write(chunk(stop));
      });
    });
    const clock = handClock();
    let texts = 0;
    const call = callTo(server.origin, {
      clock,
      onText: () => {
        texts += 1;
        // In the turn after the second text a timer of 100 ms must not be left.
        if (texts === 2) setImmediate(() => clock.pass(1000));
      },
    });
    expect(await call).toMatchObject({ kind: 'answer', text: 'lolo' });
  });

  it('also when the line is cut behind the finish', async () => {
    server = await hostileServer((socket) => {
      socket.write(STREAM_HEAD + chunk(MESSAGE).toString());
      socket.end();
    });
    expect(await callTo(server.origin, { vendor: ANTHROPIC })).toMatchObject({
      kind: 'answer',
      text: 'Hello',
      usage: { outputTokens: 3 },
    });
  });
});

describe('a deadline says what was the case', () => {
  it('nothing came at all', async () => {
    server = await hostileServer(() => undefined);
    const clock = handClock();
    const call = callTo(server.origin, { clock, runMs, limits: { firstByteMs: 60_000 } });
    await server.accepted(1);
    clock.pass(60_000);
    expect(await call).toMatchObject({
      failure: {
        code: 'provider_timeout',
        reason: 'first_byte',
        message: 'OpenAI did not begin to answer within 60 s. Try again, or choose a faster model.',
      },
    });
  });

  it.each([
    ['comments', OPENAI, ': OPENROUTER PROCESSING\n\n'],
    ['pings', ANTHROPIC, 'event: ping\ndata: {"type":"ping"}\n\n'],
  ])('%s came for 130 s, and no frame: nothing of the answer, not its middle', async (_, vendor, noise) => {
    let seen = 0;
    server = await hostileServer((socket) => {
      socket.write(STREAM_HEAD + chunk(noise.repeat(3)).toString());
    });
    const clock = handClock();
    const call = callTo(server.origin, {
      vendor,
      clock,
      runMs,
      limits: { idleMs: 120_000 },
      onStream: () => {
        seen += 1;
        setImmediate(() => clock.pass(130_000));
      },
    });
    expect(await call).toMatchObject({
      failure: {
        code: 'provider_timeout',
        reason: 'idle',
        message: expect.stringMatching(/kept the line open, but wrote nothing of its answer within 120 s/),
      },
    });
    expect(seen).toBe(1);
  });

  it('the answer had begun', async () => {
    server = await hostileServer((socket) => socket.write(STREAM_HEAD + chunk(says('Hel')).toString()));
    const clock = handClock();
    const call = callTo(server.origin, {
      clock,
      runMs,
      limits: { idleMs: 45_000 },
      onText: () => setImmediate(() => clock.pass(45_000)),
    });
    expect(await call).toMatchObject({
      text: 'Hel',
      failure: {
        reason: 'idle',
        message: expect.stringMatching(/began to answer, and then sent nothing more within 45 s/),
      },
    });
  });

  it('a local model may still be loading', async () => {
    server = await hostileServer(() => undefined);
    const clock = handClock();
    const vendor = { ...OPENAI, name: 'Our Ollama', local: true };
    const call = callTo(server.origin, { vendor, clock, runMs, limits: { firstByteMs: 540_000 } });
    await server.accepted(1);
    clock.pass(60_000);
    expect(server.open).toBe(1);
    clock.pass(480_000);
    expect(await call).toMatchObject({
      failure: { reason: 'first_byte', message: expect.stringMatching(/within 540 s.*loading the model/) },
    });
  });
});
