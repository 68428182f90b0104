import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf } from '../parts/run-parts.ts';
import {
  newHandle,
  openPlan,
  openTabs,
  PASSWORD,
  rows,
  type SignedIn,
  signUp,
  type Tabs,
} from './account-pages.ts';
import { launch } from './browser.ts';
import { openLab } from './lab.ts';
import { draftsIn, GOAL, PHONE, runIn, smallTargets, streamsIn } from './page.ts';

const { url } = await partOf('pacedSite');

let browser: Browser;
let tabs: Tabs;
let signedIn: SignedIn;

beforeAll(async () => {
  browser = await launch();
  tabs = openTabs(browser, url);
  const page = await tabs.open('/key');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const handle = newHandle('dora');
  await signUp(page.getByRole('dialog'), handle);
  await page.getByRole('button', { name: new RegExp(handle) }).waitFor();
  signedIn = await page.context().storageState();
  await page.context().close();
  // The lists have a run that ended, and what was kept of it, whichever test looks at them.
  await cancelHosted();
});
afterAll(async () => {
  await browser.close();
  expect(tabs.problems).toEqual([]);
});

/** Starts a run on the server and cancels it while a draft is written. */
async function cancelHosted(): Promise<void> {
  const page = await tabs.open('/compose', signedIn);
  await page.getByLabel('Goal').fill(GOAL);
  await page.getByRole('button', { name: 'Run on this server' }).click();
  await streamsIn(page).first().waitFor();
  await page
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
  await page.getByText('What was done until then is kept as a plan').waitFor();
  await page.context().close();
}

test('a hosted run goes on across a reload and a closed tab, and ends as a plan with its record', async () => {
  const page = await tabs.open('/compose', signedIn);
  await page.getByLabel('Goal').fill(GOAL);
  await page.getByRole('button', { name: 'Run on this server' }).click();
  await page.waitForURL('**/runs/*');
  const { pathname } = new URL(page.url());
  await runIn(page, 'running').waitFor();
  await page.reload();
  await streamsIn(page).first().waitFor();
  await page.context().close();

  const later = await tabs.open('/me/plans', signedIn);
  const link = later.locator(`a[href="${pathname}"]`);
  await link.waitFor({ state: 'attached' });
  // Not a click by the mouse: the run may end just now, and those that ended are folded away.
  await link.dispatchEvent('click');
  await openPlan(later).waitFor();
  await runIn(later, 'done').waitFor();
  expect(await later.getByRole('table', { name: 'Phases' }).getByRole('row').count()).toBe(5);
  expect(
    await later.getByRole('region', { name: 'Record' }).getByText('done', { exact: true }).count(),
  ).toBeGreaterThanOrEqual(3);
  await openPlan(later).click();
  await later.getByRole('link', { name: 'Open in Compose' }).waitFor();
  await later.context().close();
});

test('a hosted run can be cancelled, and what was done is kept', async () => {
  await cancelHosted();
});

test('without budget a hosted run is refused with the reset time, and one’s own key is a button away', async () => {
  const lab = await openLab({ HOSTED_PRICE_USD: '3/15', HOSTED_ACCOUNT_BUDGET_USD: '0.0001' });
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${lab.url}/compose`);
    await page.getByLabel('Provider', { exact: true }).selectOption('lab');
    await page.getByLabel('Goal').fill(GOAL);
    await page.getByRole('button', { name: 'Run on this server' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to run on this server' });
    await dialog.getByRole('button', { name: 'Create an account' }).click();
    const again = page.getByRole('dialog', { name: 'Create an account to run on this server' });
    await again.getByLabel('E-mail').fill('bob@example.com');
    await again.getByLabel('Handle').fill('bob');
    await again.getByLabel('Password').fill(PASSWORD);
    await again.getByLabel('Password').press('Enter');
    await page.getByText(/renewed at \d{4}-\d\d-\d\d 00:00 UTC/).waitFor();
    await page.getByRole('button', { name: 'Use my own key' }).click();
    expect(await page.locator('#provider-key').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    expect(await page.getByLabel('Goal').inputValue()).toBe(GOAL);
    await page.context().close();
  } finally {
    await lab.close();
  }
});

test('with five runs in other tabs a hosted one keeps no connection: it is looked at, and ends as it would', async () => {
  const lab = await openLab({ HOSTED_PROVIDER: 'lab', HOSTED_MODELS: 'lab-1', HOSTED_PRICE_USD: '3/15' });
  const context = await browser.newContext();
  try {
    lab.sandbox.script([{ phase: 'plan', held: true }]);
    const other = await context.newPage();
    await other.goto(`${lab.url}/key`);
    await other.evaluate(() => {
      for (let at = 0; at < 5; at++)
        void navigator.locks.request(`oneturn.run.${at}`, () => new Promise(() => {}));
    });
    const page = await context.newPage();
    let ended = 0;
    const isFeed = (address: string): boolean => address.endsWith('/events');
    page.on('requestfailed', (request) => {
      if (isFeed(request.url())) ended += 1;
    });
    await page.goto(`${lab.url}/compose`);
    await page.getByLabel('Goal').fill(GOAL);
    await page.getByRole('button', { name: 'Run on this server' }).click();
    await signUp(page.getByRole('dialog'), 'gus');
    await page.waitForURL('**/runs/*');
    // The intent is there, and the plan is waited for.
    await page.getByRole('heading', { name: 'What the goal asks for' }).waitFor();
    await expect.poll(() => ended).toBeGreaterThan(1);
    expect(await page.getByText('The connection is down').count()).toBe(0);
    lab.sandbox.release();
    await openPlan(page).waitFor();
    await runIn(page, 'done').waitFor();
  } finally {
    await context.close();
    await lab.close();
  }
});

test('a page that is loaded directly has the styles of every part that it shows', async () => {
  const page = await tabs.open('/me/plans', signedIn);
  const cancelled = page.locator('a[href^="/runs/"]').first();
  await page.getByText(/^Ended/).click();
  const path = await cancelled.getAttribute('href');
  await page.goto(`${url}${path}`);
  const end = page.getByRole('region', { name: 'Cancelled' });
  expect(await end.evaluate((element) => getComputedStyle(element).borderInlineStartWidth)).toBe('3px');

  await page.route('**/v1/audit?*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), next: 1 } });
  });
  await page.goto(`${url}/settings/audit`);
  const older = page.getByRole('button', { name: 'Show older' });
  expect(await older.evaluate((element) => getComputedStyle(element).justifySelf)).toBe('center');
  await page.context().close();
});

test('the lists and a saved plan have targets that are large enough for a finger', async () => {
  const context = await browser.newContext({ ...PHONE, storageState: signedIn });
  const page = await context.newPage();
  await page.goto(`${url}/me/plans`);
  await rows(page).first().waitFor();
  await page.getByText(/^Ended/).tap();
  await page.locator('main a[href^="/runs/"]').first().waitFor();
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
  expect(await smallTargets(page)).toEqual([]);
  await rows(page).first().getByRole('link').tap();
  await draftsIn(page).first().waitFor();
  expect(await smallTargets(page)).toEqual([]);
  await context.close();
});
