import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf } from '../parts/run-parts.ts';
import { launch } from './browser.ts';
import { openLab } from './lab.ts';
import { draftsIn, GOAL, PHONE, runIn, smallTargets, streamsIn } from './page.ts';

const { url: baseUrl } = await partOf('site');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PASSWORD = 'correct horse battery';
const HANDLE = `ada-${Date.now().toString(36)}`;

let browser: Browser;
/** One account for the file: an address may sign up ten times in ten minutes. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
const problems: string[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  expect(problems).toEqual([]);
});

async function open(path: string, as?: typeof signedIn, width = 1280): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    ...(as && { storageState: as }),
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(baseUrl + path);
  return page;
}

async function planIn(page: Page, until: 'done' | 'drafting'): Promise<void> {
  await page.getByLabel('Goal').fill(GOAL);
  await page.getByLabel('Provider', { exact: true }).selectOption('sandbox');
  await page.getByRole('button', { name: 'Plan in the sandbox' }).click();
  if (until === 'done') return runIn(page, 'done').waitFor();
  // One draft is there and others are not: what is stopped now has something to keep and something to finish.
  await streamsIn(page).first().waitFor();
  await page
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click();
  await runIn(page, 'cancelled').waitFor();
}
const openPlan = (page: Page) => page.getByRole('link', { name: 'Open plan' });
const rows = (page: Page) => page.getByTestId('plan-row');
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');

test('saved while signed out: signing up in place completes the save, and a reload still knows it', async () => {
  const page = await open('/compose');
  await planIn(page, 'done');
  await page.getByRole('button', { name: 'Save plan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create an account' }).click();
  await dialog.getByLabel('E-mail').fill(`${HANDLE}@example.com`);
  await dialog.getByLabel('Handle').fill(HANDLE);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByLabel('Password').press('Enter');
  await openPlan(page).waitFor();
  await page.getByRole('button', { name: new RegExp(HANDLE) }).waitFor();
  signedIn = await page.context().storageState();

  await page.reload();
  await openPlan(page).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await draftsIn(page).count()).toBeGreaterThan(0);
  await page.context().close();
});

test('a stopped run is saved, resumed from the list, finished, and saved to the same plan', async () => {
  const page = await open('/compose', signedIn);
  await planIn(page, 'drafting');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await openPlan(page).click();
  await page.getByRole('link', { name: /^Resume \(\d+ to finish\)$/ }).click();
  await page.waitForURL('**/compose');
  expect(await page.getByLabel('Goal').inputValue()).toBe(GOAL);
  await page.getByRole('button', { name: /^Redo what is missing/ }).click();
  await runIn(page, 'done').waitFor();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await openPlan(page).click();
  await page.getByRole('link', { name: 'Open in Compose' }).waitFor();
  await page.getByRole('link', { name: 'My plans', exact: true }).click();
  await expect.poll(() => rows(page).count()).toBe(2);
  expect(await page.getByText('stopped', { exact: true }).count()).toBe(0);
  await page.context().close();
});

test('two tabs that rename one plan meet, and neither overwrites unasked', async () => {
  const mine = await open('/me/plans', signedIn);
  const theirs = await open('/me/plans', signedIn);
  const rename = async (page: Page, title: string): Promise<void> => {
    await rows(page).first().getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Title').press('Enter');
  };
  await rows(mine).first().waitFor();
  await rows(theirs).first().waitFor();
  await rename(theirs, 'Their title');
  await theirs.getByRole('link', { name: 'Their title' }).waitFor();
  await rename(mine, 'My title');
  const dialog = mine.getByRole('dialog', { name: 'This plan was changed elsewhere' });
  await dialog.getByText('Their title').waitFor();
  await dialog.getByRole('button', { name: 'Replace with mine' }).click();
  await mine.getByRole('link', { name: 'My title' }).waitFor();
  await theirs.reload();
  await theirs.getByRole('link', { name: 'My title' }).waitFor();
  await Promise.all([mine.context().close(), theirs.context().close()]);
});

