import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { type Lab, openLab } from './lab.ts';
import { digestsIn, goOn, install, next, savePlan, shoot, stepTitle } from './publish-lab.ts';

/** From a goal to skills in somebody's client, all by the page. */

const HANDLE = `pia-${Date.now().toString(36)}`;
let browser: Browser;
// a registry of its own: the sandbox gives the same names to the skills of every test that publishes
let lab: Lab;
const problems: string[] = [];

beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
  expect(problems).toEqual([]);
});

/** What comes of reading the private half of this browser's signing key, in each form that WebCrypto has for it. */
function exported(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const request = indexedDB.open('oneturn-signing');
    await new Promise((opened) => {
      request.onsuccess = opened;
    });
    const all = request.result.transaction('keys').objectStore('keys').getAll();
    await new Promise((read) => {
      all.onsuccess = read;
    });
    request.result.close();
    // as: what the page keeps there
    const key = (all.result as { privateKey: CryptoKey }[])[0]?.privateKey;
    if (!key) return ['no key'];
    return Promise.all(
      (['pkcs8', 'jwk'] as const).map((form) =>
        crypto.subtle.exportKey(form, key).then(
          () => `${form} came out`,
          (error: unknown) => (error instanceof Error ? error.name : 'refused'),
        ),
      ),
    );
  });
}

test('a goal becomes a bundle that a client installs, byte for byte what the page signed', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await savePlan(page, lab.url, HANDLE);
  await page.getByRole('link', { name: 'Publish', exact: true }).click();
  await stepTitle(page, 'Skills').waitFor();
  await shoot(page, '1-items');
  await goOn(page, 'Drafts');

  const source = page.getByLabel('Source, Markdown');
  await source.fill(`${await source.inputValue()}\n## Zürich 🗝\n\nTyped by hand.\n`);
  await page.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: 'Zürich 🗝' }).waitFor();
  await shoot(page, '2-drafts');
  // a reload loses nothing, whether it was saved yet or not
  await page.reload();
  await stepTitle(page, 'Drafts').waitFor();
  expect(await source.inputValue()).toContain('Typed by hand.');
  await goOn(page, 'Findings');
  await shoot(page, '3-findings');
  await goOn(page, 'Name');
  expect(await next(page, 'Sign').getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('status').getByText('Choose a licence.').waitFor();
  await page.getByLabel('Licence').fill('MIT');
  await page.getByLabel('Name of the bundle').fill('weekly-notes');
  await shoot(page, '4-name');
  await goOn(page, 'Sign');

  await page.getByRole('button', { name: 'Make a signing key' }).click();
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.getByText('A change makes the signature void.').waitFor();
  await shoot(page, '5-sign');
  expect(await exported(page)).toEqual(['InvalidAccessError', 'InvalidAccessError']);
  const signed = await digestsIn(page);
  expect(signed.size).toBeGreaterThan(1);
  await goOn(page, 'Publish');
  await page.getByRole('heading', { name: 'Everyone will see exactly this' }).waitFor();
  await shoot(page, '6-publish');
  await page.getByRole('button', { name: 'Publish for everyone' }).click();
  await page.getByRole('heading', { name: 'weekly-notes 1.0.0 is published' }).waitFor();
  await shoot(page, '7-published');

  const command = await page
    .locator('code', { hasText: /^npx skills add/ })
    .first()
    .innerText();
  const installed = await install(command);
  expect(new Map([...installed].filter(([path]) => path.endsWith('SKILL.md')))).toEqual(signed);
  expect([...installed.keys()].filter((path) => path.endsWith('skill.oms.sig'))).toHaveLength(signed.size);
  await page.goto(`${lab.url}/me/plans`);
  await page.getByTestId('plan-row').waitFor();
  expect(await page.getByRole('link', { name: 'Resume publishing' }).count()).toBe(0);
  await context.close();
});
