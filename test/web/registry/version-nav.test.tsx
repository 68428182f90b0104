import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { VersionNav } from '../../../web/registry/version-nav.tsx';

test('versions are listed where there is another one to go to', () => {
  const { rerender } = render(<VersionNav path="/s/ada/weave" versions={['1.0.0']} shown="1.0.0" />);
  expect(screen.queryByRole('navigation')).toBeNull();
  rerender(<VersionNav path="/s/ada/weave" versions={['1.1.0', '1.0.0']} shown="1.1.0" />);
  expect(screen.getByRole('navigation', { name: 'Versions' })).toHaveTextContent('Versions1.1.01.0.0');
  rerender(<VersionNav path="/s/ada/weave" versions={['1.1.0']} shown="1.0.0" />);
  expect(screen.getByText(/This is version 1\.0\.0/)).toBeVisible();
});
