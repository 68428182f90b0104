import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { axeFaultsIn } from './checks/axe.ts';
import { type Lab, openLab } from './lab.ts';
import {
  askLab,
  ended,
  foldsIn,
  GOAL,
  newKey,
  openCompose,
  PHONE,
  plan,
  runIn,
  smallTargets,
  streamsIn,
} from './page.ts';

const SLOW = { firstMs: 0, eventMs: 40, charsPerEvent: 8 };

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
});
afterEach(async () => {
  lab.sandbox.script([]);
  lab.sandbox.clear();
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

const faults = async (page: Page) => [
  ...(await axeFaultsIn(page, 'light')),
  ...(await axeFaultsIn(page, 'dark')),
];

test('axe finds nothing on the empty page, with a held key, and with a problem', async () => {
  const opened = await openCompose(browser, lab.url);
  expect(await faults(opened.page)).toEqual([]);
  await askLab(opened, newKey(), '');
  await plan(opened).click();
  await opened.page.getByText('the goal is empty', { exact: false }).waitFor();
  expect(await faults(opened.page)).toEqual([]);
});

test('axe finds nothing while drafts stream and after Cancel', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url);
  await askLab(opened, newKey());
  await plan(opened).click();
  await streamsIn(opened.page).first().filter({ hasText: /\w/ }).waitFor();
  expect(await faults(opened.page)).toEqual([]);
  await opened.page.keyboard.press('Escape');
  await ended(opened, 'cancelled');
  expect(await faults(opened.page)).toEqual([]);
});

test('axe finds nothing on a finished run with an open draft, in each of its views', async () => {
  const opened = await openCompose(browser, lab.url);
  await askLab(opened, undefined);
  await plan(opened).click();
  await ended(opened, 'done');
  await foldsIn(opened.page).first().click();
  for (const name of ['Rendered', 'Source', /^Findings/]) {
    await opened.page.getByRole('tab', { name }).click();
    expect(await faults(opened.page)).toEqual([]);
  }
});

test('axe finds nothing on a failure, in the question about a secret, and on the page about the key', async () => {
  lab.sandbox.script([{ fault: 'anthropic-401' }]);
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'failed');
  expect(await faults(page)).toEqual([]);
  await page.getByLabel('Goal').fill(`Use sk-ant-api03-${'Kq7wZt2m'.repeat(8)} for it`);
  await opened.field.fill(newKey());
  await plan(opened).click();
  await page.getByRole('dialog').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.goto(`${lab.url}/key`);
  await page.getByRole('heading', { name: 'What happens to my key' }).waitFor();
  expect(await faults(page)).toEqual([]);
});

test('everything can be done with the keyboard alone', async () => {
  const { page, ...opened } = await openCompose(browser, lab.url);
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id || '');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('goal');
  await page.keyboard.type(GOAL);
  await page.keyboard.press('Control+Enter');
  await ended({ page, ...opened }, 'done');

  await foldsIn(page).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Rendered' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Rendered');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe('Source');
  await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
  await page.keyboard.press('End');
  expect(await focused()).toBe('Edit');
});

test('a skill is tried on a phone by keyboard: nothing overflows, and axe finds nothing in what came of it', async () => {
  const opened = await openCompose(browser, lab.url, PHONE);
  const { page } = opened;
  await askLab(opened, undefined);
  await plan(opened).click();
  await ended(opened, 'done');
  await foldsIn(page).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Try' }).click();
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^Try (?!all)/ })
    .focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^Loaded for \d+ of 10 that should load it$/).waitFor();
  await page.getByText(/^Its task shows \d of \d that it must show$/).waitFor();
  await page.getByRole('button', { name: 'Prompts and task' }).click();
  await page.getByText('Each prompt, and what was loaded for it').click();
  expect(await page.getByRole('row').count()).toBe(21);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await smallTargets(page)).toEqual([]);
  expect(await faults(page)).toEqual([]);
});

test('focus moves to the run’s heading when the Cancel that had it goes', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url);
  await askLab(opened, undefined);
  await plan(opened).click();
  await streamsIn(opened.page).first().waitFor();
  const cancel = opened.page.getByRole('button', { name: /^Cancel/ });
  await cancel.focus();
  await opened.page.keyboard.press('Enter');
  await ended(opened, 'cancelled');
  expect(await opened.page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

test('on a phone Cancel stays at the bottom edge while a run lasts, and nothing overflows', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url, PHONE);
  const { page } = opened;
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(await fits()).toBe(true);
  await askLab(opened, newKey());
  await plan(opened).click();
  await streamsIn(page).first().filter({ hasText: /\w/ }).waitFor();
  const cancel = await page
    .getByRole('region', { name: 'Progress' })
    .getByRole('button', { name: 'Cancel' })
    .boundingBox();
  expect(cancel?.height).toBeGreaterThanOrEqual(44);
  expect((cancel?.y ?? 0) + (cancel?.height ?? 0)).toBeGreaterThan(844 - 60);
  expect(await runIn(page).evaluate((head) => head.getBoundingClientRect().top)).toBeLessThan(200);
  expect(await fits()).toBe(true);
  await page.getByRole('region', { name: 'Progress' }).getByRole('button', { name: 'Cancel' }).tap();
  await ended(opened, 'cancelled');
  expect(await fits()).toBe(true);
});

test('at 320 px nothing overflows, from the empty page to an open draft', async () => {
  const opened = await openCompose(browser, lab.url, { viewport: { width: 320, height: 700 } });
  const { page } = opened;
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(await fits()).toBe(true);
  await askLab(opened, undefined);
  await plan(opened).click();
  await ended(opened, 'done');
  await foldsIn(page).first().click();
  await page.getByRole('tab', { name: 'Source' }).click();
  expect(await fits()).toBe(true);
});

test('targets are large enough for a finger', async () => {
  const opened = await openCompose(browser, lab.url, PHONE);
  const { page } = opened;
  // The headless browser says that it has a fine pointer beside the touch screen only where it emulates no phone.
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
  expect(await smallTargets(page)).toEqual([]);
  await askLab(opened, undefined);
  await plan(opened).click();
  await ended(opened, 'done');
  await page.getByText('How the goal was read').waitFor();
  expect(await smallTargets(page)).toEqual([]);
});

test('with reduced motion nothing moves by itself', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url, { reducedMotion: 'reduce' });
  await askLab(opened, newKey());
  await plan(opened).click();
  await streamsIn(opened.page).first().filter({ hasText: /\w/ }).waitFor();
  expect(await opened.page.evaluate(() => document.getAnimations().length)).toBe(0);
});
