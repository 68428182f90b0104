import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, draftsIn, ended, GOAL, newKey, openCompose, plan, readyIn } from './page.ts';

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

const RUN_REQUESTS = ['GET /v1/config', 'POST /v1/intent/byo'];
const RECEIPT_REQUEST = /^GET \/v1\/intent\/byo\/[\w-]+\/receipt$/;
const SLOW = { firstMs: 0, eventMs: 40, charsPerEvent: 8 };

test('Esc closes the call to the provider, keeps the drafts through a reload, and a redo finishes the rest', async () => {
  lab.sandbox.script([{ phase: 'draft', nth: 2, pace: SLOW }]);
  const opened = await openCompose(browser, lab.url);
  const { page, problems, requests } = opened;
  await askLab(opened, newKey());
  await plan(opened).click();
  const written = readyIn(page);
  await written.first().waitFor();
  const name = await written.first().getByRole('button').first().innerText();
  await page.keyboard.press('Escape');

  await page.getByRole('heading', { name: /^Cancelled after/ }).waitFor();
  await expect.poll(() => lab.sandbox.counters.openSockets).toBe(0);
  expect(lab.sandbox.counters.aborted).toBeGreaterThan(0);
  await page.getByText('Cancel to closed upstream').waitFor();
  expect(requests.at(-1)).toMatch(RECEIPT_REQUEST);

  await page.reload();
  await page.getByRole('heading', { name: 'This run ended when the page was left' }).waitFor();
  await page.getByRole('button', { name, exact: true }).waitFor();
  expect(await page.getByLabel('Goal').inputValue()).toBe(GOAL);

  lab.sandbox.script([]);
  lab.sandbox.clear();
  await page.getByRole('button', { name: /^Redo what is missing/ }).click();
  // A key is optional at this provider, and this tab has none any more: the redo goes without.
  await ended(opened, 'done');
  expect(lab.sandbox.journal.some(({ body }) => body.includes('"classification"'))).toBe(false);
  expect(await draftsIn(page).count()).toBe(await written.count());
  expect(problems).toEqual([]);
});

test('a provider that breaks off in the middle costs one draft, and the redo gets it', async () => {
  // a draft that breaks off is asked for again by itself: the second time it breaks off too
  const stop = { how: 'reset', after: 5 } as const;
  lab.sandbox.script([
    { phase: 'draft', prompt: 'Your last answer could not be used.', times: 1, stop },
    { phase: 'draft', nth: 1, times: 1, stop },
  ]);
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, undefined);
  await plan(opened).click();
  await ended(opened, 'done');
  await page.getByRole('heading', { name: '1 draft to finish' }).waitFor();
  await page.getByRole('region', { name: '1 draft to finish' }).getByText('Lab’s answer broke off').waitFor();
  await page.getByRole('button', { name: 'Redo what is missing (1)' }).click();
  await expect.poll(() => readyIn(page).count()).toBe(await draftsIn(page).count());
  await page.getByRole('heading', { name: '1 draft to finish' }).waitFor({ state: 'detached' });
});

test('a rejected key is told with the next step, and the goal stays', async () => {
  lab.sandbox.script([{ fault: 'anthropic-401' }]);
  const opened = await openCompose(browser, lab.url);
  await askLab(opened, newKey());
  await plan(opened).click();
  await opened.page.getByRole('heading', { name: 'Key rejected' }).waitFor();
  await opened.page.getByText(/^failed after/).waitFor();
  expect(opened.requests).toEqual([...RUN_REQUESTS, expect.stringMatching(RECEIPT_REQUEST)]);
  await opened.page.getByRole('button', { name: 'Paste a key' }).click();
  expect(await opened.field.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await opened.page.getByLabel('Goal').inputValue()).toBe(GOAL);
});

test('a spending cap stops the run and keeps what is done', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, undefined);
  await page.getByLabel('Stop at').fill('6,000');
  await page.getByLabel('Unit of the cap').selectOption('tokens');
  await plan(opened).click();
  await page.getByRole('heading', { name: 'Stopped at your cap' }).waitFor();
  await page.getByRole('button', { name: 'Change the cap' }).waitFor();
  await page.getByRole('heading', { name: 'Plan', exact: true }).waitFor();
});

test('a server that dies in the middle loses nothing that was written', async () => {
  const own = await openLab();
  try {
    own.sandbox.script([{ phase: 'draft', nth: 2, pace: SLOW }]);
    const opened = await openCompose(browser, own.url);
    await askLab(opened, newKey());
    await plan(opened).click();
    await readyIn(opened.page).first().waitFor();
    await own.crash();
    await opened.page.getByRole('heading', { name: 'The connection ended before the run did' }).waitFor();
    await opened.page.getByRole('button', { name: /^Redo what is missing/ }).waitFor();
    expect(await readyIn(opened.page).count()).toBeGreaterThan(0);
  } finally {
    await own.close();
  }
});

test('leaving asks while a result is saved nowhere, and not before there is one', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    // "Stay", the first time
    await (asked.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  await askLab(opened, newKey());
  await page.reload();
  await page.getByLabel('Provider', { exact: true }).waitFor();
  expect(asked).toEqual([]);
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'done');
  await page.goto('about:blank').catch(() => undefined);
  await expect.poll(() => asked).toEqual(['beforeunload']);
  expect(await draftsIn(page).count()).toBeGreaterThan(0);
});
