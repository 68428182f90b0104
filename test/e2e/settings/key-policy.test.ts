import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTabs, type SignedIn, type Tabs } from '../account-pages.ts';
import { launch } from '../browser.ts';
import { axeFaultsIn } from '../checks/axe.ts';
import { type Lab, openLab } from '../lab.ts';
import { smallTargets } from '../page.ts';
import { account } from './account.ts';
import { pasteAndStore } from './stored-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'oneturn-root-'));
const rootFile = join(folder, 'vault-root');
writeFileSync(rootFile, randomBytes(32).toString('base64url'), { mode: 0o600 });

let lab: Lab;
let browser: Browser;
let tabs: Tabs;
let [ada, eva]: SignedIn[] = [];

beforeAll(async () => {
  [lab, browser] = await Promise.all([
    openLab({ VAULT: 'on', VAULT_ROOTS: `r1=file:${rootFile}` }),
    launch(),
  ]);
  tabs = openTabs(browser, lab.url);
  ada = await account(browser, lab.url, 'ada');
  eva = await account(browser, lab.url, 'eva');
});
afterAll(async () => {
  await browser.close();
  await lab.close();
  rmSync(folder, { recursive: true });
  expect(tabs.problems).toEqual([]);
});

const section = (page: Page) => page.getByRole('region', { name: 'No keys at rest' });
const panel = (page: Page) => page.getByRole('region', { name: 'Add a key' });
const button = (page: Page, name: string) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name });

async function looksRight(page: Page, what: string): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ['light', 'dark'] as const)
      expect(await axeFaultsIn(page, colorScheme), `${what} ${width}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
  await page.setViewportSize({ width: 1280, height: 844 });
}

test('an owner forbids stored keys by keyboard, members are told when it is to end, and it is kept', async () => {
  const owner = await browser.newContext({ storageState: ada ?? '' });
  const post = async (context: typeof owner, path: string, data: object) =>
    (
      await context.request.post(`${lab.url}/v1/auth/organization/${path}`, {
        data,
        headers: { origin: lab.url },
      })
    ).json();
  const { id: organizationId } = await post(owner, 'create', { name: 'Platform', slug: 'platform' });
  const wish = { organizationId, email: 'eva@example.com', role: 'member' };
  const { id: invitationId } = await post(owner, 'invite-member', wish);
  const guest = await browser.newContext({ storageState: eva ?? '' });
  await post(guest, 'accept-invitation', { invitationId });
  for (const one of [owner, guest]) await post(one, 'set-active', { organizationId });
  const page = await owner.newPage();
  const members = await guest.newPage();

  await page.goto(`${lab.url}/settings/keys`);
  await pasteAndStore(page, 'Team key');
  const one = `${lab.url}/settings/workspaces/${organizationId}`;
  await page.goto(one);
  await section(page).getByText('Keys may be stored in this workspace').waitFor();
  await button(page, 'Forbid stored keys').press('Enter');
  await page.getByRole('dialog').getByText('1 stored key is destroyed at once').waitFor();
  await looksRight(page, 'question');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Forbid stored keys');
  await page.keyboard.press('Enter');
  await inDialog(page, 'Destroy and forbid').press('Enter');
  await section(page).getByText('ada forbade stored keys in this workspace').waitFor();
  await page.locator('.toast', { hasText: '1 key destroyed' }).waitFor();
  const command = await section(page).getByText('npm run verify --').innerText();
  const address = command.replace('npm run verify -- ', '');
  const answer = await page.request.get(address);
  expect(await answer.json()).toMatchObject({ payloadType: 'application/vnd.oneturn.key-policy+json' });

  // no field for a key any more
  await page.goto(`${lab.url}/settings/keys`);
  await section(page).getByText('in force').waitFor();
  expect(await panel(page).count()).toBe(0);
  await page.getByText('Gone in the last 30 days: 1').click();
  await page.getByText('Destroyed by the policy no-keys-at-rest').waitFor();
  await looksRight(page, 'keys');

  // a member sees it and cannot change it
  await members.goto(one);
  await section(members).getByText('Only owners change this.').waitFor();
  await section(members).getByText('ada forbade').waitFor();
  expect(await section(members).getByRole('button').count()).toBe(0);

  await page.goto(one);
  await button(page, 'Lift the policy').press('Enter');
  await inDialog(page, 'Lift in 24 hours').press('Enter');
  await button(page, 'Keep the policy').waitFor();
  await section(page).getByText('ada asked for the end of the policy').waitFor();
  await looksRight(page, 'ends');
  for (const path of [one, `${lab.url}/settings/keys`]) {
    await members.goto(path);
    await section(members).getByText('ada asked for the end of the policy').waitFor();
  }
  await button(page, 'Keep the policy').press('Enter');
  await button(page, 'Lift the policy').waitFor();
  expect(await section(page).getByText('asked for the end').count()).toBe(0);
  await members.reload();
  await section(members).getByText('in force').waitFor();
  expect(await section(members).getByText('asked for the end').count()).toBe(0);
  await guest.close();

  const phone = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    storageState: await owner.storageState(),
  });
  const small = await phone.newPage();
  await small.goto(one);
  await button(small, 'Lift the policy').waitFor();
  expect(await smallTargets(small)).toEqual([]);
  await phone.close();
  await owner.close();
});
