import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Lab } from '../e2e/lab.ts';
import { GOAL, runIn } from '../e2e/page.ts';

export type Account = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What a state is made with. */
export interface Stage {
  readonly page: Page;
  readonly lab: Lab;
  /** Somebody who is signed in. */
  readonly account: Account;
  readonly phone: boolean;
}

/** A state of the page that people meet; `open` leads there. */
export interface State {
  readonly name: string;
  readonly open: (stage: Stage) => Promise<void>;
}

const SLOW = { firstMs: 0, eventMs: 60, charsPerEvent: 8 };
const KEY = 'lab-5f0c8aB3Qm7RtY2wLx9Zk4Vn6Hs1Dp8Ue3Gj';

export const STATES: readonly State[] = [
  { name: 'empty', open: (stage) => signedOut(stage).then(() => undefined) },
  { name: 'key', open: keyHeld },
  { name: 'refused', open: refused },
  { name: 'streaming', open: streaming },
  { name: 'done', open: done },
  { name: 'draft', open: draftOpen },
  { name: 'earlier', open: earlier },
  { name: 'compare', open: compare },
  { name: 'failed', open: failed },
  { name: 'plans', open: plans },
  { name: 'plan', open: planPage },
  { name: 'hosted', open: hosted },
  { name: 'proof', open: ({ page, lab }) => go(page, `${lab.url}/key`) },
  { name: 'settings', open: settings },
];

/** An account that has a saved plan, for the states behind a sign-in. */
export async function signUp(browser: Browser, url: string): Promise<Account> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/compose`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create an account' }).click();
  await dialog.getByLabel('E-mail').fill('ada@example.com');
  await dialog.getByLabel('Handle').fill('ada');
  await dialog.getByLabel('Password').fill('correct horse battery');
  await dialog.getByLabel('Password').press('Enter');
  await page.getByRole('button', { name: 'ada' }).waitFor();
  await ask(page, undefined);
  await press(page);
  await page.getByRole('button', { name: 'Save plan' }).click();
  await page.getByRole('link', { name: 'Open plan' }).waitFor();
  const account = await context.storageState();
  await context.close();
  return account;
}

async function go(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'networkidle' });
}

async function signedOut({ page, lab }: Stage): Promise<void> {
  await page.context().clearCookies();
  await go(page, `${lab.url}/compose`);
  await page.getByLabel('Provider', { exact: true }).waitFor();
}

async function ask(page: Page, key: string | undefined): Promise<void> {
  await page.getByLabel('Provider', { exact: true }).selectOption('lab');
  await page.getByLabel('Goal').fill(GOAL);
  if (key !== undefined) await page.locator('#provider-key').fill(key);
}

const press = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Plan (?:with my key|without a key|in the sandbox)$/ }).click();

async function keyHeld(stage: Stage): Promise<void> {
  await signedOut(stage);
  await ask(stage.page, KEY);
}

/** Another vendor's key in the field. */
async function refused(stage: Stage): Promise<void> {
  await signedOut(stage);
  const { page } = stage;
  await page.getByLabel('Provider', { exact: true }).selectOption('anthropic');
  await page.getByLabel('Goal').fill(GOAL);
  await page.locator('#provider-key').fill(`sk-proj-${'Kq7wZt2m'.repeat(6)}`);
  await press(page);
  await page.waitForTimeout(500);
}

async function streaming(stage: Stage): Promise<void> {
  stage.lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  await keyHeld(stage);
  await press(stage.page);
  await stage.page
    .getByRole('region', { name: /^(?!Plan,).*, being written$/ })
    .first()
    .filter({ hasText: /\w{3}.*\w{3}.*\w{3}/ })
    .waitFor();
}

async function done(stage: Stage): Promise<void> {
  await keyHeld(stage);
  await press(stage.page);
  await stage.page.getByRole('button', { name: 'Download all' }).waitFor();
  await stage.page.getByRole('heading', { name: 'Receipt' }).waitFor();
}

/** A result, and one more that it came in the place of. */
async function earlier(stage: Stage): Promise<void> {
  await done(stage);
  const { page } = stage;
  await page.getByLabel('Goal').fill('Check every CSV export before it goes to a partner.');
  await page.locator('#provider-key').fill(KEY);
  await press(page);
  // The run before stays until the next one has begun.
  await page.getByRole('region', { name: 'Earlier runs in this tab' }).waitFor();
  await runIn(page, 'done').waitFor();
  await page.getByRole('heading', { name: 'Receipt' }).waitFor();
}

async function compare(stage: Stage): Promise<void> {
  await earlier(stage);
  await stage.page.getByRole('button', { name: /^Compare with/ }).click();
  await stage.page.getByRole('dialog').getByRole('table').waitFor();
}

async function draftOpen(stage: Stage): Promise<void> {
  await done(stage);
  await stage.page.getByRole('region', { name: 'Drafts' }).getByRole('button').first().click();
  await stage.page.getByRole('tab', { name: 'Rendered' }).waitFor();
}

async function failed(stage: Stage): Promise<void> {
  stage.lab.sandbox.script([{ fault: 'anthropic-401' }]);
  await keyHeld(stage);
  await press(stage.page);
  await stage.page.getByRole('heading', { name: 'Key rejected' }).waitFor();
  await stage.page.getByRole('heading', { name: 'Receipt' }).waitFor();
}

async function settings({ page, lab }: Stage): Promise<void> {
  await go(page, `${lab.url}/settings`);
  await page.getByText('this browser').waitFor();
}

async function plans({ page, lab }: Stage): Promise<void> {
  await go(page, `${lab.url}/me/plans`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
}

async function planPage(stage: Stage): Promise<void> {
  await plans(stage);
  await stage.page.getByRole('heading', { level: 2 }).getByRole('link').last().click();
  await stage.page.getByRole('region', { name: 'Drafts' }).waitFor();
  // Previews are parsed one by one.
  await stage.page.waitForFunction(() => document.querySelector('article [class*=partial]') === null);
}

async function hosted({ page, lab }: Stage): Promise<void> {
  await go(page, `${lab.url}/compose`);
  await page.getByLabel('Goal').fill(GOAL);
  await page.getByRole('button', { name: 'Run on this server' }).click();
  await page.getByRole('link', { name: 'Open plan' }).waitFor();
}