test('deleting and the undo, by keyboard only', async () => {
  const page = await open('/me/plans', signedIn);
  await rows(page).nth(1).waitFor();
  const titles = await rows(page).getByRole('link').allTextContents();
  await rows(page).first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  expect(await focused(page)).toBe('Delete');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows(page).count()).toBe(1);
  expect(await focused(page)).toBe(titles[1]);

  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  for (let stops = 0; stops < 20 && (await focused(page)) !== 'Undo'; stops++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows(page).getByRole('link').allTextContents()).toEqual(titles);
  await page.context().close();
});

test('signing in by keyboard gives the focus back to where it was', async () => {
  const page = await open('/key');
  const button = page.getByRole('button', { name: 'Sign in' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('Sign in');

  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await page.keyboard.type(`${HANDLE}@example.com`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: new RegExp(HANDLE) }).waitFor();
  await page.context().close();
});

test('Esc in the sign-in dialog does not cancel the run below it', async () => {
  const page = await open('/compose');
  await page.getByLabel('Goal').fill(GOAL);
  await page.getByLabel('Provider', { exact: true }).selectOption('sandbox');
  await page.getByRole('button', { name: 'Plan in the sandbox' }).click();
  await runIn(page, 'running').waitFor();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await runIn(page, 'done').waitFor();
  await page.context().close();
});

test('a hosted run goes on across a reload and a closed tab, and ends as a plan with its record', async () => {
  const page = await open('/compose', signedIn);
  await page.getByLabel('Goal').fill(GOAL);
  await page.getByRole('button', { name: 'Run on this server' }).click();
  await page.waitForURL('**/runs/*');
  const { pathname } = new URL(page.url());
  await runIn(page, 'running').waitFor();
  await page.reload();
  await streamsIn(page).first().waitFor();
  await page.context().close();

  const later = await open('/me/plans', signedIn);
  await later.locator(`a[href="${pathname}"]`).click();
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
  const page = await open('/compose', signedIn);
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

test('a page that is loaded directly has the styles of every part that it shows', async () => {
  const page = await open('/me/plans', signedIn);
  const cancelled = page.locator('a[href^="/runs/"]').first();
  await page.getByText(/^Ended/).click();
  const path = await cancelled.getAttribute('href');
  await page.goto(`${baseUrl}${path}`);
  const end = page.getByRole('region', { name: 'Cancelled' });
  expect(await end.evaluate((element) => getComputedStyle(element).borderInlineStartWidth)).toBe('3px');

  await page.route('**/v1/audit?*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), next: 1 } });
  });
  await page.goto(`${baseUrl}/settings/audit`);
  const older = page.getByRole('button', { name: 'Show older' });
  expect(await older.evaluate((element) => getComputedStyle(element).justifySelf)).toBe('center');
  await page.context().close();
});

test('the lists and a saved plan have targets that are large enough for a finger', async () => {
  const context = await browser.newContext({ ...PHONE, storageState: signedIn });
  const page = await context.newPage();
  await page.goto(`${baseUrl}/me/plans`);
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

test('what was done is in the audit log, and its search finds it', async () => {
  const page = await open('/settings/audit?action=plan.delete', signedIn);
  await page.getByTestId('audit-action').first().waitFor();
  expect(await page.getByTestId('audit-action').allTextContents()).toEqual([' plan.delete']);
  await page.getByLabel('Action').selectOption('');
  await page.getByTestId('audit-action').filter({ hasText: 'account.sign-up' }).waitFor();
  await page.context().close();
});

test.each(['/me/plans', '/settings', '/settings/audit', '/sign-in'])(
  '%s has no axe violation and no sideways scroll',
  async (path) => {
    const page = await open(path, path === '/sign-in' ? undefined : signedIn);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (path !== '/sign-in') await page.locator('.sheet:visible').first().waitFor();
    for (const width of [1280, 390]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.evaluate(axe);
        // as: axe puts itself into the page
        const found = await page.evaluate(() =>
          (window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }).axe.run(),
        );
        expect(found.violations.map(({ id }) => id)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
      }
    }
    await page.context().close();
  },
);
