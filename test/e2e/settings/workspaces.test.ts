import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { focused, openTabs, type SignedIn, type Tabs } from '../account-pages.ts';
import { launch } from '../browser.ts';
import { axeFaultsIn } from '../checks/axe.ts';
import { type Lab, openLab } from '../lab.ts';
import { smallTargets } from '../page.ts';
import { account } from './account.ts';

let lab: Lab;
let browser: Browser;
let tabs: Tabs;
let [ada, eva]: SignedIn[] = [];

beforeAll(async () => {
  [lab, browser] = await Promise.all([openLab(), launch()]);
  tabs = openTabs(browser, lab.url);
  ada = await account(browser, lab.url, 'ada');
  eva = await account(browser, lab.url, 'eva');
});
afterAll(async () => {
  await browser.close();
  await lab.close();
  expect(tabs.problems).toEqual([]);
});

const toast = (page: Page, text: RegExp) => page.locator('.toast', { hasText: text }).waitFor();

test('a workspace is made by keyboard, somebody is invited by a link, takes it, gets a role and is removed', async () => {
  const page = await tabs.open('/settings/workspaces', ada);
  await page.getByText('This one is your own.').waitFor();
  await page.getByRole('button', { name: 'New workspace' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.type('Platform team');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Platform Team');
  await page.keyboard.press('Enter');
  await dialog.getByText('lower-case letters').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('slug');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('eva');
  await page.keyboard.press('Enter');
  await dialog.getByText('This handle is taken').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('slug');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('platform-team');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Platform team' }).waitFor();
  await page.getByText('you are the only one').waitFor();
  expect(await page.getByRole('button', { name: 'Leave workspace' }).count()).toBe(0);

  await page.getByLabel('E-mail').fill('not an address');
  await page.getByLabel('E-mail').press('Enter');
  await page.getByText('This is not an e-mail address.').waitFor();
  await page.getByLabel('E-mail').fill('eva@example.com');
  await page.getByLabel('E-mail').press('Enter');
  await toast(page, /Invited eva@example.com/);
  await page.getByLabel('E-mail').fill('eva@example.com');
  await page.getByLabel('E-mail').press('Enter');
  await page.getByText('is invited already').waitFor();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: lab.url });
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.origin).toBe(lab.url);

  // not for whoever finds it
  const other = await tabs.open(link.pathname, ada);
  await other.getByText('There is no such invitation for you.').waitFor();
  await other.context().close();

  const guest = await tabs.open(link.pathname, eva);
  await guest
    .getByText('ada@example.com invites you to the workspace “Platform team”, as a member.')
    .waitFor();
  expect(await axeFaultsIn(guest, 'light')).toEqual([]);
  await guest.getByRole('button', { name: 'Accept' }).click();
  await guest.getByRole('heading', { level: 1, name: 'Platform team' }).waitFor();
  // a member sees who is in it, and neither addresses nor what is for admins
  await guest.getByText('eva', { exact: true }).first().waitFor();
  expect(await guest.getByText('ada@example.com').count()).toBe(0);
  for (const name of ['Invitations', 'Name'])
    expect(await guest.getByRole('region', { name }).count()).toBe(0);

  await page.reload();
  await page.getByLabel('Role of eva').selectOption('admin');
  await toast(page, /eva is an admin now/);
  await guest.reload();
  await guest.getByRole('region', { name: 'Invitations' }).waitFor();
  await guest.getByRole('textbox', { name: 'Name' }).fill('Tools team');
  await guest.getByRole('button', { name: 'Rename' }).click();
  await guest.getByRole('heading', { level: 1, name: 'Tools team' }).waitFor();

  await page.getByRole('button', { name: 'Remove eva' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await toast(page, /eva is removed/);
  await guest.reload();
  await guest.getByText('There is no such workspace here.').waitFor();
  await guest.context().close();
  await page.context().close();
});

test('the workspace that counts is chosen in the list, and the pages have no axe violation at any width', async () => {
  const page = await tabs.open('/settings/workspaces', ada);
  const own = page.getByRole('listitem').filter({ hasText: 'your own' });
  await own.getByRole('button', { name: 'Work here: ada' }).click();
  await toast(page, /You work in “ada” now/);
  await own.getByText('you work here').waitFor();
  await page.goto(`${lab.url}/settings`);
  await page.getByRole('region', { name: 'Account' }).getByRole('link', { name: 'ada' }).waitFor();
  await page.goto(`${lab.url}/settings/workspaces`);
  for (const path of ['list', 'one']) {
    if (path === 'one') await page.getByRole('link', { name: 'Tools team' }).click();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.locator('.lines li').first().waitFor();
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ['light', 'dark'] as const)
        expect(await axeFaultsIn(page, colorScheme), `${path} ${width}`).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
  }
  await page.goto(`${lab.url}/settings/workspaces/there-is-none`);
  await page.getByText('There is no such workspace here.').waitFor();
  await page.context().close();

  const phone = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    storageState: ada ?? '',
  });
  const touched = await phone.newPage();
  await touched.goto(`${lab.url}/settings/workspaces`);
  await touched.getByRole('link', { name: 'Tools team' }).click();
  await touched.getByRole('button', { name: 'Rename' }).waitFor();
  expect(await smallTargets(touched)).toEqual([]);
  await phone.close();
});

test('Esc in the question whether to remove gives the focus back', async () => {
  const page = await tabs.open('/settings/workspaces', ada);
  await page.getByRole('button', { name: 'New workspace' }).press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('New workspace');
  await page.context().close();
});

test('an owner pauses a workspace, resumes it and deletes it, each after a question', async () => {
  const page = await tabs.open('/settings/workspaces', ada);
  await page.getByRole('link', { name: 'Tools team' }).click();
  const title = page.getByRole('heading', { level: 1, name: 'Tools team' });
  await title.waitFor();
  await page.getByRole('button', { name: 'Pause workspace' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('destroyed for good').waitFor();
  expect(await axeFaultsIn(page, 'dark')).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('Pause workspace');
  await page.getByRole('button', { name: 'Pause workspace' }).click();
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 2, name: 'Paused' }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('heading', { level: 2, name: 'Pause', exact: true }).waitFor();

  await page.getByRole('button', { name: 'Delete workspace' }).click();
  await dialog.getByLabel('To confirm, type platform-team').fill('platform');
  await page.keyboard.press('Enter');
  await dialog.getByText('Type platform-team.', { exact: true }).waitFor();
  expect(await axeFaultsIn(page, 'light')).toEqual([]);
  await dialog.getByLabel('To confirm, type platform-team').fill('platform-team');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await page.waitForURL(`${lab.url}/settings/workspaces`);
  await toast(page, /“Tools team” is deleted/);
  await title.waitFor({ state: 'detached' });
  await page.getByRole('listitem').filter({ hasText: 'your own' }).waitFor();
  await page.getByRole('link', { name: 'Tools team' }).waitFor({ state: 'detached' });
  await page.context().close();
});
