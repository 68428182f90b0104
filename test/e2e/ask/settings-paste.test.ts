import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from '../browser.ts';
import { residue } from '../checks/residue.ts';
import { type Lab, openLab } from '../lab.ts';
import { ended, GOAL, newKey, type OpenedPage, openCompose, plan } from '../page.ts';

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

/** Without the beginning, which the page itself knows. */
const OTHERS_SECRET = randomBytes(48).toString('base64url');
const OTHERS_KEY = `sk-ant-api03-${OTHERS_SECRET}`;
const PASSWORD = 'correct-horse-battery-staple-43';
const settings = (key: string): string =>
  [
    '\ufeff# settings of the shop',
    'NODE_ENV=production',
    `export LAB_API_KEY="${key}" # ours`,
    `ANTHROPIC_API_KEY=${OTHERS_KEY}`,
    `SMTP_PASSWORD=${PASSWORD}`,
    '',
  ].join('\r\n');

async function opened(provider: string): Promise<OpenedPage> {
  const page = await openCompose(browser, lab.url);
  await page.page.getByLabel('Provider', { exact: true }).selectOption(provider);
  return page;
}

/** What a paste or a drop does, with a text or a file, in a frame that is left at once: the test keeps no copy in the page. */
async function give(
  { field }: OpenedPage,
  type: 'paste' | 'drop',
  text: string,
  asFile: boolean,
): Promise<void> {
  await field.focus();
  await field.evaluate(
    (input, [how, content, isFile]) => {
      const data = new DataTransfer();
      if (isFile) data.items.add(new File([content], '.env'));
      else data.setData('text/plain', content);
      const event =
        how === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      input.dispatchEvent(event);
    },
    [type, text, asFile] as const,
  );
}

test('of a pasted file of settings the field gets the chosen provider’s key, and nothing of the rest stays in the page', async () => {
  const page = await opened('lab');
  const key = newKey();
  await give(page, 'paste', settings(key), false);
  await page.page.getByText('Took LAB_API_KEY, one of 5 lines; the rest is dropped.').waitFor();
  expect(await page.field.inputValue()).toBe(key);
  expect(await residue(page.page, OTHERS_SECRET)).toEqual([]);
  expect(await residue(page.page, PASSWORD)).toEqual([]);

  await page.page.getByLabel('Goal').fill(GOAL);
  await plan(page).click();
  await ended(page, 'done');
  expect(lab.sandbox.journal[0]?.headers.find(([name]) => name === 'x-api-key')?.[1]).toBe(key);
  expect(await residue(page.page, key)).toEqual([]);
});

test('a file that is dropped into the field is read there, and the page stays', async () => {
  const page = await opened('lab');
  const key = newKey();
  await give(page, 'drop', settings(key), true);
  await page.page.getByText('Took LAB_API_KEY, one of 5 lines; the rest is dropped.').waitFor();
  expect(await page.field.inputValue()).toBe(key);
  expect(await residue(page.page, PASSWORD)).toEqual([]);
});

test('without a key of the chosen provider, another one’s waits in the field for one press', async () => {
  const page = await opened('openai');
  await give(page, 'paste', settings(newKey()), false);
  await page.page
    .getByText('There is no key of OpenAI here. Took ANTHROPIC_API_KEY, one of 5 lines; the rest is dropped.')
    .waitFor();
  await page.page.getByRole('button', { name: 'Switch to Anthropic' }).click();
  expect(await page.page.getByLabel('Provider', { exact: true }).inputValue()).toBe('anthropic');
  expect(await page.field.inputValue()).toBe(OTHERS_KEY);
  await page.page.getByText('In this tab only, until you press Plan with my key.').waitFor();
});

test('settings without any key are dropped, and that is said', async () => {
  const page = await opened('openai');
  await give(page, 'paste', `PORT=1\nSMTP_PASSWORD=${PASSWORD}\n`, false);
  await page.page.getByText('There is no key of OpenAI in these 2 lines. All of it is dropped.').waitFor();
  expect(await page.field.inputValue()).toBe('');
  expect(await residue(page.page, PASSWORD)).toEqual([]);
});
