import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type WithAxe = { readonly axe?: { run(options: RunOptions): Promise<AxeResults> } };

/** Axe names each element that it tested, passed or not, which takes longer than the tests: here those alone that failed. */
const VIOLATIONS: RunOptions = { resultTypes: ['violations'] };
const COLOURS: RunOptions = { ...VIOLATIONS, runOnly: ['cat.color'] };

/**
 * What axe finds on the page as it is, each as "rule: the element". The policy of the page blocks a script tag; `evaluate` is not one.
 */
export async function axeFaults(page: Page, options: RunOptions = VIOLATIONS): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  // as: it is there now
  const result = await page.evaluate((how) => (globalThis as WithAxe).axe?.run(how), options);
  if (!result) throw new Error('axe-core did not put itself into the page.');
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}

/** In light all rules, in dark those about colours: nothing else of the page differs. */
export async function axeFaultsIn(page: Page, colorScheme: 'light' | 'dark'): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  return axeFaults(page, colorScheme === 'light' ? VIOLATIONS : COLOURS);
}
