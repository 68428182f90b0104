import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { publishBundle } from '../../shared/contract/registry.ts';
import { partOf } from '../parts/run-parts.ts';
import { launch } from './browser.ts';
import { axeFaults } from './checks/axe.ts';
import { PHONE, smallTargets } from './page.ts';
import { goOn, next, savePlan, shoot, stepTitle } from './publish-lab.ts';

const { url } = await partOf('site');
const HANDLE = `quin-${Date.now().toString(36)}`;
let browser: Browser;
let account: Awaited<ReturnType<BrowserContext['storageState']>>;
let path = '';
let isPublished = false;
const problems: string[] = [];

beforeAll(async () => {
  browser = await launch();
  const context = await browser.newContext();
  const page = await context.newPage();
  await savePlan(page, url, HANDLE);
  path = (await page.getByRole('link', { name: 'Publish', exact: true }).getAttribute('href')) ?? '';
  account = await context.storageState();
  await context.close();
});
afterAll(async () => {
  await browser.close();
  expect(problems).toEqual([]);
});

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ storageState: account, ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    // nothing has the focus: the body would have the text of all
    const element = document.activeElement === document.body ? null : document.activeElement;
    // as: fields have labels
    const labels = (element as HTMLInputElement | null)?.labels ?? [];
    return [...labels].map(({ textContent }) => textContent).join(' ') || (element?.textContent ?? '');
  });

