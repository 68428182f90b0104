import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY_HEADER } from '../../../shared/contract/run-limits.ts';
import { openTabs, type SignedIn, type Tabs } from '../account-pages.ts';
import { launch } from '../browser.ts';
import { axeFaultsIn } from '../checks/axe.ts';
import { residue } from '../checks/residue.ts';
import { type Lab, openLab } from '../lab.ts';
import { newKey, smallTargets } from '../page.ts';
import { account } from './account.ts';

const REJECTION = '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}';

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

const field = (page: Page) => page.locator('#stored-key');
const status = (page: Page) => page.locator('#stored-key-status');
const panel = (page: Page) => page.getByRole('region', { name: 'Add a key' });
const line = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const toast = (page: Page, text: RegExp) => page.locator('.toast', { hasText: text }).waitFor();

/** Types as a paste does, so that the test leaves no copy in the page's heap. */
async function paste(page: Page, text: string): Promise<void> {
  await field(page).focus();
  await page.keyboard.insertText(text);
}

async function choose(page: Page, more: string): Promise<void> {
  await page.getByRole('button', { name: /^More for/ }).press('Enter');
  await page.getByRole('menuitem', { name: more }).press('Enter');
  await page.getByRole('dialog').waitFor();
}

test('a key is sealed, checked and stored, and is in the page no more; then it is tested, rotated and revoked', async () => {
  const page = await tabs.open('/settings', ada);
  await page.getByRole('link', { name: 'Stored keys' }).click();
  await page.getByText('No keys are stored.').waitFor();
  expect(await axeFaultsIn(page, 'light')).toEqual([]);

  // what is wrong is said at its field, and costs neither key nor name
  await page.getByLabel('Provider').selectOption('anthropic');
  await page
    .getByText(/for nothing where Anthropic has such a call, else for one token \(less than \$0\./)
    .waitFor();
  await page.getByRole('button', { name: 'Store this key' }).click();
  await page.getByText('Give it a name').waitFor();
  expect(await page.getByLabel('Name').evaluate((input) => document.activeElement === input)).toBe(true);
  await page.getByLabel('Name').fill('Team key');
  const others = `sk-proj-${randomBytes(60).toString('base64url')}`;
  await paste(page, others);
  expect(await panel(page).getAttribute('data-key')).toBe('held');
  await status(page).filter({ hasText: 'OpenAI' }).waitFor();
  await page.getByRole('button', { name: 'Store this key' }).click();
  await expect.poll(() => field(page).evaluate((input) => document.activeElement === input)).toBe(true);
  expect(await field(page).getAttribute('aria-invalid')).toBe('true');
  expect(await field(page).inputValue()).toBe(others);

  // refused by its provider
  await field(page).fill('');
  await page.getByLabel('Provider').selectOption('lab');
  await page.getByLabel('Checked with').selectOption('Another model id…');
  await page.keyboard.type('sandbox-1');
  lab.sandbox.script([{ reply: { status: 401, body: REJECTION } }]);
  await paste(page, newKey());
  await page.getByRole('button', { name: 'Store this key' }).click();
  await panel(page).getByText('Nothing was stored.').waitFor();
  expect(await field(page).inputValue()).toBe('');
  lab.sandbox.script([]);

  const key = newKey();
  await paste(page, ` ${key} `);
  const sending = page.waitForRequest('**/v1/keys');
  await page.keyboard.press('Enter');
  const sent = await sending;
  expect(sent.headers()[KEY_HEADER]).toMatch(/^sealed\./);
  expect(await sent.postData()).not.toContain(key.slice(0, 8));
  await status(page).filter({ hasText: 'This page no longer has it.' }).waitFor();
  expect(await status(page).innerText()).toContain('Removed surrounding blanks.');
  expect(await panel(page).getAttribute('data-key')).toBe('gone');
  await line(page, 'Team key')
    .getByText(`…${key.slice(-4)} · Active`)
    .waitFor();
  await line(page, 'Team key').getByText('default').waitFor();
  expect(await residue(page, key)).toEqual([]);

  await page.getByRole('button', { name: 'Test Team key' }).click();
  await line(page, 'Team key').getByText('Asked:').waitFor();

  // how old keys may grow: what is wrong is said at its field, and what is set shows at the key
  const rules = page.getByRole('region', { name: 'Rules for keys' });
  await rules.getByText('Keys may grow as old as they like.').waitFor();
  await rules.getByLabel('Days until').fill('ninety');
  await rules.getByRole('button', { name: 'Save rules' }).press('Enter');
  await rules.getByText('A whole number of days from 1 to 3650, or nothing.').waitFor();
  await rules.getByLabel('Days until').fill('7');
  await rules.getByLabel('Hours that').fill('48');
  await page.keyboard.press('Enter');
  await toast(page, /No run begins on a key that is older than 7 days/);
  await line(page, 'Team key').getByText('rotate within 7 days').waitFor();
  await rules.getByLabel('Days until').fill('');
  await page.keyboard.press('Enter');
  await rules.getByText('Keys may grow as old as they like.').waitFor();

  // a hosted run on it: its vendor bills it, and the run's record says which key and why
  const named = `“Team key” …${key.slice(-4)}`;
  await page.goto(`${lab.url}/compose`);
  await page.getByLabel('Goal').fill('Turn merged pull requests into weekly release notes');
  await page.getByText(`on ${named}, the default of your workspace: 0 credits`).waitFor();
  expect(await axeFaultsIn(page, 'light')).toEqual([]);
  await page.getByRole('button', { name: 'Run on your stored key' }).click();
  await page.waitForURL('**/runs/*');
  const record = page.getByRole('region', { name: 'Record' });
  await record.getByText(`${named}, default of the workspace`).waitFor();
  await record.getByText('done', { exact: true }).first().waitFor();
  expect(lab.sandbox.journal.length).toBeGreaterThan(0);
  await page.goto(`${lab.url}/settings/keys`);
  await line(page, 'Team key').getByText('default').waitFor();

  // rotation: the old one stays for a day, or ends
  await page.getByLabel('Provider').selectOption('lab');
  await page.getByLabel('Checked with').selectOption('Another model id…');
  await page.keyboard.type('sandbox-1');
  await page.getByLabel('Name').fill('Next key');
  const next = newKey();
  await paste(page, next);
  await page.keyboard.press('Enter');
  await line(page, 'Next key').waitFor();
  await page.getByRole('button', { name: 'More for Next key' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Make default' }).press('Enter');
  await page.getByRole('dialog').getByText('stays for 48 hours').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Make default' }).click();
  await toast(page, /“Next key” is the default now/);
  await line(page, 'Team key').getByText('Active (previous) until').waitFor();
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ['light', 'dark'] as const)
      expect(await axeFaultsIn(page, colorScheme), `${width}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }

  await page.getByRole('button', { name: 'More for Team key' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Revoke now' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke now' }).click();
  await toast(page, /“Team key” is revoked/);
  await page.getByText('Gone in the last 30 days: 1').click();
  await line(page, 'Team key').getByText('Revoked').waitFor();
  await choose(page, 'Remove');
  await page.keyboard.press('Escape');
  await line(page, 'Next key').getByText('default').waitFor();
  await choose(page, 'Remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No keys are stored.').waitFor();
  await page.context().close();
});

test('who is no admin sees keys and cannot change them; targets are large enough for a finger', async () => {
  const owner = await browser.newContext({ storageState: ada ?? '' });
  const post = async (context: typeof owner, path: string, data: object) =>
    (
      await context.request.post(`${lab.url}/v1/auth/organization/${path}`, {
        data,
        headers: { origin: lab.url },
      })
    ).json();
  const { id: organizationId } = await post(owner, 'create', { name: 'Platform', slug: 'platform' });
  const eva = await account(browser, lab.url, 'eva');
  const wish = { organizationId, email: 'eva@example.com', role: 'member' };
  const { id: invitationId } = await post(owner, 'invite-member', wish);
  const guest = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    storageState: eva,
  });
  await post(guest, 'accept-invitation', { invitationId });
  const page = await guest.newPage();
  await page.goto(`${lab.url}/settings/keys`);
  await page.getByText('Only admins and owners of this workspace').waitFor();
  expect(await panel(page).count()).toBe(0);
  await page.getByRole('heading', { name: 'What is kept, and what that means' }).waitFor();
  await guest.close();

  const phone = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    storageState: await owner.storageState(),
  });
  const small = await phone.newPage();
  await small.goto(`${lab.url}/settings/keys`);
  await panel(small).waitFor();
  expect(await smallTargets(small)).toEqual([]);
  await phone.close();
  await owner.close();
});
