import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { enterGoal, openPage, planButton } from '../../support/compose-page.tsx';
import { configNow, PROVIDERS } from '../../support/fixtures.ts';

const config = () =>
  configNow({
    providers: PROVIDERS.map((provider) =>
      provider.id === 'sandbox' ? { ...provider, effort: '^sandbox-' } : provider,
    ),
  });

afterEach(() => localStorage.clear());

test('who wishes so has a model think longer, and it is remembered', async () => {
  const { user, run, unmount } = await openPage(config);
  expect(screen.getByLabelText('Thinking')).toHaveValue('');
  await user.selectOptions(screen.getByLabelText('Thinking'), 'better');
  await enterGoal(user);
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
  expect(await run.requests[0]?.json()).toMatchObject({ effort: 'better' });
  unmount();
  await openPage(config);
  expect(screen.getByLabelText('Thinking')).toHaveValue('better');
});

test('nothing is asked of a model that cannot be told', async () => {
  localStorage.setItem('oneturn.choice', JSON.stringify({ provider: 'sandbox', effort: 'faster' }));
  const { user, run } = await openPage();
  expect(screen.queryByLabelText('Thinking')).toBeNull();
  await enterGoal(user);
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
  expect(await run.requests[0]?.json()).not.toHaveProperty('effort');
});
