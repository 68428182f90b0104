import type { Socket } from 'node:net';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnector } from '../../../server/providers/connect/safe-connect.ts';
import { ANTHROPIC } from '../../../shared/providers/vendors/anthropic.ts';
import { until } from '../../until.ts';
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
  says,
  USAGE,
  writes,
} from './hostile-server.ts';

let server: HostileServer;
afterEach(() => server.stop());

async function serves(...parts: readonly (string | Buffer)[]): Promise<string> {
  server = await hostileServer(writes(...parts));
  return server.origin;
}

const STREAM = says('Hel') + says('lo') + FINISH + USAGE + DONE;
const CHAT = {
  id: 'chatcmpl-7',
  object: 'chat.completion',
  model: 'some-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
};
const ANSWER = {
  kind: 'answer',
  finish: 'stop',
  text: 'Hello',
  usage: { inputTokens: 100, outputTokens: 20 },
  billable: true,
};

describe('an answer that is not sent as asked', () => {
  it.each(['application/json', 'text/event-stream', 'text/plain', 'application/octet-stream', ''])(
    'is read whole, under the type "%s"',
    async (type) => {
      const seen: string[] = [];
      const origin = await serves(reply(200, { 'content-type': type }, JSON.stringify(CHAT)));
      const result = await callTo(origin, {
        onText: (delta) => void seen.push(delta),
        onStream: () => void seen.push('stream'),
      });
      expect(result).toMatchObject(ANSWER);
      expect(seen).toEqual(['stream', 'Hello']);
    },
  );

  it.each(['text/plain', 'text/event-streams', 'application/json; charset=utf-8', 'text/html', ''])(
    'is read as a stream, under the type "%s"',
    async (type) => {
      const seen: string[] = [];
      const origin = await serves(reply(200, { 'content-type': type }, STREAM));
      const result = await callTo(origin, { onStream: () => void seen.push('stream') });
      expect(result).toMatchObject(ANSWER);
      expect(seen).toEqual(['stream']);
    },
  );

  it('is larger than an error may be', async () => {
    const long = { ...CHAT, choices: [{ ...CHAT.choices[0], message: { content: 'x'.repeat(200_000) } }] };
    const origin = await serves(reply(200, { 'content-type': 'application/json' }, JSON.stringify(long)));
    const result = await callTo(origin);
    expect(result.kind).toBe('answer');
    expect(result.text).toHaveLength(200_000);
  });

  it('comes slowly: its bytes are progress', async () => {
    const body = JSON.stringify(CHAT);
    const clock = handClock();
    const connect = createConnector({ reachOf: () => 'private' });
    let client: Socket | null = null;
    const agent = new Agent({
      connect: (to, done) =>
        connect(to, (...result) => {
          client = result[1];
          done(...result);
        }),
    });
    const pour = async (socket: Socket): Promise<void> => {
      let sent = 0;
      const send = async (bytes: Buffer | string): Promise<void> => {
        socket.write(bytes);
        sent += bytes.length;
        await until(() => expect(client?.bytesRead).toBe(sent));
        // 150 ms after a piece comes the next: none is late, but all together are.
        await new Promise((next) => setImmediate(next));
        clock.pass(150);
      };
      await send('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
      for (let at = 0; at < body.length; at += 40) await send(chunk(body.slice(at, at + 40)));
      socket.write(END);
    };
    server = await hostileServer((socket) => void pour(socket));
    expect(
      await callTo(server.origin, { agent, clock, runMs: 3_600_000, limits: { idleMs: 200 } }),
    ).toMatchObject(ANSWER);
    await agent.destroy();
  });

  it('is a Message that came whole', async () => {
    const message = {
      id: 'msg_1',
      type: 'message',
      model: 'some-model',
      content: [{ type: 'text', text: 'Hello' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 100, output_tokens: 20 },
    };
    const origin = await serves(reply(200, { 'content-type': 'application/json' }, JSON.stringify(message)));
    expect(await callTo(origin, { vendor: ANTHROPIC })).toMatchObject(ANSWER);
  });

  it('began twice: only the second counts', async () => {
    const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
    const start = event({
      type: 'message_start',
      message: { id: 'm', model: 'x', usage: { input_tokens: 7 } },
    });
    const text = (piece: string) =>
      event({ type: 'content_block_delta', delta: { type: 'text_delta', text: piece } });
    const end = event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } });
    const stream =
      start + text('{"a":') + start + text('{"a"') + text(':1}') + end + event({ type: 'message_stop' });
    const origin = await serves(reply(200, { 'content-type': 'text/event-stream' }, stream));
    expect(await callTo(origin, { vendor: ANTHROPIC })).toMatchObject({ kind: 'answer', text: '{"a":1}' });
  });
});

describe('an error under the status 200', () => {
  it.each([
    ['an object', 'application/json', '{"error":{"code":402}}', 'key_rejected', 'no_credit'],
    ['in a stream’s type', 'text/event-stream', '{"error":{"code":402}}', 'key_rejected', 'no_credit'],
    [
      'an array',
      'application/json',
      '[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]',
      'rate_limited',
      undefined,
    ],
    [
      'a bare message',
      'application/json',
      '{"message":"x","code":"invalid_api_key"}',
      'key_rejected',
      undefined,
    ],
  ])('is told before anything of an answer: %s', async (_, type, body, code, reason) => {
    const origin = await serves(reply(200, { 'content-type': type }, body));
    const streams: string[] = [];
    const result = await callTo(origin, { onStream: () => void streams.push('stream') });
    expect(result).toMatchObject({ kind: 'failure', failure: { code }, text: '' });
    if (result.kind === 'failure') expect(result.failure.reason).toBe(reason);
    if (type === 'application/json')
      expect({ streams, billable: result.billable }).toEqual({ streams: [], billable: false });
  });
});
