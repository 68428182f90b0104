import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf } from '../parts/run-parts.ts';
import { launch } from './browser.ts';

/** Of everything that leaves the server for the first page, its settings too, with heads: as sent. */
const MAX_BYTES = 110_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test('the first page is under 110 kB as it is sent', async () => {
  const page = await browser.newPage();
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  const names = new Map<string, string>();
  const sent = new Map<string, number>();
  wire.on('Network.responseReceived', ({ requestId, response }) => {
    names.set(requestId, new URL(response.url).pathname.replace(/-[\w-]{8}\./, '.'));
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sent.set(names.get(requestId) ?? requestId, encodedDataLength);
  });
  await page.goto(`${(await partOf('site')).url}/compose`, { waitUntil: 'networkidle' });
  await page.getByLabel('Provider', { exact: true }).waitFor();
  const total = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.info(`first load ${(total / 1000).toFixed(1)} kB as sent`, Object.fromEntries(sent));
  expect([...sent.keys()]).toEqual(expect.arrayContaining(['/compose', '/assets/page.js', '/v1/config']));
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThanOrEqual(MAX_BYTES);
});
