import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, draftsIn, ended, foldsIn, openCompose, plan } from './page.ts';

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

const NOT_LOADED = 'This part of the page did not load';
async function block(page: Page, files: string): Promise<void> {
  await page.route(files, (route) => route.abort());
}

/** The requests that have no end yet. */
function requestsOf(page: Page): ReadonlySet<Request> {
  const open = new Set<Request>();
  page.on('request', (request) => open.add(request));
  // as: both tell of a request, and their types cannot be joined
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => open.delete(request));
  return open;
}

/** Until the page has what it shows of a finished run, with all that this imports. */
async function warmed(page: Page, open: ReadonlySet<Request>): Promise<void> {
  await page.waitForFunction(() => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    return ['draft-view', 'markdown', 'pack-run', 'sign-in-dialog', 'key-dialog'].every((name) =>
      loaded.some((url) => url.includes(`/assets/${name}-`)),
    );
  });
  await expect.poll(() => open.size, { timeout: 60_000 }).toBe(0);
}
const again = (page: Page) => page.getByRole('button', { name: 'Try again' }).click();

test('a page that does not load says so in its place, and comes when it is asked for again', async () => {
  const { page } = await openCompose(browser, lab.url);
  await page.route('**/assets/*', (route) => void setTimeout(() => void route.abort(), 500));
  await page.getByRole('link', { name: 'Plans' }).click();
  await page.getByText(NOT_LOADED).waitFor();
  await again(page);
  // The button has its name back when the second try has failed too.
  await page.getByRole('button', { name: 'Try again', exact: true }).waitFor();
  await page.getByText(NOT_LOADED).waitFor();
  expect(await page.getByRole('link', { name: 'Compose', exact: true }).count()).toBe(1);
  await page.unroute('**/assets/*');
  await again(page);
  await page.getByRole('heading', { name: 'My plans' }).waitFor();
});

test('a style sheet that does not load keeps its page away until it is there too', async () => {
  const { page } = await openCompose(browser, lab.url);
  await block(page, '**/*.css');
  await page.locator('header').getByRole('link', { name: 'Plans' }).click();
  await page.getByText(NOT_LOADED).waitFor();
  await page.unroute('**/*.css');
  await again(page);
  await page.getByRole('heading', { name: 'My plans' }).waitFor();
  const failed = () =>
    page.evaluate(() => [...document.styleSheets].every(({ cssRules }) => cssRules.length > 0));
  expect(await failed()).toBe(true);
});

test('whichever sheet comes first, the layers of styles have one order', async () => {
  const { page } = await openCompose(browser, lab.url);
  await page.locator('header').getByRole('link', { name: 'Plans' }).click();
  await page.getByRole('heading', { name: 'My plans' }).waitFor();
  const orders = await page.evaluate(() =>
    [...document.styleSheets].map(({ cssRules: [first] }) =>
      first instanceof CSSLayerStatementRule ? first.nameList.join(' ') : 'none',
    ),
  );
  expect(orders.length).toBeGreaterThan(2);
  expect([...new Set(orders)]).toEqual(['tokens base layout parts motion']);
});

test('the sign-in dialog that does not load can be closed, and opens on a second try', async () => {
  const { page } = await openCompose(browser, lab.url);
  await block(page, '**/assets/*');
  const signIn = page.getByRole('button', { name: 'Sign in' });
  await signIn.click();
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByText(NOT_LOADED).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.unroute('**/assets/*');
  await signIn.click();
  await dialog.getByLabel('E-mail').waitFor();
});

test('when the server goes away after a run, its drafts open, are packed, and saving still asks to sign in', async () => {
  const own = await openLab();
  try {
    const opened = await openCompose(browser, own.url);
    const { page } = opened;
    const onTheirWay = requestsOf(page);
    await askLab(opened, undefined);
    await plan(opened).click();
    await ended(opened, 'done');
    await warmed(page, onTheirWay);
    await own.crash();

    await foldsIn(page).first().click();
    await page.getByRole('tab', { name: 'Source' }).click();
    await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
    const zip = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download all' }).click();
    await page.getByRole('menuitem', { name: 'Skills (ZIP)' }).click();
    await zip;
    await page.getByRole('button', { name: 'Save plan' }).click();
    await page.getByRole('dialog').getByLabel('E-mail').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'What happens to my key' }).click();
    await page.getByRole('dialog').getByText('It turns once.').waitFor();
    expect(await draftsIn(page).count()).toBeGreaterThan(0);
  } finally {
    await own.close();
  }
});
