import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, draftsIn, ended, foldsIn, GOAL, newKey, openCompose, PHONE, plan, runIn } from './page.ts';

const SLOW = { firstMs: 0, eventMs: 40, charsPerEvent: 8 };
const ANTHROPIC_KEY = `sk-ant-api03-${'Kq7wZt2m'.repeat(8)}`;

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

const choose = (opened: Awaited<ReturnType<typeof openCompose>>, provider: string) =>
  opened.page.getByLabel('Provider', { exact: true }).selectOption(provider);

test('what is wrong with key, cap or site is said at its field, and key and goal stay', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page, field } = opened;
  const untouched = async (key: string) => {
    expect(await runIn(page).count()).toBe(0);
    expect([await field.inputValue(), await page.getByLabel('Goal').inputValue()]).toEqual([key, GOAL]);
  };
  await choose(opened, 'openai');
  await page.getByLabel('Goal').fill(GOAL);
  await field.fill(ANTHROPIC_KEY);
  await plan(opened).click();
  await page.getByText(/^This looks like a key of Anthropic, not of OpenAI/).waitFor();
  await untouched(ANTHROPIC_KEY);
  await page.getByRole('button', { name: 'Switch to Anthropic' }).click();
  await untouched(ANTHROPIC_KEY);

  // A model without a price cannot have a cap in USD.
  await choose(opened, 'lab');
  await field.fill(newKey());
  const key = await field.inputValue();
  await page.getByLabel('Unit of the cap').selectOption('usd');
  await page.getByLabel('Stop at').fill('1');
  await plan(opened).click();
  await page
    .getByRole('alert')
    .getByText(/price of this model is not known/)
    .waitFor();
  await untouched(key);
  await page.getByRole('button', { name: /^Stop at .* tokens instead$/ }).click();

  await choose(opened, 'azure');
  await page.locator('#site').fill('not a site!');
  await plan(opened).click();
  await page.getByText(/^Azure OpenAI needs its/).waitFor();
  await untouched(key);
});

test('"What happens to my key" is read without losing what is in the field', async () => {
  const opened = await openCompose(browser, lab.url);
  const key = newKey();
  await askLab(opened, key);
  await opened.page.getByRole('link', { name: 'What happens to my key' }).click();
  await opened.page.getByRole('dialog').waitFor();
  await opened.page.keyboard.press('Escape');
  expect(await opened.field.inputValue()).toBe(key);
});

test('a rejected key takes no paid result away: the run before is in the list, opens, and is there after a reload', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'done');
  const drafts = await draftsIn(page).count();
  lab.sandbox.script([{ fault: 'anthropic-401' }]);
  await opened.field.fill(newKey());
  await plan(opened).click();
  await ended(opened, 'failed');
  const list = page.getByRole('region', { name: 'Earlier runs in this tab' });
  await list.getByRole('button', { name: /^Open the run/ }).click();
  await ended(opened, 'done');
  expect(await draftsIn(page).count()).toBe(drafts);
  await page.reload();
  await ended(opened, 'done');
  expect(await draftsIn(page).count()).toBe(drafts);

  // the next one is compared with it, by keyboard; then it is deleted, given back and deleted for good
  lab.sandbox.script([]);
  await opened.field.fill(newKey());
  await plan(opened).click();
  const earlier = list
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^Compare with/ }) });
  await earlier.getByRole('button', { name: /^Compare with/ }).press('Enter');
  const compared = page.getByRole('dialog', { name: 'Two runs of this tab' });
  await compared.getByRole('row', { name: 'Model Lab, lab-1 Lab, lab-1' }).waitFor();
  await compared.getByRole('row', { name: `Drafts ${drafts} ${drafts}` }).waitFor();
  await page.keyboard.press('Escape');
  await compared.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Compare');
  const remove = earlier.getByRole('button', { name: /^Delete the run/ });
  await remove.press('Enter');
  await earlier.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await remove.press('Enter');
  await earlier.waitFor({ state: 'detached' });
});