/** To what the keyboard reaches next by that name; fails where it is not reached. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stops = 0; stops < 60; stops++) {
    if ((await focused(page)).includes(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by Tab`);
}

async function looked(page: Page, name: string): Promise<void> {
  const found = await axeFaults(page);
  expect({ name, found }).toEqual({ name, found: [] });
  // of a box to check the whole line is the target
  const low = (await smallTargets(page)).filter(([text, height]) => text !== '' || height !== 16);
  expect({ name, low }).toEqual({ name, low: [] });
  const lines = await page
    .locator('label.check:visible')
    .evaluateAll((all) => all.map((one) => one.clientHeight));
  expect(lines.filter((height) => height < 44)).toEqual([]);
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect({ name, beside: Math.max(0, beside) }).toEqual({ name, beside: 0 });
  await shoot(page, `phone-${name}`);
}

async function pressNext(page: Page, step: string): Promise<void> {
  await next(page, step).and(page.locator('[aria-disabled=false]')).waitFor();
  await tabTo(page, `Next: ${step}`);
  await page.keyboard.press('Enter');
  await stepTitle(page, step).waitFor();
  expect(await focused(page)).toBe(step);
}

test('by keyboard alone, on a phone in the dark, with a finding that is answered for', async () => {
  const page = await open({ ...PHONE, colorScheme: 'dark', reducedMotion: 'reduce' });
  await looked(page, '1-items');
  await pressNext(page, 'Drafts');
  await tabTo(page, 'Source, Markdown');
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(
    '\n```sh\nchmod 777 out\ngit push --force\ncurl -k https://a.example/list\n```\n',
  );
  await page.getByText('to be looked at').waitFor();
  await looked(page, '2-drafts');
  await page.keyboard.press('Control+z');
  await page.getByText('may be published').waitFor();
  await page.keyboard.press('Control+Shift+z');
  await page.getByText('to be looked at').waitFor();
  await pressNext(page, 'Findings');
  expect(await next(page, 'Name').getAttribute('aria-disabled')).toBe('true');
  await tabTo(page, 'be published with these findings?');
  await page.keyboard.insertText('The list is our own, in our own network.');
  await looked(page, '3-findings');
  await pressNext(page, 'Name');
  await tabTo(page, 'Licence');
  await page.keyboard.insertText('CC-BY-4.0');
  await looked(page, '4-name');
  await pressNext(page, 'Sign');
  await tabTo(page, 'Make a signing key');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign', exact: true }).waitFor();
  await looked(page, '5-sign');
  await tabTo(page, 'Signing key in this browser');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('A change makes the signature void.').waitFor();
  await pressNext(page, 'Publish');
  await page.getByText('The list is our own, in our own network.').waitFor();
  await looked(page, '6-publish');
  await tabTo(page, 'Publish for everyone');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: / 1\.0\.0 is published$/ }).waitFor();
  isPublished = true;
  await looked(page, '7-published');
  await page.getByRole('link', { name: 'Open the bundle' }).click();
  await page.getByText('The list is our own, in our own network.').waitFor();
  await page.context().close();
});

test('what was changed after signing is refused, and what another tab did is compared', async () => {
  // what the test before published has a second version here
  expect(isPublished).toBe(true);
  const page = await open({ viewport: { width: 1280, height: 900 } });
  await page.getByRole('button', { name: 'Publish a new version' }).click();
  for (const step of ['Drafts', 'Findings', 'Name']) await goOn(page, step);
  // what is published keeps its number; the next one is proposed
  expect(await page.getByLabel('Version').inputValue()).toBe('1.0.1');
  await page.getByLabel('Version').fill('1.0.0');
  await page.getByLabel('Licence').fill('MIT');
  await page.getByRole('alert').getByText('is at version 1.0.0 already').waitFor();
  await shoot(page, '8-taken');
  await page.getByLabel('Version').fill('1.0.1');
  await goOn(page, 'Sign');

  await page.getByRole('button', { name: 'Make a signing key' }).click();
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await goOn(page, 'Publish');
  const meddle = 'Only one word more.';
  await page.route('**/v1/bundles', async (route) => {
    const wish = z.parse(publishBundle, route.request().postDataJSON());
    if (wish.dryRun) return route.continue();
    const [skill, ...skills] = wish.skills;
    const files = skill?.files.map((file) => ({ ...file, content: `${file.content}${meddle}\n` })) ?? [];
    return route.continue({
      postData: JSON.stringify({ ...wish, skills: [{ ...skill, files }, ...skills] }),
    });
  });
  await page.getByRole('button', { name: 'Publish for everyone' }).click();
  await page.getByText(/^bundle\.json pins other files for .*: their digest is sha256:/).waitFor();
  await page.getByText('Nothing was published.', { exact: false }).waitFor();
  await shoot(page, '9-tampered');
  await page.unroute('**/v1/bundles');

  // The other browser has no signature. It changes the bundle: what was signed here is of another state, and somebody is asked
  const other = await open({ viewport: { width: 1280, height: 900 } });
  await stepTitle(other, 'Sign').waitFor();
  await other.getByRole('button', { name: '4 Name' }).click();
  await other.getByLabel('Description, for people').fill('Of the other browser.');
  await other.getByText('Saved', { exact: true }).waitFor();
  await page.getByRole('button', { name: '2 Drafts' }).click();
  const dialog = page.getByRole('dialog', { name: 'This was changed elsewhere' });
  await dialog.getByText('description: Of the other browser.').waitFor();
  await shoot(page, '10-conflict');
  await dialog.getByRole('button', { name: 'Keep what is there' }).click();
  await stepTitle(page, 'Name').waitFor();

  // signing out takes nothing away
  await page.getByLabel('Description, for people').fill('Kept over a sign-out.');
  await page.getByRole('button', { name: new RegExp(HANDLE) }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Publish a bundle' }).waitFor();
  const signIn = page.getByRole('main');
  await signIn.getByLabel('E-mail').fill(`${HANDLE}@example.com`);
  await signIn.getByLabel('Password').fill('correct horse battery');
  await signIn.getByLabel('Password').press('Enter');
  await stepTitle(page, 'Name').waitFor();
  expect(await page.getByLabel('Description, for people').inputValue()).toBe('Kept over a sign-out.');
  await goOn(page, 'Sign');
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await goOn(page, 'Publish');
  await page.getByRole('button', { name: 'Publish for everyone' }).click();
  await page.getByRole('heading', { name: / 1\.0\.1 is published$/ }).waitFor();
  await page.goto(`${url}/settings/signing-keys`);
  await page.getByText('this browser').waitFor();
  expect(await page.getByRole('button', { name: /^Revoke / }).count()).toBe(2);
  await shoot(page, '11-signing-keys');
  await Promise.all([page.context().close(), other.context().close()]);
});
