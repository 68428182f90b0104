import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf } from '../parts/run-parts.ts';
import { launch } from './browser.ts';

const MAX_JS_BYTES = 120_000;
const MAX_CSS_BYTES = 8_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test('the first page takes at most 120 kB of JavaScript and 8 kB of CSS, compressed', async () => {
  const page = await browser.newPage();
  const sizes = { js: 0, css: 0 };
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    const kind = /\.(js|css)$/.exec(new URL(response.url()).pathname)?.[1];
    if (kind !== 'js' && kind !== 'css') return;
    reading.push(
      response.body().then((body) => {
        sizes[kind] += gzipSync(body, { level: 9 }).length;
      }),
    );
  });
  await page.goto(`${(await partOf('site')).url}/compose`, { waitUntil: 'networkidle' });
  await page.getByLabel('Provider', { exact: true }).waitFor();
  await Promise.all(reading);
  console.info(
    `initial JavaScript ${(sizes.js / 1000).toFixed(1)} kB gzip, CSS ${(sizes.css / 1000).toFixed(1)} kB gzip`,
  );
  expect(sizes.js).toBeGreaterThan(50_000);
  expect(sizes.js).toBeLessThanOrEqual(MAX_JS_BYTES);
  expect(sizes.css).toBeLessThanOrEqual(MAX_CSS_BYTES);
});
