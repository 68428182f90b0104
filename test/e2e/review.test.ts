import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { axeFaults } from './checks/axe.ts';
import { type Lab, openLab } from './lab.ts';
import {
  askLab,
  draftsIn,
  ended,
  newKey,
  type OpenedPage,
  openCompose,
  PHONE,
  plan,
  smallTargets,
} from './page.ts';

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
});
afterEach(async () => {
  lab.sandbox.clear();
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

const LOOK = 'Let me look at the plan before it is drafted';
const phases = (): string[] => lab.sandbox.journal.map(({ phase }) => phase);
const left = (page: Page) => page.getByTestId('review-left');

async function openReview(options = {}): Promise<OpenedPage> {
  const opened = await openCompose(browser, lab.url, options);
  await opened.page.getByLabel(LOOK).check();
  await askLab(opened, newKey());
  await plan(opened).click();
  await left(opened.page).waitFor();
  return opened;
}
/** How many runs the server has under way: a run that is gone has given its key back. */
async function streams(): Promise<number> {
  const text = await (await fetch(`${lab.url}/metrics`)).text();
  return Number(/^oneturn_active_streams(?:\{[^}]*\})? (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}

test('the plan is edited by keyboard, waits while it is touched, and is drafted as it was changed', async () => {
  const opened = await openReview();
  const { page, problems, requests } = opened;
  expect(await left(page).innerText()).toMatch(/in \d+ s$/);
  await page.getByLabel('Name', { exact: true }).first().focus();
  await expect.poll(() => left(page).innerText()).toMatch(/in [23]:\d\d$/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('my own name');
  // in a field it is not meant for the run
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Draft now' }).focus();
  await page.keyboard.press('Enter');
  await ended(opened, 'done');
  expect(await draftsIn(page).first().getByRole('heading').first().innerText()).toBe('my-own-name');
  expect(requests.map((request) => request.replace(/byo\/[\w-]{22,}/, 'byo/<run>'))).toEqual([
    'GET /v1/config',
    'POST /v1/intent/byo',
    'POST /v1/intent/byo/<run>/plan',
    'POST /v1/intent/byo/<run>/plan',
  ]);
  expect(problems).toEqual([]);
});

test('a plan that nobody touches is drafted after twenty seconds', async () => {
  const opened = await openReview();
  expect(phases()).toEqual(['classification', 'plan']);
  await ended(opened, 'done');
  expect(phases()).toContain('draft');
  expect(opened.requests.filter((request) => request.endsWith('/plan'))).toEqual([]);
});

test('a tab that is closed while its plan waits ends the run, and nothing more is asked', async () => {
  const { page } = await openReview();
  expect(await streams()).toBe(1);
  await page.close({ runBeforeUnload: false });
  await expect.poll(streams).toBe(0);
  expect(phases()).toEqual(['classification', 'plan']);
});

test('fits a phone, with targets for fingers, and has no fault that axe knows', async () => {
  const { page } = await openReview(PHONE);
  await page.getByLabel('Name', { exact: true }).first().tap();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  expect(await smallTargets(page)).toEqual([]);
  expect(await axeFaults(page)).toEqual([]);
});
