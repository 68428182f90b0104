import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { compressedJson } from '../../../server/http/compressed-json.ts';

const VALUE = { text: 'word '.repeat(5000), list: Array.from({ length: 500 }, (_, at) => ({ at })) };
const app = new Hono().get('/', (c) => compressedJson(c, VALUE));

async function answer(accepted: string): Promise<{ encoding: string | null; bytes: Buffer }> {
  const response = await app.request('/', { headers: { 'accept-encoding': accepted } });
  return {
    encoding: response.headers.get('content-encoding'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

test.each([
  ['br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['identity', null, (bytes: Buffer) => bytes],
] as const)('a client that takes %s gets it whole', async (accepted, encoding, unpack) => {
  const got = await answer(accepted);
  expect(got.encoding).toBe(encoding);
  expect(JSON.parse(unpack(got.bytes).toString())).toEqual(VALUE);
});

test('Brotli’s window is the small one, whose tables cost nothing', async () => {
  // RFC 7932, 9.1: a first bit of 0 is a window of 16 bits
  expect(((await answer('br')).bytes[0] ?? 1) & 1).toBe(0);
});
