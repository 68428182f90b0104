import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export const GOAL =
  'Turn merged pull requests into weekly release notes, and flag what needs a migration guide.';

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export interface OpenedPage {
  readonly page: Page;
  /** What the console complained of and what was thrown. */
  readonly problems: string[];
  /** Every request that left the page but its own files: `GET /v1/config`. */
  readonly requests: string[];
  readonly field: ReturnType<Page['locator']>;
}

/** The compose page in a tab of its own, watched. */
export async function openCompose(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    const file = origin === url && /^\/(?:assets\/|compose$|key$|icon\.svg$|favicon\.ico$)/.test(pathname);
    if (!file) requests.push(`${request.method()} ${origin === url ? '' : origin}${pathname}`);
  });
  await page.goto(`${url}/compose`);
  await page.getByLabel('Provider', { exact: true }).waitFor();
  return { page, problems, requests, field: page.locator('#provider-key') };
}

/** A key in a shape that the page takes, of no provider's prefix. */
export const newKey = (): string => `lab-${randomBytes(33).toString('base64url')}`;

/** Enters the key through the browser's own input, as a paste does, so that the test leaves no copy in the page's heap. */
export async function enterKey({ page, field }: OpenedPage, key: string): Promise<void> {
  await field.focus();
  await page.keyboard.insertText(key);
}

export async function askLab(opened: OpenedPage, key: string | undefined, goal = GOAL): Promise<void> {
  const { page } = opened;
  await page.getByLabel('Provider', { exact: true }).selectOption('lab');
  await page.getByLabel('Goal').fill(goal);
  if (key !== undefined) await enterKey(opened, key);
}

export const plan = ({ page }: OpenedPage) =>
  page.getByRole('button', { name: /^Plan (?:with my key|without a key|in the sandbox)$/ });
export const ended = ({ page }: OpenedPage, status: string) => runIn(page, status).waitFor();
/** The head of the run that the page shows. */
export const runIn = (page: Page, status?: string) =>
  page.locator(`[data-testid=run]${status ? `[data-status=${status}]` : ''}`);
/** The tiles of the drafts. */
export const draftsIn = (page: Page) => page.getByRole('region', { name: 'Drafts' }).getByRole('article');
/** Those that are written. */
export const readyIn = (page: Page) => page.locator('article[data-ready]');
/** The buttons that open a draft. */
export const foldsIn = (page: Page) => draftsIn(page).getByRole('heading').getByRole('button');
/** The boxes in which drafts are written. */
export const streamsIn = (page: Page) => page.getByRole('region', { name: /^(?!Plan,).*, being written$/ });

/** What is too low for a finger, with its height in pixels. Links inside a text are not targets of their own. */
export const smallTargets = (page: Page): Promise<readonly (readonly [string, number])[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, summary, h2 a, ul a, header a')]
      .map((element) => [element.textContent || element.id, element.getBoundingClientRect().height] as const)
      .filter(([, height]) => height > 0 && height < 44),
  );
