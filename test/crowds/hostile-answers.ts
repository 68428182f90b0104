import type { Socket } from 'node:net';
import {
  chunk,
  closes,
  DONE,
  END,
  FINISH,
  type hostileServer,
  reply,
  STREAM_HEAD,
  says,
  USAGE,
  WHOLE,
  writes,
} from '../server/providers/hostile-server.ts';

type Answer = Parameters<typeof hostileServer>[0];

/** That without end, as fast as it is taken. */
const pours =
  (head: string, bytes: string | Buffer): Answer =>
  (socket) => {
    socket.write(head);
    const pour = (): void => {
      while (!socket.destroyed && socket.write(bytes)) {
        // until it is taken more slowly
      }
      socket.once('drain', pour);
    };
    pour();
  };

/** That again and again, as slowly as nobody would notice. */
const drips =
  (head: string, bytes: string | Buffer): Answer =>
  (socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(bytes), 20);
    socket.once('close', () => clearInterval(timer));
  };

const resets =
  (...parts: readonly (string | Buffer)[]): Answer =>
  (socket: Socket) => {
    for (const part of parts) socket.write(part);
    setImmediate(() => socket.resetAndDestroy());
  };

const OK = 'HTTP/1.1 200 OK\r\n';
const JSON_HEAD = `${OK}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
const deep = '['.repeat(100_000);
const thinking = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning_content: 'hm' } }] })}\n\n`;
const tool = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '{' } }] } }] })}\n\n`;

/** What providers, proxies in between and what else listens on a port answer to a streamed call. No run can come of any of them. */
export const HOSTILE_ANSWERS: Readonly<Record<string, Answer>> = {
  nothing: () => undefined,
  'a hang-up': (socket) => socket.destroy(),
  'a reset': resets(),
  'a reset in a head': resets('HTTP/1.1 200'),
  'a reset in a frame': resets(STREAM_HEAD, chunk('data: {"choices":[{"del')),
  'half a head': writes('HTTP/1.1 200 OK\r\ncontent-ty'),
  'a head alone': writes(STREAM_HEAD),
  'an end in a frame': closes('content-type: text/event-stream\r\n', 'data: {"choices":[{"del'),
  'line feeds': pours(STREAM_HEAD, chunk('\n'.repeat(16_000))),
  'carriage returns': pours(STREAM_HEAD, chunk('\r'.repeat(16_000))),
  comments: pours(STREAM_HEAD, chunk(':\n'.repeat(8000))),
  'comments, slowly': drips(STREAM_HEAD, chunk(': wait\n\n')),
  'events of nothing': pours(STREAM_HEAD, chunk('data:\n\n'.repeat(3000))),
  'one line': pours(STREAM_HEAD, chunk('x'.repeat(60_000))),
  'one line, slowly': drips(STREAM_HEAD, chunk('x')),
  'one header': pours(`${OK}x-long: `, 'x'.repeat(60_000)),
  headers: pours(OK, 'x-more: and more\r\n'.repeat(3000)),
  'early hints': pours('', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(1000)),
  trailers: pours(`${STREAM_HEAD}0\r\n`, 'x-more: and more\r\n'.repeat(3000)),
  text: pours(STREAM_HEAD, chunk(says('and more ').repeat(100))),
  'text in megabytes': pours(STREAM_HEAD, chunk(says('x'.repeat(900_000)))),
  thoughts: pours(STREAM_HEAD, chunk(thinking.repeat(100))),
  tools: pours(STREAM_HEAD, chunk(tool.repeat(100))),
  'chunks of one byte': pours(STREAM_HEAD, '1\r\n\n\r\n'.repeat(5000)),
  'a chunk of no size': writes(STREAM_HEAD, 'zz\r\nhello\r\n'),
  'a longer body than it said': writes(
    reply(200, { 'content-type': 'text/event-stream', 'content-length': '9' }, WHOLE),
  ),
  'a zipped stream': writes(
    reply(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }, 'x'),
  ),
  'a redirect to itself': (socket, { headers }) => {
    const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
    socket.write(reply(307, { location: `http://${host}/v1/chat/completions` }));
  },
  'an error without end': pours(
    'HTTP/1.1 401 No\r\ncontent-type: application/json\r\n\r\n',
    'x'.repeat(60_000),
  ),
  'please wait, for ever': writes(reply(429, { 'retry-after': '0' }, '{"error":{"message":"slow down"}}')),
  'a page': writes(reply(200, { 'content-type': 'text/html' }, '<!doctype html><title>Sign in</title>')),
  'deep JSON': writes(JSON_HEAD, chunk(deep), END),
  'deep JSON in a frame': writes(STREAM_HEAD, chunk(`data: ${deep}\n\n`), END),
  'frames that are no objects': writes(
    STREAM_HEAD,
    chunk('data: null\n\ndata: []\n\ndata: 7\n\ndata: "x"\n\n'),
    END,
  ),
  'bytes that are no text': writes(STREAM_HEAD, chunk(Buffer.alloc(9000, 0xff)), END),
  'another protocol': writes('SSH-2.0-OpenSSH_9.9\r\n'),
  'a switch of protocols': writes(
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
  ),
  'two answers to one request': writes(reply(500, {}, '{}'), reply(200, {}, '{}'), WHOLE),
  'usage beyond numbers': writes(
    STREAM_HEAD,
    chunk(says('no') + FINISH + USAGE.replace('100', '1e999') + DONE),
    END,
  ),
};
