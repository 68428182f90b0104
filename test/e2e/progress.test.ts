import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, ended, newKey, openCompose, PHONE, plan, runIn } from './page.ts';

const SLOW = { firstMs: 0, eventMs: 40, charsPerEvent: 8 };

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
});
afterEach(async () => {
  lab.sandbox.script([]);
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

/** How far the bar of drafting is, in percent. */
const drafting = (page: Page): Promise<number> =>
  runIn(page)
    .locator('ol li')
    .nth(2)
    .evaluate((segment) => Number.parseFloat((segment as HTMLElement).style.getPropertyValue('--done')));

test('items of the plan appear while it is written, and the bar moves before a draft is done', async () => {
  lab.sandbox.script([
    { phase: 'plan', pace: SLOW },
    { phase: 'draft', pace: SLOW },
  ]);
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, newKey());
  await page.getByLabel('Let me look at the plan before it is drafted').uncheck();
  await plan(opened).click();
  const written = page.getByRole('region', { name: 'Plan, being written' });
  await written.getByText('new', { exact: true }).first().waitFor();
  expect(await page.getByRole('region', { name: 'Drafts' }).count()).toBe(0);

  await runIn(page)
    .getByText(/^Writing [1-9] · 0 done$/)
    .waitFor();
  const moved: number[] = [];
  await expect
    .poll(async () => {
      const words = await runIn(page).locator('ol li').nth(2).textContent();
      if (words?.endsWith('0 done')) moved.push(await drafting(page));
      return moved.some((percent) => percent > 0);
    })
    .toBe(true);
  expect(Math.max(...moved)).toBeLessThan(100);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await ended(opened, 'cancelled');
});

test('the run’s frame is there at the click, also while its part of the page is still on the way', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/run-view-[^/]*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await askLab(opened, undefined, 'Label the envelopes of our seed library');
  await plan(opened).click();
  const answer = page.locator('#answer');
  await answer.getByRole('heading', { name: 'Label the envelopes of our seed library' }).waitFor();
  expect(await runIn(page).count()).toBe(0);
  release();
  await ended(opened, 'done');
});

test('on a phone progress is drawn once, at the foot while the run lasts and in its head at the end', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url, PHONE);
  const { page } = opened;
  await askLab(opened, newKey());
  await page.getByLabel('Let me look at the plan before it is drafted').uncheck();
  await plan(opened).click();
  const foot = page.getByRole('region', { name: 'Progress' });
  await foot
    .locator('b')
    .getByText(/^Writing [1-9] · \d done$/)
    .waitFor();
  const bars = () =>
    page
      .locator('#answer ol[class*=phases]')
      .evaluateAll((all) => all.filter((bar) => bar.checkVisibility({ visibilityProperty: true })).length);
  expect(await bars()).toBe(1);
  await runIn(page).getByText('lab-1 at 127.0.0.1').waitFor();
  await foot.getByRole('button', { name: 'Cancel' }).click();
  await ended(opened, 'cancelled');
  expect(await foot.count()).toBe(0);
  expect(await bars()).toBe(1);
});
