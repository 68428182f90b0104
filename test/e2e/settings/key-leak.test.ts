import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTabs, type SignedIn, type Tabs } from '../account-pages.ts';
import { launch } from '../browser.ts';
import { axeFaultsIn } from '../checks/axe.ts';
import { type Lab, openLab } from '../lab.ts';
import { PHONE, smallTargets } from '../page.ts';
import { account } from './account.ts';
import { pasteAndStore } from './stored-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'oneturn-root-'));
const rootFile = join(folder, 'vault-root');
writeFileSync(rootFile, randomBytes(32).toString('base64url'), { mode: 0o600 });

let lab: Lab;
let browser: Browser;
let tabs: Tabs;
let ada: SignedIn;

beforeAll(async () => {
  [lab, browser] = await Promise.all([
    openLab({ VAULT: 'on', VAULT_ROOTS: `r1=file:${rootFile}` }),
    launch(),
  ]);
  tabs = openTabs(browser, lab.url);
  ada = await account(browser, lab.url, 'ada');
});
afterAll(async () => {
  await browser.close();
  await lab.close();
  rmSync(folder, { recursive: true });
  expect(tabs.problems).toEqual([]);
});

async function readDownload(loaded: Download): Promise<string> {
  const file = join(folder, 'calls.csv');
  await loaded.saveAs(file);
  return readFileSync(file, 'utf8');
}

const step = (page: Page, title: RegExp) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) })
    .first();
const isDone = (page: Page, title: RegExp) =>
  step(page, title).locator('.tag', { hasText: 'done' }).waitFor();

async function fits(page: Page): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ['light', 'dark'] as const)
      expect(await axeFaultsIn(page, colorScheme), `${width}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
}

test('a leaked key is dealt with in five steps that are kept, and its calls are counted and downloaded', async () => {
  const page = await tabs.open('/settings/keys', ada);
  await pasteAndStore(page, 'Old key');
  await page.getByRole('button', { name: 'Test Old key' }).click();
  await page.getByText('Asked:').waitFor();
  await page.goto(`${lab.url}/compose`);
  await page.getByLabel('Goal').fill('Turn merged pull requests into weekly release notes');
  await page.getByRole('button', { name: 'Run on your stored key' }).click();
  await page.waitForURL('**/runs/*');
  await page.getByRole('region', { name: 'Record' }).getByText('done', { exact: true }).first().waitFor();

  await page.goto(`${lab.url}/settings/keys`);
  await page.getByRole('button', { name: 'More for Old key' }).press('Enter');
  await page.getByRole('menuitem', { name: 'It leaked…' }).press('Enter');
  await page.waitForURL('**/leak');
  // a time that has not come is refused in its field
  await page.locator('[name=since]').fill('2999-01-01T00:00');
  await page.getByRole('button', { name: 'Show me what to do' }).click();
  await page.getByText('Give a date and a time that have passed.').waitFor();
  await page.locator('[name=since]').fill('2026-01-01T00:00');
  await fits(page);
  await page.getByRole('button', { name: 'Show me what to do' }).press('Enter');

  await page.getByText('0 of 5 steps are done.').waitFor();
  await page.getByRole('checkbox', { name: /I have revoked it at/ }).press('Space');
  await page.getByText('1 of 5 steps are done.').waitFor();
  await isDone(page, /^Revoke it at/);
  await page.getByText('ada, ').first().waitFor();

  // the calls: sums by day, lines with who made them, and all of them as a file
  const calls = step(page, /^Look through the calls/);
  await calls.getByRole('region', { name: 'Calls by day' }).waitFor();
  const count = Number(/(\d+) calls, with/.exec((await calls.locator('summary').textContent()) ?? '')?.[1]);
  expect(count).toBeGreaterThan(3);
  await calls.locator('summary').click();
  await expect.poll(() => calls.locator('ul li').count()).toBe(count);
  expect(await calls.locator('ul li').filter({ hasText: 'ada ·' }).count()).toBe(count);
  const loading = page.waitForEvent('download');
  await calls.getByRole('link', { name: /as CSV/ }).click();
  const lines = (await readDownload(await loading)).trimEnd().split('\r\n');
  expect(lines).toHaveLength(count + 1);
  await fits(page);
  const phone = await browser.newContext({
    ...PHONE,
    storageState: await page.context().storageState(),
  });
  const small = await phone.newPage();
  await small.goto(page.url());
  await small.getByText('1 of 5 steps are done.').waitFor();
  await small.getByRole('region', { name: 'Calls by day' }).waitFor();
  // a box to check is as tall as its label
  expect((await smallTargets(small)).filter(([text]) => text !== '')).toEqual([]);
  await phone.close();
  await page.setViewportSize({ width: 1280, height: 900 });

  await step(page, /^Destroy it here/)
    .getByRole('button', { name: 'Revoke now' })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke now' }).click();
  await isDone(page, /^Destroy it here/);
  await page.getByText('2 of 5 steps are done.').waitFor();

  // what was checked off is there when somebody comes back, also for a key that is gone; the new default shows by itself
  await step(page, /^Add a new key/)
    .getByRole('link', { name: 'Stored keys' })
    .click();
  await pasteAndStore(page, 'New key');
  await page.getByText('Gone in the last 30 days: 1').click();
  await page.getByRole('link', { name: 'It leaked…: Old key' }).click();
  await page.getByText('3 of 5 steps are done.').waitFor();
  await step(page, /^Add a new key/)
    .getByText('“New key”')
    .waitFor();
  await page.getByRole('checkbox', { name: 'Every one of them is ours' }).check();
  await page.getByText('4 of 5 steps are done.').waitFor();
  await page.getByRole('checkbox', { name: 'I have compared them' }).check();
  await page.getByText('All five steps are done.').waitFor();
  await page.reload();
  await page.getByText('All five steps are done.').waitFor();
  // and can be taken back
  await page.getByRole('checkbox', { name: 'I have compared them' }).press('Space');
  await page.getByText('4 of 5 steps are done.').waitFor();
  await page.context().close();
});

test('a key that is not there says so', async () => {
  const page = await tabs.open('/settings/keys/00000000-0000-4000-8000-000000000000/leak', ada);
  await page.getByText('There is no such key').waitFor();
  expect(await axeFaultsIn(page, 'light')).toEqual([]);
  await page.context().close();
});
