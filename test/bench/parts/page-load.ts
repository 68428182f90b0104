import type { Browser, Page } from 'playwright-core';

/** What Lighthouse calls slow 4G. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_638_400 / 8,
  uploadThroughput: 675_000 / 8,
};
export const SLOW_CPU = 4;

/** A phone of the middle: so many times slower than this machine. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Everything that is sent for the first page, with heads, in kB; `script` of it is JavaScript. */
export async function sentForFirstPage(
  browser: Browser,
  url: string,
): Promise<{ readonly total: number; readonly script: number }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set<string>();
  const sent = { total: 0, script: 0 };
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sent.total += encodedDataLength / 1000;
    if (scripts.has(requestId)) sent.script += encodedDataLength / 1000;
  });
  await page.goto(`${url}/compose`, { waitUntil: 'networkidle' });
  await page.getByLabel('Provider', { exact: true }).waitFor();
  await context.close();
  return sent;
}

/** How long the page stays white for somebody who comes for the first time, on a slow line with a slow processor, in ms. */
export async function whiteMs(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU });
  await page.goto(`${url}/compose`);
  await page.getByLabel('Goal').waitFor();
  const ms = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await context.close();
  return ms;
}
