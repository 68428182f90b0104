import { afterEach, expect, test, vi } from 'vitest';
import { PLAN } from '../support/fixtures.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('leaving asks while there is a text that is not kept, and not for a wish', async () => {
  // A copy of its own, and its own listener alone: other files of tests leave theirs behind.
  vi.resetModules();
  const { setUnkept } = await import('../../../web/run/draft/unkept.ts');
  const added = vi.spyOn(globalThis, 'addEventListener');
  const removed = vi.spyOn(globalThis, 'removeEventListener');
  const other = { ...PLAN };

  setUnkept(PLAN, 'i1', 'wish', { text: 'Shorter', of: 'sha256:1' });
  expect(added).not.toHaveBeenCalled();
  setUnkept(PLAN, 'i1', 'text', { text: 'Mine', of: 'sha256:1' });
  const [name, ask] = added.mock.lastCall ?? [];
  const leaving = new Event('beforeunload', { cancelable: true });
  if (typeof ask === 'function') ask(leaving);
  expect([name, leaving.defaultPrevented]).toEqual(['beforeunload', true]);

  setUnkept(other, 'i1', 'text', { text: 'Of another plan', of: 'sha256:1' });
  removed.mockClear();
  setUnkept(PLAN, 'i1', 'text', undefined);
  expect(removed).not.toHaveBeenCalled();
  setUnkept(other, 'i1', 'text', undefined);
  expect(removed).toHaveBeenLastCalledWith('beforeunload', ask);
});
