import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { TryAgain } from '../../../web/ui/try-again.tsx';

test('it says that it tries, asks once at a time, and can be pressed again after', async () => {
  const user = userEvent.setup();
  const ends: (() => void)[] = [];
  render(<TryAgain again={() => new Promise<void>((resolve) => ends.push(resolve))} />);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  const trying = screen.getByRole('button', { name: 'Trying again…' });
  expect(trying.getAttribute('aria-disabled')).toBe('true');
  await user.click(trying);
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(ends).toHaveLength(2);
});
