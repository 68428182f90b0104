import type { Page } from 'playwright-core';
import { newKey } from '../page.ts';

/** Stores a new key of the lab's provider on the page `/settings/keys`, and gives its last four characters. */
export async function pasteAndStore(page: Page, name: string): Promise<string> {
  const key = newKey();
  await page.getByRole('region', { name: 'Add a key' }).waitFor();
  await page.getByLabel('Provider').selectOption('lab');
  await page.getByLabel('Checked with').selectOption('Another model id…');
  await page.keyboard.type('sandbox-1');
  await page.getByLabel('Name').fill(name);
  await page.locator('#stored-key').focus();
  await page.keyboard.insertText(key);
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: name }).waitFor();
  return key.slice(-4);
}
