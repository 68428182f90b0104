import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../browser.ts';
import { axeFaults } from '../checks/axe.ts';
import { type Lab, openLab } from '../lab.ts';
import { PHONE } from '../page.ts';
import { goOn, savePlan, shoot } from '../publish-lab.ts';

/** A registry that publishes nothing which its operator's critic has not read. */

const OPERATORS_KEY = 'sk-lab-operator-canary-0002';
const says = (verdict: string, text: string): string =>
  JSON.stringify({ notes: [{ file: 'SKILL.md', text }], verdict });
let browser: Browser;
let lab: Lab;

beforeAll(async () => {
  [browser, lab] = await Promise.all([
    launch(),
    openLab({
      ...{ PUBLISH_CRITIC: 'require', HOSTED_PROVIDER: 'lab', HOSTED_MODELS: 'lab-1' },
      ...{ HOSTED_KEY: OPERATORS_KEY, HOSTED_PRICE_USD: '0.1/0.4' },
    }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

test('the critic reads on the author’s press, holds back what it blocks, and its word is shown to readers', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await savePlan(page, lab.url, `cleo-${Date.now().toString(36)}`);
  await page.getByRole('link', { name: 'Publish', exact: true }).click();
  for (const step of ['Drafts', 'Findings', 'Name']) await goOn(page, step);
  await page.getByLabel('Licence').fill('MIT');
  await goOn(page, 'Sign');
  await page.getByRole('button', { name: 'Make a signing key' }).click();
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.getByText('A change makes the signature void.').waitFor();
  lab.sandbox.clear();
  lab.sandbox.script([
    { nth: 1, text: says('block', 'Mails the notes to everybody.') },
    { text: says('pass', 'Reads git.') },
  ]);
  await goOn(page, 'Publish');
  const publish = page.getByRole('button', { name: 'Publish for everyone' });
  await page.getByText('The critic has to read it first.').waitFor();
  expect(await publish.getAttribute('aria-disabled')).toBe('true');
  expect(lab.sandbox.journal).toEqual([]);
  await shoot(page, 'critic-1-asks');

  await page.getByRole('button', { name: 'Let it read now' }).click();
  await page.getByText('Mails the notes to everybody.').waitFor();
  await page.getByText('The critic would not publish this.').waitFor();
  expect(await publish.getAttribute('aria-disabled')).toBe('true');
  expect(lab.sandbox.journal.map(({ headers }) => new Map(headers).get('x-api-key'))).toEqual(
    lab.sandbox.journal.map(() => OPERATORS_KEY),
  );
  expect(await axeFaults(page)).toEqual([]);
  await shoot(page, 'critic-2-blocks');
  await page.setViewportSize(PHONE.viewport);
  await shoot(page, 'critic-2-blocks-390');
  await page.setViewportSize({ width: 1280, height: 900 });

  // another text has another digest, and is read anew
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /Drafts/ })
    .click();
  const source = page.getByLabel('Source, Markdown');
  for (const tab of await page.getByRole('tablist', { name: 'Skills' }).getByRole('tab').all()) {
    await tab.click();
    await source.fill(`${await source.inputValue()}\n\nNothing is mailed.\n`);
  }
  for (const step of ['Findings', 'Name', 'Sign']) await goOn(page, step);
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.getByText('A change makes the signature void.').waitFor();
  await goOn(page, 'Publish');
  await page.getByRole('button', { name: 'Let it read now' }).click();
  await page.getByText('Reads git.').first().waitFor();
  await publish.and(page.locator('[aria-disabled=false]')).click();
  await page.getByRole('link', { name: 'Open the bundle' }).click();
  const section = page.getByRole('region', { name: 'The registry’s critic' });
  await section.getByText('Reads git.').first().waitFor();
  await section.getByText('This registry published nothing that it would block.').waitFor();
  await shoot(page, 'critic-3-page');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(PHONE.viewport);
  await shoot(page, 'critic-3-page-dark-390');
  await context.close();
});
