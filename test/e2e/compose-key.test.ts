import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { KEY_HEADER } from '../../shared/contract/run-limits.ts';
import { launch } from './browser.ts';
import { liveTexts, residue, textsWith } from './checks/residue.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, ended, enterKey, newKey, type OpenedPage, openCompose, plan, streamsIn } from './page.ts';

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

const slowDraft = { phase: 'draft', pace: { firstMs: 0, eventMs: 50, charsPerEvent: 8 } } as const;

async function running(): Promise<OpenedPage & { key: string }> {
  lab.sandbox.script([slowDraft]);
  const opened = await openCompose(browser, lab.url);
  const key = newKey();
  await askLab(opened, key);
  await plan(opened).click();
  await streamsIn(opened.page).first().filter({ hasText: /\w/ }).waitFor();
  return { ...opened, key };
}

/** Where a page keeps things that outlive a line of code. */
const kept = ({ page }: OpenedPage) =>
  page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      history.state,
      window.name,
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input,textarea')].map((element) => (element as HTMLInputElement).value),
      performance.getEntries(),
    ]),
  );

test('the search finds a key wherever it is', async () => {
  const opened = await openCompose(browser, lab.url);
  const key = newKey();
  await askLab(opened, key);
  expect(await residue(opened.page, key)).not.toEqual([]);
  const held = [
    'v',
    '"x".repeat(5000) + v',
    'new Map([[v, 1]])',
    'new Headers({ a: v })',
    '(() => { const f = new FormData(); f.set("k", v); return f; })()',
  ];
  // Each way holds a key of its own, so that one look at the heap tells of all.
  const keys = held.map(newKey);
  await opened.field.evaluate((field: HTMLInputElement) => {
    field.value = '';
  });
  for (const [i, hold] of held.entries()) {
    await enterKey(opened, keys[i] ?? '');
    await opened.page.evaluate(
      `{ const field = document.querySelector('#provider-key'), v = field.value; globalThis.held${i} = ${hold}; field.value = ''; }`,
    );
  }
  const holding = await liveTexts(opened.page);
  for (const [i, hold] of held.entries()) expect(textsWith(holding, keys[i] ?? ''), hold).not.toEqual([]);
  await opened.page.evaluate(held.map((_, i) => `delete globalThis.held${i};`).join(' '));
  const freed = await liveTexts(opened.page);
  for (const one of [key, ...keys]) expect(textsWith(freed, one)).toEqual([]);
});

test('the key is gone while the drafts stream, and left the page in one sealed header', async () => {
  const opened = await openCompose(browser, lab.url);
  lab.sandbox.script([slowDraft]);
  const key = newKey();
  await askLab(opened, key);
  const sending = opened.page.waitForRequest('**/v1/intent/byo');
  await plan(opened).click();
  const request = await sending;
  await streamsIn(opened.page).first().filter({ hasText: /\w/ }).waitFor();

  expect(await residue(opened.page, key)).toEqual([]);
  expect(await kept(opened)).not.toContain(key.slice(4, 20));
  const headers = await request.allHeaders();
  const sealed = headers[KEY_HEADER];
  expect(sealed).toMatch(/^sealed\./);
  expect(JSON.stringify([headers, request.postData()])).not.toContain(key.slice(4, 20));
  // The seal opens: the provider got the key itself, in its header.
  expect(lab.sandbox.journal[0]?.headers.find(([name]) => name === 'x-api-key')?.[1]).toBe(key);
});

test('the key is gone after the run', async () => {
  const opened = await openCompose(browser, lab.url);
  const key = newKey();
  await askLab(opened, key);
  await plan(opened).click();
  await ended(opened, 'done');
  expect(await residue(opened.page, key)).toEqual([]);
  expect(await kept(opened)).not.toContain(key.slice(4, 20));
});

test('the key is gone after a cancelled run', async () => {
  const opened = await running();
  await opened.page.keyboard.press('Escape');
  await ended(opened, 'cancelled');
  expect(await residue(opened.page, opened.key)).toEqual([]);
});

test('the key is gone after a rejection', async () => {
  lab.sandbox.script([{ fault: 'anthropic-401' }]);
  const opened = await openCompose(browser, lab.url);
  const key = newKey();
  await askLab(opened, key);
  await plan(opened).click();
  await ended(opened, 'failed');
  expect(await residue(opened.page, key)).toEqual([]);
});

test('a checked key is in its field and nowhere else', async () => {
  const opened = await openCompose(browser, lab.url);
  const key = newKey();
  await askLab(opened, key);
  await opened.page.getByRole('button', { name: 'Check my key' }).click();
  // Whatever the verdict on the model is: the provider was asked, and answered.
  await opened.page.locator('#key-status:is([data-state=works], [data-state=problem])').waitFor();
  expect(lab.sandbox.journal.length).toBeGreaterThan(0);
  expect(await opened.field.inputValue()).toBe(key);
  await opened.field.evaluate((field: HTMLInputElement) => {
    field.value = '';
  });
  expect(await residue(opened.page, key)).toEqual([]);
});

test('the key is gone when another page of the tab is opened before it was sent', async () => {
  const opened = await openCompose(browser, lab.url);
  const key = newKey();
  await askLab(opened, key);
  // By script, so that the field keeps the focus: React remembers the element that last had it.
  await opened.page.getByRole('link', { name: 'About keys' }).evaluate((link: HTMLElement) => link.click());
  await opened.page.getByRole('heading', { name: 'What happens to my key' }).waitFor();
  expect(await residue(opened.page, key)).toEqual([]);
});

test('leaving for the back/forward cache ends the run upstream and empties the field', async () => {
  const opened = await running();
  const before = lab.sandbox.counters.aborted;
  expect(lab.sandbox.counters.openSockets).toBeGreaterThan(0);
  // The headless shell has no back/forward cache: say what a browser that has one says.
  await opened.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await expect.poll(() => lab.sandbox.counters.aborted).toBeGreaterThan(before);
  await ended(opened, 'cancelled');

  const second = newKey();
  await enterKey(opened, second);
  await opened.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  expect(await opened.field.inputValue()).toBe('');
  expect(await residue(opened.page, second)).toEqual([]);
});
