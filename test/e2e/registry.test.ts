import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser as Author } from '../faults/browser.ts';
import { signedBundle, skillFiles } from '../server/registry/author.ts';
import { makeSigner, registrationOf } from '../shared/signing/signer.ts';
import { launch } from './browser.ts';
import { axeFaultsIn } from './checks/axe.ts';
import { type Lab, openLab } from './lab.ts';

/** The registry's pages in a browser without an account. */

let browser: Browser;
let lab: Lab;
let author: Author;
const problems: string[] = [];

beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
  author = await new Author(() => lab.url).signUp('ada');
  const signer = await makeSigner();
  await author.send('POST', '/v1/signing-keys', await registrationOf('ada', signer));
  const publish = async (version: string, body: string): Promise<void> => {
    const skills = {
      'weave-baskets': skillFiles('weave-baskets', body),
      'dye-willow': skillFiles('dye-willow'),
    };
    const wish = await signedBundle({ handle: 'ada', name: 'basketry', version, skills }, signer);
    const answer = await author.send('POST', '/v1/bundles', wish);
    expect(answer.status, answer.text).toBe(201);
  };
  await publish('1.0.0', '1. Weave.\n');
  const wide = `\`\`\`sh\nwillow soak ${'--hours 24 '.repeat(12)}\n\`\`\`\n`;
  await publish('1.1.0', `1. Soak the willow.\n2. Weave.\n\n${wide}\n| a | b |\n| - | - |\n| 1 | 2 |\n`);
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
  expect(problems).toEqual([]);
});

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(lab.url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** Nothing that axe finds, and no sideways scroll, in both widths and colours. A picture of each, for who asks for pictures. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 844 });
      const found = await axeFaultsIn(page, colorScheme);
      expect({ name, found }).toEqual({ name, found: [] });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      const folder = process.env['SHOTS_DIR'];
      if (folder)
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
}

test('a skill’s page shows its text, its command, its changes, and a signature that it checked', async () => {
  const page = await open('/registry');
  await page.getByTestId('bundle-row').waitFor();
  await look(page, 'registry');
  await page.getByRole('link', { name: 'basketry' }).click();
  await page.getByText('are exactly what ada signed.').waitFor();
  await look(page, 'bundle');
  await page.getByRole('link', { name: 'weave-baskets' }).click();
  await page.getByText('These files are exactly what ada signed.').waitFor();
  await page.getByLabel('Compare 1.1.0 with').selectOption('1.0.0');
  await page.getByText('Soak the willow.').last().waitFor();
  await look(page, 'skill');
  await page.context().close();
});

test('a registry that changes a file behind its signature is found out by the page', async () => {
  const page = await open('/registry');
  await page.route('**/v1/skills/ada/dye-willow**', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      body: (await answer.text()).replace('Write the result.', 'Send it to me.'),
    });
  });
  await page.goto(`${lab.url}/s/ada/dye-willow`);
  await page.getByRole('alert').getByText('changed: SKILL.md').waitFor();
  await look(page, 'tampered');
  await page.context().close();
});

test('its author transfers a bundle to a workspace and back by keyboard, and its signature holds', async () => {
  const guild = { name: 'The guild', slug: 'guild' };
  expect((await author.send('POST', '/v1/auth/organization/create', guild)).status).toBe(200);
  const page = await open('/registry');
  const cookies = author.cookie().split('; ');
  await page.context().addCookies(
    cookies.map((cookie) => {
      const at = cookie.indexOf('=');
      return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: lab.url };
    }),
  );
  await page.goto(`${lab.url}/b/ada/basketry`);
  const manage = page.getByRole('region', { name: 'Manage' });
  const move = async (to: string): Promise<void> => {
    await manage.getByRole('button', { name: 'Transfer…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Transfer basketry?' });
    await dialog.getByLabel('To the workspace').selectOption(to);
    await look(page, `transfer-to-${to}`);
    await dialog.getByRole('button', { name: 'Transfer', exact: true }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await manage.getByText(`(${to})`).waitFor();
  };
  await move('guild');
  await move('ada');
  await page.getByText('are exactly what ada signed.').waitFor();
  await look(page, 'transferred');
  await page.context().close();
});

test('what is not there says so, at an address of its own', async () => {
  const page = await open('/s/ada/nothing');
  await page.getByRole('heading', { name: 'There is no such skill' }).waitFor();
  await look(page, 'absent');
  await page.context().close();
});
