import { buffer } from 'node:stream/consumers';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { axeFaults } from './checks/axe.ts';
import { type Lab, openLab } from './lab.ts';
import { askLab, ended, foldsIn, newKey, openCompose, PHONE, plan, smallTargets } from './page.ts';

const GOAL = 'Parse the server logs with a script, and report the slowest pages';
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

/** A run that is over, with the draft open that has a script, and its files shown. */
async function openFiles(options: BrowserContextOptions = {}) {
  const opened = await openCompose(browser, lab.url, options);
  await askLab(opened, newKey(), GOAL);
  await plan(opened).click();
  await ended(opened, 'done');
  const { page } = opened;
  await foldsIn(page).first().click();
  await page.getByRole('tab', { name: /^Files/ }).click();
  const tree = page.getByRole('navigation', { name: /^Files of / });
  return { ...opened, tree };
}

test('a skill’s script is read in a tree, changed by hand with its syntax watched, and packed', async () => {
  const { page, tree, problems } = await openFiles();
  expect(await page.getByRole('region', { name: 'Plan', exact: true }).innerText()).toMatch(
    /With scripts\/[\w-]+\.mjs/,
  );
  await tree.getByRole('button', { name: /\.mjs$/ }).click();
  const file = page.getByRole('region', { name: /^scripts\/.*\.mjs$/ });
  expect(await file.innerText()).toContain("import { readFileSync } from 'node:fs';");

  await file.getByRole('button', { name: /^Edit/ }).click();
  const field = file.getByRole('textbox');
  await field.press('Control+End');
  await field.pressSequentially('const = 1;');
  await file.getByText(/cannot be read in its language/).waitFor();
  await field.press('Control+a');
  await field.fill('console.log(2);\n');
  await expect.poll(() => file.getByText(/cannot be read in its language/).count()).toBe(0);
  await file.getByRole('button', { name: 'Keep' }).click();
  await file.getByText('console.log(2);').waitFor();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const packed = unzipSync(new Uint8Array(await buffer(await (await download).createReadStream())));
  expect(Object.keys(packed)).toEqual([
    expect.stringMatching(/^[a-z0-9-]+\/SKILL\.md$/),
    expect.stringMatching(/^[a-z0-9-]+\/scripts\/[a-z0-9-]+\.mjs$/),
  ]);
  expect(strFromU8(Object.values(packed)[1] ?? new Uint8Array())).toBe('console.log(2);\n');
  expect(await axeFaults(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test('the tree of files fits a phone, with targets for fingers', async () => {
  const { page, tree } = await openFiles(PHONE);
  await tree.getByRole('button', { name: /\.mjs$/ }).tap();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await smallTargets(page)).toEqual([]);
  expect(await axeFaults(page)).toEqual([]);
});
