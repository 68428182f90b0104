import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { servePage } from '../../../server/page/serve-page.ts';

const root = mkdtempSync(join(tmpdir(), 'oneturn-page-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const SCRIPT = 'export const text = "as it is";';
mkdirSync(join(root, 'assets'));
writeFileSync(join(root, 'index.html'), '<!doctype html><title>Oneturn</title>');
writeFileSync(join(root, 'icon.svg'), '<svg/>');
writeFileSync(join(root, 'assets', 'page-1a.js'), SCRIPT);
writeFileSync(join(root, 'assets', 'page-1a.js.br'), brotliCompressSync(SCRIPT));
writeFileSync(join(root, 'assets', 'page-1a.js.gz'), gzipSync(SCRIPT));
writeFileSync(join(root, 'assets', 'small-2b.js'), 'export {};');

const app = new Hono<{ Bindings: HttpBindings }>();
servePage(app, root);
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => app.request(path, { headers });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('an asset goes out in the encoding that the client takes, and says so', async () => {
  const br = await get('/assets/page-1a.js', { 'accept-encoding': 'gzip, br' });
  expect(br.headers.get('content-encoding')).toBe('br');
  expect(br.headers.get('vary')).toBe('accept-encoding');
  expect(br.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(br.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const brBytes = await bytesOf(br);
  expect(br.headers.get('content-length')).toBe(String(brBytes.length));
  expect(brotliDecompressSync(brBytes).toString()).toBe(SCRIPT);

  const gzip = await get('/assets/page-1a.js', { 'accept-encoding': 'gzip' });
  expect(gzip.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(await bytesOf(gzip)).toString()).toBe(SCRIPT);

  const plain = await get('/assets/page-1a.js');
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe(SCRIPT);
});

test('what was not worth compressing goes out as it is', async () => {
  const small = await get('/assets/small-2b.js', { 'accept-encoding': 'br' });
  expect(small.headers.get('content-encoding')).toBeNull();
  expect(small.headers.get('vary')).toBe('accept-encoding');
});

test('each representation has its own tag, and who has it gets nothing but 304', async () => {
  const headers = { 'accept-encoding': 'br' };
  const tag = (await get('/assets/page-1a.js', headers)).headers.get('etag') ?? '';
  expect(tag).toMatch(/^"[\w-]+-br"$/);
  expect((await get('/assets/page-1a.js')).headers.get('etag')).not.toBe(tag);
  const again = await get('/assets/page-1a.js', { ...headers, 'if-none-match': `"other", W/${tag}` });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
  expect((await get('/assets/page-1a.js', { 'if-none-match': tag })).status).toBe(200);
});

test('a file that a later build replaces or takes away is still served as it was', async () => {
  writeFileSync(join(root, 'assets', 'old-3c.js'), 'old');
  await get('/assets/old-3c.js');
  rmSync(join(root, 'assets', 'old-3c.js'));
  expect(await (await get('/assets/old-3c.js')).text()).toBe('old');
});

test('pages answer 200, and a path that no page has 404 with the page', async () => {
  for (const path of ['/', '/compose', '/me/plans/9f', '/settings/audit', '/compose?plan=1'])
    expect([path, (await get(path)).status]).toEqual([path, 200]);
  for (const path of ['/nothing', '/compose/more', '/settings/x/y', '/me']) {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(await answer.text()).toContain('<title>Oneturn</title>');
  }
  expect((await get('/compose')).headers.get('cache-control')).toBeNull();
});

test.each([
  '/assets/nothing.js',
  '/assets/..%2findex.html',
  '/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/assets/page-1a.js.br',
  '/nothing.txt',
  '/v1/nothing',
  '/v1',
])('%s is no file', async (path) => {
  const answer = await get(path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('<title>');
});
