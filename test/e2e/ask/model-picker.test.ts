import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from '../browser.ts';
import { axeFaults } from '../checks/axe.ts';
import { type Lab, openLab } from '../lab.ts';
import { openCompose, PHONE } from '../page.ts';

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

const field = (page: Page) => page.getByRole('combobox', { name: 'Model', exact: true });
const list = (page: Page) => page.getByRole('listbox', { name: 'Models' });
const group = (page: Page, name: string) => list(page).getByRole('group', { name });
const active = (page: Page) => list(page).locator('[role=option][data-active]');

/** The compose page with Anthropic's models to choose from. */
async function opened(options: Parameters<typeof openCompose>[2] = {}): Promise<Page> {
  const { page } = await openCompose(browser, lab.url, options);
  await page.getByLabel('Provider', { exact: true }).selectOption('anthropic');
  await field(page).waitFor();
  return page;
}

/** Opens the list by keyboard, which marks what stands in the field, and types over it. */
async function search(page: Page, words: string): Promise<void> {
  await field(page).focus();
  await page.keyboard.press('ArrowDown');
  await list(page).waitFor();
  await page.keyboard.type(words);
  await expect.poll(() => active(page).textContent()).toMatch(new RegExp(words, 'i'));
}

test('a model is searched for by words, shown with context and price, and chosen by keyboard', async () => {
  const page = await opened();
  const preset = await field(page).inputValue();
  await field(page).focus();
  await page.keyboard.press('ArrowDown');
  await group(page, 'All models').waitFor();
  const all = await list(page).getByRole('option').count();

  await page.keyboard.type('haiku claude');
  await expect.poll(() => list(page).getByRole('option').count()).toBeLessThan(all);
  const names = await group(page, 'All models').getByRole('option').allTextContents();
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    expect(name.toLowerCase()).toContain('haiku');
    expect(name).toMatch(/\d[KM] context/);
    expect(name).toMatch(/\$[\d.]+ in, \$[\d.]+ out|price unknown/);
  }
  // Esc changes nothing
  await page.keyboard.press('Escape');
  await list(page).waitFor({ state: 'detached' });
  expect(await field(page).inputValue()).toBe(preset);

  await search(page, 'claude');
  const first = await active(page).textContent();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => active(page).textContent()).not.toBe(first);
  const wanted = await active(page).locator('span').first().textContent();
  await page.keyboard.press('Enter');
  await list(page).waitFor({ state: 'detached' });
  expect(await field(page).inputValue()).toBe(wanted);
  expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  // Enter took a model and sent nothing
  expect(await page.locator('[data-testid=run]').count()).toBe(0);
});

test('what was chosen lately and what is a favourite stand first, also after a reload', async () => {
  const page = await opened();
  await search(page, 'opus');
  const recent = (await active(page).locator('span').first().textContent()) ?? '';
  await page.keyboard.press('Enter');
  await search(page, 'haiku');
  const favourite = (await active(page).locator('span').first().textContent()) ?? '';
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /among the favourites$/ }).click();

  await page.reload();
  await page.getByLabel('Provider', { exact: true }).selectOption('anthropic');
  await field(page).click();
  await group(page, 'Favourites').waitFor();
  expect(await group(page, 'Favourites').getByRole('option').allTextContents()).toEqual([
    expect.stringContaining(favourite),
  ]);
  expect(await group(page, 'Recent').getByRole('option').allTextContents()).toEqual([
    expect.stringContaining(recent),
  ]);
  const labels = await list(page)
    .getByRole('group')
    .evaluateAll((groups) => groups.map((one) => one.getAttribute('aria-label')));
  expect(labels).toEqual(['Favourites', 'Recent', 'Others']);
});

test.each(['light', 'dark'] as const)(
  'the open list fits a phone, and axe finds nothing (%s)',
  async (colorScheme) => {
    const page = await opened({ ...PHONE, colorScheme });
    await field(page).tap();
    await list(page).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const box = await list(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= PHONE.viewport.width).toBe(true);
    await list(page).getByRole('option').nth(1).tap();
    await list(page).waitFor({ state: 'detached' });
  },
);
