import type { Page } from 'playwright-core';
import * as z from 'zod/mini';

const watched = z.object({
  shift: z.number(),
  frameMs: z.nullable(z.number()),
  textMs: z.nullable(z.number()),
});

/** What somebody sees of a run: how much moved under their eyes, and after how long there was a frame, and the first text of a draft. */
export type Seen = z.infer<typeof watched>;

/** Begins to watch; the times count from the next click on the page. */
export async function watchRun(page: Page): Promise<void> {
  // What runs the bench marks functions with their names by a helper that the page does not have.
  await page.evaluate('globalThis.__name = (value) => value');
  await page.evaluate(() => {
    const seen: { shift: number; frameMs: number | null; textMs: number | null } = {
      shift: 0,
      frameMs: null,
      textMs: null,
    };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // as: a layout shift has both
        const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) seen.shift += value;
      }
    }).observe({ type: 'layout-shift', buffered: false });

    const watch = (event: Event): void => {
      const from = event.timeStamp;
      const look = (): void => {
        const isThere = (selector: string): boolean => document.querySelector(selector) !== null;
        const drawn = (name: 'frameMs' | 'textMs'): void => {
          requestAnimationFrame((now) => {
            seen[name] ??= now - from;
          });
        };
        if (seen.frameMs === null && isThere('[data-testid=run]')) drawn('frameMs');
        if (
          seen.textMs === null &&
          isThere('[aria-label$="being written"]:not([aria-label^="Plan,"]) div div')
        )
          drawn('textMs');
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    };
    addEventListener('click', watch, { once: true, capture: true });
  });
}

export async function seenOf(page: Page): Promise<Seen> {
  // as: put there above
  return watched.parse(await page.evaluate(() => (window as unknown as { seen: unknown }).seen));
}
