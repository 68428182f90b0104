import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { GOAL, runIn, streamsIn } from './page.ts';

/** What the tests of accounts, saved plans and hosted runs share. An address may sign up ten times in ten minutes: one account a file. */

export const PASSWORD = 'correct horse battery';

/** Cookies and storage of somebody who is signed in. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface Tabs {
  /** A tab of its own, at a path of the site, as somebody who is signed in or as nobody. */
  readonly open: (path: string, as?: SignedIn) => Promise<Page>;
  /** What was thrown in any of them. */
  readonly problems: readonly string[];
}

export function openTabs(browser: Browser, url: string): Tabs {
  const problems: string[] = [];
  return {
    problems,
    async open(path, as) {
      const viewport = { width: 1280, height: 900 };
      const context = await browser.newContext(as ? { viewport, storageState: as } : { viewport });
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(url + path);
      return page;
    },
  };
}

/** A handle that no other run of the tests has. */
export const newHandle = (name: string): string => `${name}-${Date.now().toString(36)}`;

/** Fills the sign-in dialog as somebody who has no account yet. */
export async function signUp(dialog: Locator, handle: string): Promise<void> {
  await dialog.getByRole('button', { name: 'Create an account' }).click();
  await dialog.getByLabel('E-mail').fill(`${handle}@example.com`);
  await dialog.getByLabel('Handle').fill(handle);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByLabel('Password').press('Enter');
}

/** Plans in the sandbox to the end, or stops when one draft is being written and others are not: something is kept, something is left. */
export async function planIn(page: Page, until: 'done' | 'drafting'): Promise<void> {
  await page.getByLabel('Goal').fill(GOAL);
  await page.getByLabel('Provider', { exact: true }).selectOption('sandbox');
  await page.getByRole('button', { name: 'Plan in the sandbox' }).click();
  if (until === 'done') return runIn(page, 'done').waitFor();
  await streamsIn(page).first().waitFor();
  await page
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click();
  await runIn(page, 'cancelled').waitFor();
}

/** Plans, saves and signs up on the way. */
export async function signUpWithPlan(page: Page, handle: string): Promise<SignedIn> {
  await planIn(page, 'done');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await signUp(page.getByRole('dialog'), handle);
  await openPlan(page).waitFor();
  await page.getByRole('button', { name: new RegExp(handle) }).waitFor();
  return page.context().storageState();
}

export const openPlan = (page: Page) => page.getByRole('link', { name: 'Open plan' });
/** The saved plans in the list. */
export const rows = (page: Page) => page.getByTestId('plan-row');
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');
