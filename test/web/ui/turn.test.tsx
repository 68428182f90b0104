import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Turn } from '../../../web/ui/turn.tsx';

let idle: (() => void)[] = [];
beforeEach(() => {
  idle = [];
  const value = (next: () => void) => idle.push(next);
  Object.defineProperty(globalThis, 'requestIdleCallback', { value, configurable: true });
});
// jsdom has none, and the next file of this process shall find it so.
afterEach(() => void Reflect.deleteProperty(globalThis, 'requestIdleCallback'));

test('what comes while the page is open is drawn in its turn; what it opens with is drawn at once', () => {
  const parts = (isOpening: boolean) =>
    ['a', 'b'].map((name) => (
      <Turn key={name} atOnce={isOpening}>
        {name}
      </Turn>
    ));
  expect(render(parts(true)).container.textContent).toBe('ab');
  const { container } = render(parts(false));
  expect(container.textContent).toBe('');
  act(() => idle.shift()?.());
  expect(container.textContent).toBe('a');
  act(() => idle.shift()?.());
  expect(container.textContent).toBe('ab');
});
