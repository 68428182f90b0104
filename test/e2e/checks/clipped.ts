import type { Page } from 'playwright-core';

/** Words that are wider than their place, run out of their drawing, or lie under an arrow of it. */
export const clipped = (page: Page) =>
  page.evaluate(() => [
    ...[...document.querySelectorAll('[class*=phases] span, [class*=scores] li')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .map(({ textContent }) => textContent),
    ...[...document.querySelectorAll('svg text')]
      .filter((text) => {
        const end = text.closest('svg')?.getBoundingClientRect().right ?? 0;
        return text.getBoundingClientRect().right > end + 1;
      })
      .map(({ textContent }) => textContent),
    // words that lie under the arrow of the key's way
    ...[...document.querySelectorAll('svg text')]
      .filter((text) => {
        const arrow = text.closest('svg')?.querySelector('path[class*=turn]')?.getBoundingClientRect();
        const words = text.getBoundingClientRect();
        return (
          arrow !== undefined &&
          words.right > arrow.left &&
          words.left < arrow.right &&
          words.bottom > arrow.top &&
          words.top < arrow.bottom
        );
      })
      .map(({ textContent }) => textContent),
  ]);
