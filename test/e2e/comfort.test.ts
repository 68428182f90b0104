import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ROUTES } from '../../shared/contract/routes.ts';
import { launch } from './browser.ts';
import { clipped } from './checks/clipped.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, ended, newKey, openCompose, PHONE, plan, runIn } from './page.ts';

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

const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
const SLOW = { firstMs: 60_000, eventMs: 60, charsPerEvent: 8 };

test('the colours go from the system’s to light to dark, stay through a reload, and are there before anything is drawn', async () => {
  const { page, problems } = await openCompose(browser, lab.url, { colorScheme: 'dark' });
  expect(await paper(page)).toBe('light dark');
  await page.getByRole('button', { name: 'Colours: system' }).click();
  expect(await paper(page)).toBe('light');
  await page.getByRole('button', { name: 'Colours: light' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Colours: dark' }).waitFor();
  expect(await paper(page)).toBe('dark');
  await page.getByRole('button', { name: 'Colours: dark' }).click();
  expect(await paper(page)).toBe('light dark');
  expect(problems).toEqual([]);
});

test('before its script is there the page has its frame, in the chosen colours, and nothing jumps when it comes', async () => {
  const context = await browser.newContext({ ...PHONE, colorScheme: 'light' });
  await context.addInitScript(() => localStorage.setItem('oneturn.theme', 'dark'));
  const page = await context.newPage();
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/page-[^/]*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${lab.url}/compose`, { waitUntil: 'commit' });
  const parts = ['One goal in, a bundle', 'Registry', 'About keys', 'Goal'];
  const boxes = () =>
    Promise.all(
      parts.map((words) => page.getByText(words).and(page.locator(':visible')).first().boundingBox()),
    );
  await page.getByText('Your key').first().waitFor();
  expect(await paper(page)).toBe('dark');
  const before = await boxes();
  expect(before).not.toContain(null);
  release();
  await page.getByLabel('Provider', { exact: true }).waitFor();
  expect(await page.locator('.first-frame').count()).toBe(0);
  expect(await boxes()).toEqual(before);

  // Other pages begin with their header alone.
  await page.route(/\/assets\/page-[^/]*\.js/, () => {});
  await page.goto(`${lab.url}/key`, { waitUntil: 'commit' });
  await page.getByRole('link', { name: 'Registry' }).waitFor();
  expect(await page.getByText('One goal in').isVisible()).toBe(false);
});

test('numbers are written as the browser’s language has them', async () => {
  const { page } = await openCompose(browser, lab.url, { locale: 'de-DE' });
  await page.getByLabel('Provider', { exact: true }).selectOption('anthropic');
  expect(await page.getByText(/^Estimated/).innerText()).toMatch(/\d,\d+\s\$/);
});

test('without JavaScript the page says what it needs, in its own style', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${lab.url}/compose`);
  expect(await page.getByRole('heading', { name: 'Oneturn needs JavaScript' }).isVisible()).toBe(true);
  const box = await page.getByRole('heading').boundingBox();
  expect(box?.x).toBeGreaterThan(50);
});

test('links to it have a name, a sentence and a picture, and phones an icon', async () => {
  const { page } = await openCompose(browser, lab.url);
  expect(await page.locator('meta[property="og:title"]').getAttribute('content')).toBe('Oneturn');
  for (const path of ['/card.png', '/apple-touch-icon.png', '/icon.svg']) {
    const { status, type, size } = await page.evaluate(async (at) => {
      const response = await fetch(at);
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        size: (await response.blob()).size,
      };
    }, path);
    expect([path, status, type]).toEqual([path, 200, path.endsWith('png') ? 'image/png' : 'image/svg+xml']);
    expect(size).toBeLessThan(40_000);
  }
});

