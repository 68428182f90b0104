import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf } from '../parts/run-parts.ts';
import {
  focused,
  newHandle,
  openPlan,
  openTabs,
  planIn,
  rows,
  type SignedIn,
  signUpWithPlan,
  type Tabs,
} from './account-pages.ts';
import { launch } from './browser.ts';
import { GOAL, runIn } from './page.ts';

const { url } = await partOf('pacedSite');

let browser: Browser;
let tabs: Tabs;
let signedIn: SignedIn;

beforeAll(async () => {
  browser = await launch();
  tabs = openTabs(browser, url);
  const page = await tabs.open('/compose');
  signedIn = await signUpWithPlan(page, newHandle('cleo'));
  await page.getByRole('button', { name: 'Start over' }).click();
  await planIn(page, 'done');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await openPlan(page).waitFor();
  await page.context().close();
});
afterAll(async () => {
  await browser.close();
  expect(tabs.problems).toEqual([]);
});

test('a stopped run is saved, resumed from the list, finished, and saved to the same plan', async () => {
  const page = await tabs.open('/compose', signedIn);
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
  await expect.poll(() => rows(page).count()).toBe(3);
  expect(await page.getByText('stopped', { exact: true }).count()).toBe(0);
  await page.context().close();
});

test('two tabs that rename one plan meet, and neither overwrites unasked', async () => {
  const mine = await tabs.open('/me/plans', signedIn);
  const theirs = await tabs.open('/me/plans', signedIn);
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

test('deleting and the undo, by keyboard only; the audit log has it, and its search finds it', async () => {
  const page = await tabs.open('/me/plans', signedIn);
  await rows(page).nth(1).waitFor();
  const titles = await rows(page).getByRole('link').allTextContents();
  await rows(page).first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  expect(await focused(page)).toBe('Delete');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows(page).count()).toBe(titles.length - 1);
  expect(await focused(page)).toBe(titles[1]);

  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  for (let stops = 0; stops < 20 && (await focused(page)) !== 'Undo'; stops++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows(page).getByRole('link').allTextContents()).toEqual(titles);

  await page.goto(`${url}/settings/audit?action=plan.delete`);
  await page.getByTestId('audit-action').first().waitFor();
  expect(await page.getByTestId('audit-action').allTextContents()).toEqual([' plan.delete']);
  await page.getByLabel('Action').selectOption('');
  await page.getByTestId('audit-action').filter({ hasText: 'account.sign-up' }).waitFor();
  await page.context().close();
});
