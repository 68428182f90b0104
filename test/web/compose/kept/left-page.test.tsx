import { act, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { enterGoal, openPage, planButton } from '../../support/compose-page.tsx';

/** Longer than a tab waits before it keeps a run. */
const KEPT_MS = 700;

test('a test leaves its page while a run goes on', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
});

test('the page that was left writes nothing into the storage of the next test', async () => {
  await act(() => new Promise((resolve) => setTimeout(resolve, KEPT_MS)));
  expect({ ...sessionStorage }).toEqual({});
});