test('Ctrl or Meta with Enter starts nothing while an input method converts, and a run when it has ended', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await page.getByLabel('Goal').fill(GOAL);
  const press = (init: Readonly<Record<string, boolean | number>>) =>
    page
      .getByLabel('Goal')
      .evaluate(
        (field, how) =>
          void field.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...how }),
          ),
        init,
      );
  await press({ ctrlKey: true, isComposing: true });
  await press({ metaKey: true, isComposing: true });
  await press({ ctrlKey: true, keyCode: 229 });
  await page.getByLabel('Stop at').focus();
  expect(await runIn(page).count()).toBe(0);
  await press({ metaKey: true });
  await ended(opened, 'done');
});

test('pasted control characters are left out and counted; an example gives a typed goal back', async () => {
  const { page } = await openCompose(browser, lab.url);
  const goal = page.getByLabel('Goal');
  await goal.focus();
  await page.keyboard.insertText('One\u000bTwo\u0001\u001f\u000cThree');
  expect(await goal.inputValue()).toBe('One\nTwo\nThree');
  await page.getByText(/Left out 2 control characters that came along/).waitFor();
  await page.getByRole('button', { name: 'CSV checks' }).click();
  expect(await goal.inputValue()).not.toContain('Two');
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await goal.inputValue()).toBe('One\nTwo\nThree');
});

test('"Another model id…" goes on in its field', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await choose(opened, 'anthropic');
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'Another model id…' }).click();
  expect(
    await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id,
    ),
  ).toMatch(/model/i);
});

test('Esc in the goal stops no run; the tile that is opened stays in the order of tabs', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, newKey());
  await plan(opened).click();
  await draftsIn(page).first().waitFor();
  await page.getByLabel('Goal').focus();
  await page.keyboard.press('Escape');
  await ended(opened, 'done');
  await foldsIn(page).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Rendered' }).waitFor();
  expect(
    await foldsIn(page)
      .first()
      .evaluate((fold) => document.activeElement === fold && fold.tabIndex),
  ).toBe(0);
});

test('on touch the sign-in dialog has a button that closes it', async () => {
  const { page } = await openCompose(browser, lab.url, PHONE);
  await page.getByRole('button', { name: 'Sign in' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).tap();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('a page that does not exist is 404 and has a title of its own', async () => {
  const { page } = await openCompose(browser, lab.url);
  const response = await page.goto(`${lab.url}/no/such/page`);
  expect(response?.status()).toBe(404);
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  expect(await page.title()).toBe('No such page · Oneturn');
});

test('where the browser gives no WebCrypto the page says what to do, and the sandbox works', async () => {
  const context = await browser.newContext();
  // as a page has it that came by plain http under another name than localhost
  await context.addInitScript(() => {
    Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
    Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined });
  });
  const page = await context.newPage();
  await page.goto(`${lab.url}/compose`);
  const opened = { page, problems: [], requests: [], field: page.locator('#provider-key') };
  await page.getByLabel('Provider', { exact: true }).selectOption('lab');
  await page.getByText(/Open it by https, or on localhost/).waitFor();
  await askLab(opened, newKey());
  await plan(opened).click();
  await page.getByText(/Open it by https, or on localhost/).waitFor();
  expect(await runIn(page).count()).toBe(0);
  await page.getByLabel('Provider', { exact: true }).selectOption('sandbox');
  await plan(opened).click();
  await ended(opened, 'done');
});

test('a sample result is one press away, all ten open, and a goal of theirs fills the form', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await page.getByRole('button', { name: 'See a sample result' }).last().click();
  await page.getByRole('heading', { name: 'Sample results' }).waitFor();
  const goals = page.getByRole('group', { name: 'Goal of the sample' }).getByRole('button');
  expect(await goals.count()).toBe(10);
  const shown = new Set<string>();
  for (const goal of await goals.all()) {
    await goal.click();
    await draftsIn(page).first().waitFor();
    // those of the sample before leave at the press
    shown.add(await draftsIn(page).first().getByRole('heading').first().innerText());
    expect(await page.getByRole('alert').count()).toBe(0);
  }
  expect(shown.size).toBe(10);
  await page.getByRole('button', { name: 'Invoices' }).click();
  await draftsIn(page)
    .filter({ hasText: /invoice/i })
    .first()
    .waitFor();
  expect(await runIn(page).count()).toBe(0);
  await page.getByRole('button', { name: 'Use this goal' }).click();
  await expect.poll(() => page.getByLabel('Goal').inputValue()).toMatch(/invoice/i);
});