test('a sixth run waits with its key, so that a seventh tab still loads, and begins when one of the five ends', async () => {
  // A letter a second: none ends before it is cancelled, however slow the machine is.
  lab.sandbox.script([{ phase: 'classification', pace: { firstMs: 0, eventMs: 1000, charsPerEvent: 1 } }]);
  const context = await browser.newContext();
  const openTab = async () => {
    const page = await context.newPage();
    await page.goto(`${lab.url}/compose`);
    await page.getByLabel('Provider', { exact: true }).waitFor();
    return { page, problems: [], requests: [], field: page.locator('#provider-key') };
  };
  const asked = lab.sandbox.journal.length;
  const key = newKey();
  const tabs: Awaited<ReturnType<typeof openTab>>[] = [];
  for (let at = 0; at < 6; at++) {
    const tab = await openTab();
    tabs.push(tab);
    await askLab(tab, at === 5 ? key : newKey());
    await plan(tab).click();
    if (at < 5) await runIn(tab.page, 'sent').or(runIn(tab.page, 'running')).first().waitFor();
  }
  const [first, sixth] = [tabs[0], tabs[5]];
  if (!first || !sixth) throw new Error('six tabs were opened');
  await sixth.page.getByText(/^Five runs of this browser go on in other tabs/).waitFor();
  expect(await sixth.field.inputValue()).toBe(key);
  expect(lab.sandbox.journal.length - asked).toBe(5);

  const seventh = await openTab();
  await seventh.page.getByRole('link', { name: 'About keys' }).click();
  await seventh.page.getByRole('heading', { name: 'What happens to my key' }).waitFor();

  lab.sandbox.script([]);
  await first.page.keyboard.press('Escape');
  await ended(sixth, 'done');
  expect(await sixth.field.inputValue()).toBe('');
});

test('a run that waits for its place can be cancelled, and keeps its key', async () => {
  lab.sandbox.script([{ phase: 'classification', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url);
  await opened.page.evaluate(() => {
    for (let at = 0; at < 5; at++)
      void navigator.locks.request(`oneturn.run.${at}`, () => new Promise(() => {}));
  });
  const key = newKey();
  await askLab(opened, key);
  await plan(opened).click();
  await opened.page.getByTestId('late').waitFor();
  await opened.page.keyboard.press('Escape');
  await ended(opened, 'cancelled');
  expect(await opened.field.inputValue()).toBe(key);
});

test('a long run asks once whether to tell of its end, tells it, and keeps a phone awake meanwhile', async () => {
  // Until both presses are made; the page's own clock is turned on.
  lab.sandbox.script([{ phase: 'classification', held: true }]);
  const context = await browser.newContext(PHONE);
  // as: a headless browser has neither
  await context.addInitScript(() => {
    const told: string[] = [];
    class Note {
      static permission = sessionStorage.getItem('may') ?? 'default';
      static async requestPermission() {
        Note.permission = 'granted';
        sessionStorage.setItem('may', 'granted');
      }
      constructor(title: string, { body }: { body: string }) {
        told.push(`${title}: ${body}`);
      }
      close() {}
    }
    const locks = { held: 0 };
    const request = async () => {
      locks.held += 1;
      const release = async () => {
        locks.held -= 1;
      };
      return { release };
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
    Object.assign(window, { Notification: Note, told, locks });
  });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${lab.url}/compose`);
  const opened = { page, problems: [], requests: [], field: page.locator('#provider-key') };
  await askLab(opened, newKey());
  // a run's time counts from there, so that the clock may not be turned on before
  const sent = page.waitForRequest(`**${ROUTES.byo}`);
  await plan(opened).click();
  await sent;
  const held = () => page.evaluate(() => (window as unknown as { locks: { held: number } }).locks.held);
  await expect.poll(held).toBe(1);
  await page.clock.fastForward(21_000);
  await page.getByRole('button', { name: 'Notify me at its end' }).click();
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }));
  lab.sandbox.release();
  await ended(opened, 'done');
  // after the end is drawn, in a task of its own
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await expect.poll(told).toEqual([expect.stringMatching(/: The drafts are done\.$/)]);
  await expect.poll(held).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('oneturn.notify'))).toBe('asked');
});

test('at 320 px no label is cut off, before a run and after', async () => {
  const opened = await openCompose(browser, lab.url, { viewport: { width: 320, height: 700 } });
  expect(await clipped(opened.page)).toEqual([]);
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'done');
  await opened.page
    .getByRole('list', { name: /^Critic/ })
    .first()
    .waitFor();
  expect(await clipped(opened.page)).toEqual([]);
});

test('in forced colours a bar shows how far it is', async () => {
  const opened = await openCompose(browser, lab.url, { forcedColors: 'active' });
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'done');
  const bars = opened.page
    .getByRole('list', { name: /^Critic/ })
    .first()
    .getByRole('listitem');
  const looks = await bars.evaluateAll((all) =>
    all.map((one) => {
      const { backgroundImage, forcedColorAdjust } = getComputedStyle(one, '::after');
      return [backgroundImage.includes('gradient'), forcedColorAdjust];
    }),
  );
  expect(looks).toEqual(Array.from({ length: 4 }, () => [true, 'none']));
});
