import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, draftsIn, ended, foldsIn, newKey, openCompose, PHONE, plan } from './page.ts';

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

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('at 1366 by 650 estimate, cap and button are in view, and nothing scrolls inside of the form', async () => {
  const opened = await openCompose(browser, lab.url, { viewport: { width: 1366, height: 650 } });
  const { page } = opened;
  for (const provider of ['sandbox', 'lab', 'anthropic']) {
    await page.getByLabel('Provider', { exact: true }).selectOption(provider);
    for (const part of [plan(opened), page.getByLabel('Stop at'), page.getByText(/^Estimated/)]) {
      const box = await part.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(650);
    }
    if (provider === 'sandbox') continue;
    // What is asked for stands above the button, not under it.
    const key = await opened.field.boundingBox();
    const foot = await page.getByText(/^Estimated/).boundingBox();
    expect((key?.y ?? 0) + (key?.height ?? 0), provider).toBeLessThan((foot?.y ?? 0) - 12);
  }
  const scrollers = await page.evaluate(
    () =>
      [...document.querySelectorAll('form, form section')].filter(
        (element) =>
          element.scrollHeight > element.clientHeight + 1 &&
          getComputedStyle(element).overflowY !== 'hidden' &&
          getComputedStyle(element).overflowY !== 'visible',
      ).length,
  );
  expect(scrollers).toBe(0);
});

test('a word without an end overflows nothing', async () => {
  const opened = await openCompose(browser, lab.url);
  await askLab(opened, undefined, `Turn ${'a'.repeat(400)} into notes`);
  await plan(opened).click();
  await ended(opened, 'done');
  expect(await overflow(opened.page)).toBe(0);
});

test('"Edit the goal" leaves the focus in the goal, where Enter sends nothing', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, undefined, `Call it with sk-ant-api03-${'Kq7wZt2m'.repeat(8)} every day`);
  await plan(opened).click();
  await page.getByRole('button', { name: 'Edit the goal' }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('goal');
  await page.keyboard.press('Enter');
  expect(await page.locator('[data-testid=run]').count()).toBe(0);
});

test('previews are text: selected, not opened by it, and without links in the order of tabs', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'done');
  const tile = draftsIn(page).first();
  const text = tile.locator('[class*=preview] p').first();
  const box = await text.boundingBox();
  if (!box) throw new Error('there is no preview');
  await page.mouse.move(box.x + 2, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 8, { steps: 4 });
  await page.mouse.up();
  expect((await page.evaluate(() => getSelection()?.toString() ?? '')).length).toBeGreaterThan(3);
  expect(await tile.getAttribute('data-open')).toBeNull();
  expect(await tile.locator('[inert], [class*=preview] a').count()).toBe(0);
  await page.mouse.click(box.x + 40, box.y + 60);
  await expect.poll(() => tile.getAttribute('data-open')).not.toBeNull();
});

test('who comes back from another page finds open what was open; paper has every draft whole', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'done');
  await foldsIn(page).nth(1).click();
  await page.getByRole('tab', { name: 'Rendered' }).waitFor();
  const scrolled = () => page.evaluate(() => Math.round(scrollY));
  await page.evaluate(() => scrollTo(0, 500));
  expect(await scrolled()).toBe(500);
  await page.locator('header').getByRole('link', { name: 'About keys' }).dispatchEvent('click');
  await page.getByRole('heading', { name: 'What happens to my key', level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole('tab', { name: 'Rendered' }).waitFor();
  await expect.poll(scrolled).toBe(500);

  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('article[data-open]').count()).toBe(await draftsIn(page).count());
  expect(await page.getByLabel('Goal').isVisible()).toBe(false);
  expect(await page.getByRole('banner').isVisible()).toBe(false);
});

test('other pages tell that a run goes on', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: { firstMs: 0, eventMs: 60, charsPerEvent: 8 } }]);
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await askLab(opened, newKey());
  await plan(opened).click();
  await page
    .getByRole('region', { name: /^(?!Plan,).*, being written$/ })
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'About keys' }).click();
  await page.getByText('A run goes on in Compose.').waitFor({ state: 'attached' });
  await expect.poll(() => page.title()).toMatch(/^Composing… · /);
  await page.getByText('A run goes on in Compose.').waitFor({ state: 'detached' });
  await expect.poll(() => page.title()).not.toMatch(/Composing/);
});

test('on a phone a whole run moves nothing that somebody reads', async () => {
  const opened = await openCompose(browser, lab.url, PHONE);
  const { page } = opened;
  expect(await page.getByText(/^One goal in, a bundle of agent skills out/).isVisible()).toBe(true);
  await askLab(opened, newKey());
  await page.evaluate(() => {
    const shifts: [number, string][] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = entry as unknown as {
          value: number;
          hadRecentInput: boolean;
          sources: { node?: Element; previousRect: DOMRect; currentRect: DOMRect }[];
        };
        if (hadRecentInput) continue;
        const what = sources.map(
          ({ node, previousRect: a, currentRect: b }) =>
            `${node?.className || node?.nodeName} ${a.y}+${a.height}>${b.y}+${b.height}`,
        );
        shifts.push([value, what.join(' | ')]);
      }
    }).observe({ type: 'layout-shift', buffered: false });
  });
  await plan(opened).click();
  await ended(opened, 'done');
  await page.getByRole('heading', { name: 'Receipt' }).waitFor({ state: 'attached' });
  // as: put there above
  const shifts = await page.evaluate(() => (window as unknown as { shifts: [number, string][] }).shifts);
  const total = shifts.reduce((sum, [value]) => sum + value, 0);
  expect(total, shifts.map(([value, what]) => `${value.toFixed(3)} ${what}`).join('\n')).toBeLessThan(0.05);
});
