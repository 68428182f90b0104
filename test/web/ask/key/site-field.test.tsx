import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { openPage } from '../../support/compose-page.tsx';
import { KEY } from '../../support/fixtures.ts';

const AZURE_KEY = '0123456789abcdef0123456789abcdef';

test.each([KEY, AZURE_KEY, AZURE_KEY.toUpperCase()])(
  'a key is no site, and is kept nowhere: %s',
  async (key) => {
    const { user } = await openPage();
    await user.selectOptions(screen.getByLabelText('Provider'), 'azure');
    const field = await screen.findByLabelText('Resource');
    await user.type(field, 'acme');
    await user.clear(field);
    await user.click(field);
    await user.paste(key);
    expect(await screen.findByText(/That looks like a key, and was not kept/)).toBeVisible();
    expect(field).toHaveValue('');
    expect(JSON.stringify({ ...localStorage })).not.toContain(key.slice(0, 20));
    expect(document.documentElement.outerHTML).not.toContain(key.slice(0, 20));
    await user.type(field, 'acme');
    expect(screen.queryByText(/That looks like a key/)).toBeNull();
    expect(JSON.stringify({ ...localStorage })).toContain('acme');
  },
);
