import { act, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useTurn } from '../../../web/ui/use-turn.ts';

let idle: (() => void)[] = [];
beforeEach(() => {
  idle = [];
  const value = (next: () => void) => idle.push(next);
  Object.defineProperty(globalThis, 'requestIdleCallback', { value, configurable: true });
});
// jsdom has none, and the next file of this process shall find it so.
afterEach(() => void Reflect.deleteProperty(globalThis, 'requestIdleCallback'));

function One({ name }: { readonly name: string }): ReactElement {
  return <i>{useTurn() ? name : '…'}</i>;
}
const pass = (): void => act(() => idle.shift()?.());

test('of all that ask one goes on at a time, and one that has gone is left out', () => {
  const list = (names: readonly string[]) => names.map((name) => <One key={name} name={name} />);
  const { container, rerender } = render(list(['a', 'b', 'c']));
  expect([container.textContent, idle.length]).toEqual(['………', 1]);
  pass();
  expect([container.textContent, idle.length]).toEqual(['a……', 1]);
  rerender(list(['a', 'c']));
  pass();
  expect([container.textContent, idle.length]).toEqual(['ac', 0]);
  rerender(list(['a', 'c', 'd']));
  pass();
  expect(container.textContent).toBe('acd');
});
