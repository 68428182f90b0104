import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf } from '../parts/run-parts.ts';
import {
  focused,
  newHandle,
  openPlan,
  openTabs,
  PASSWORD,
  type SignedIn,
  signUpWithPlan,
  type Tabs,
} from './account-pages.ts';
import { launch } from './browser.ts';
import { axeFaultsIn } from './checks/axe.ts';
import { draftsIn, GOAL, runIn } from './page.ts';

const { url } = await partOf('site');
const { url: pacedUrl } = await partOf('pacedSite');
const HANDLE = newHandle('ada');

let browser: Browser;
let tabs: Tabs;
/** Where a run lasts longer than what is done meanwhile. */
let pacedTabs: Tabs;
let signedIn: SignedIn;

beforeAll(async () => {
  browser = await launch();
  tabs = openTabs(browser, url);
  pacedTabs = openTabs(browser, pacedUrl);
  const page = await tabs.open('/compose');
  signedIn = await signUpWithPlan(page, HANDLE);
  await page.context().close();
});
afterAll(async () => {
  await browser.close();
  expect([...tabs.problems, ...pacedTabs.problems]).toEqual([]);
});

test('saved while signed out: signing up in place completes the save, and a reload still knows it', async () => {
  const page = await tabs.open('/compose');
  await signUpWithPlan(page, newHandle('eva'));
  await page.reload();
  await openPlan(page).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await draftsIn(page).count()).toBeGreaterThan(0);
  await page.context().close();
});

test('signing in by keyboard gives the focus back to where it was', async () => {
  const page = await tabs.open('/key');
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
  const page = await pacedTabs.open('/compose');
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

test('a wrong current password is said at its field, which has the focus, and nothing else is lost', async () => {
  const page = await tabs.open('/settings', signedIn);
  const [current, next] = [page.getByLabel('Current password'), page.getByLabel('New password')];
  await current.fill('not the password at all');
  await next.fill('another horse battery');
  await next.press('Enter');
  await expect.poll(() => current.getAttribute('aria-invalid')).toBe('true');
  expect(await current.evaluate((field) => document.activeElement === field)).toBe(true);
  const told = await current.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${told}"]`).innerText()).toMatch(/password/i);
  expect(await next.inputValue()).toBe('another horse battery');
  await page.context().close();
});

test.each(['/me/plans', '/settings', '/settings/audit', '/sign-in'])(
  '%s has no axe violation and no sideways scroll',
  async (path) => {
    const page = await tabs.open(path, path === '/sign-in' ? undefined : signedIn);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (path !== '/sign-in') await page.locator('.sheet:visible').first().waitFor();
    for (const width of [1280, 390]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 844 });
        expect(await axeFaultsIn(page, colorScheme)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
      }
    }
    await page.context().close();
  },
);
