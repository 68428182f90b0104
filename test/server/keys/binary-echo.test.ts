import { afterEach, expect, it } from 'vitest';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { Eraser } from '../../../server/keys/redact-bytes.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import { makeCanary } from '../../leak/canary.ts';
import { converse, exception } from '../../shared/providers/formats/event-frames.ts';
import { callTo } from '../providers/call.ts';
import { chunk, END, type HostileServer, hostileServer, reply } from '../providers/hostile-server.ts';

const vendor = endpointToVendor({ id: 'op', name: 'Op', format: 'converse', baseUrl: 'https://h.invalid' });
const FRAMES = { 'content-type': 'application/vnd.amazon.eventstream' };
const START = converse('messageStart', { role: 'assistant' });
const text = (piece: string) =>
  converse('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } });
const END_OF_ANSWER = Buffer.concat([
  converse('messageStop', { stopReason: 'end_turn' }),
  converse('metadata', { usage: { inputTokens: 5, outputTokens: 5 } }),
]);

let server: HostileServer;
afterEach(() => server.stop());

async function call(answer: Buffer) {
  server = await hostileServer((socket) => void socket.write(answer));
  const key = new ProviderKey(Buffer.from(canary.key));
  const eraser = new Eraser(key);
  const result = await callTo(server.origin, {
    vendor,
    upstream: { cleaner: () => eraser.overBytes(), textCleaner: () => eraser.overText() },
  });
  return { result, hits: eraser.hits };
}

const canary = makeCanary();
const { key, secret } = canary;

it.each([
  ['in one frame', [text(`the key is ${key}, and ü`)]],
  ['over two frames', [text(`the key is ${key.slice(0, 20)}`), text(`${key.slice(20)}, and ü`)]],
  ['over many', [text('the key is '), ...Array.from(key, (char) => text(char)), text(', and ü')]],
])('erases an echoed key from binary frames, which are read all the same: %s', async (_, frames) => {
  const { result, hits } = await call(reply(200, FRAMES, Buffer.concat([START, ...frames, END_OF_ANSWER])));
  expect(result.kind).toBe('answer');
  expect(result.text).toMatch(/^the key is .*, and ü$/);
  expect(result.text).toHaveLength(`the key is ${key}, and ü`.length);
  // Eight characters of what is secret of it, wherever they stand; what stands before is in every manual.
  for (let at = 0; at + 8 <= secret.length; at++) expect(result.text).not.toContain(secret.slice(at, at + 8));
  expect(hits).toBeGreaterThan(0);
});

it('erases it wherever the network cuts the frames', async () => {
  const bytes = Buffer.concat([START, text(`the key is ${key}.`), END_OF_ANSWER]);
  const head =
    'HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\ntransfer-encoding: chunked\r\n\r\n';
  const pieces: Buffer[] = [Buffer.from(head)];
  for (let at = 0; at < bytes.length; at += 37) pieces.push(chunk(bytes.subarray(at, at + 37)));
  const { result } = await call(Buffer.concat([...pieces, Buffer.from(END)]));
  expect(result).toMatchObject({ kind: 'answer', text: `the key is ${'*'.repeat(key.length)}.` });
});

it('has nothing of it in a failure', async () => {
  const { result } = await call(
    reply(
      200,
      FRAMES,
      Buffer.concat([START, exception('validationException', { message: `bad key ${key}` })]),
    ),
  );
  expect(result.kind).toBe('failure');
  expect(JSON.stringify(result)).not.toContain(key.slice(0, 20));
});
