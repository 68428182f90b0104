import { expect, test, vi } from 'vitest';
import { PLAN } from '../support/fixtures.ts';

/** False: the browser asks whoever leaves. */
const leaves = (): boolean => dispatchEvent(new Event('beforeunload', { cancelable: true }));

test('leaving asks while there is a text that is not kept, and not for a wish', async () => {
  // Its own copy: other files' texts are none of this one's.
  vi.resetModules();
  const { setUnkept } = await import('../../../web/run/draft/unkept.ts');
  setUnkept(PLAN, 'i1', 'wish', { text: 'Shorter', of: 'sha256:1' });
  expect(leaves()).toBe(true);
  setUnkept(PLAN, 'i1', 'text', { text: 'Mine', of: 'sha256:1' });
  setUnkept({ ...PLAN }, 'i1', 'text', { text: 'Of another plan', of: 'sha256:1' });
  expect(leaves()).toBe(false);
  setUnkept(PLAN, 'i1', 'text', undefined);
  expect(leaves()).toBe(false);
});
