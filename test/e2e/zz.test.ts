import { test } from 'vitest';
import { launch } from './browser.ts';
import { openLab } from './lab.ts';
import { askLab, newKey, openCompose, plan } from './page.ts';
test('x', async () => {
  const browser = await launch(); const lab = await openLab();
  const opened = await openCompose(browser, lab.url);
  await askLab(opened, newKey());
  await plan(opened).click();
  await opened.page.waitForTimeout(3000);
  console.log(await opened.page.locator('.answer').innerText(), opened.problems, opened.requests, lab.sandbox.journal.length);
  await browser.close(); await lab.close();
});
