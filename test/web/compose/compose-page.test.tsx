import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { KEY_HEADER, RUN_ID, RUN_ID_HEADER } from '../../../shared/contract/run-limits.ts';
import { enterGoal, goalField, openPage, planButton } from '../support/compose-page.tsx';
import { GOAL, RUN } from '../support/fixtures.ts';

test('a run in the sandbox streams into drafts and carries no key header', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  run.send(...RUN.slice(0, 10));
  // The heading that holds the place until the part that shows a run is there is taken away by it.
  await waitFor(() =>
    expect(screen.getByRole('heading', { name: 'Release notes from pull requests' })).toBeVisible(),
  );
  expect(await screen.findByText('# collect-')).toBeVisible();
  run.send(...RUN.slice(10));
  run.end();
  expect(await screen.findByText('Done')).toBeVisible();
  expect(
    screen.getByText('1,234 tokens', { exact: false, selector: '[data-testid=run] span' }),
  ).toBeVisible();
  expect(screen.getByText('1 reused · 2 new · 1 not covered')).toBeVisible();

  const [request] = run.requests;
  expect(request?.headers.has(KEY_HEADER)).toBe(false);
  expect(request?.headers.get(RUN_ID_HEADER)).toMatch(RUN_ID);
  expect(await request?.json()).toEqual({
    goal: GOAL,
    provider: 'sandbox',
    model: 'sandbox-1',
    review: true,
  });
});

test('a second press while a run lasts sends nothing', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.dblClick(planButton());
  await user.type(goalField(), '{Control>}{Enter}{/Control}');
  await waitFor(() => expect(run.requests).toHaveLength(1));
  await user.click(screen.getByRole('button', { name: 'Planning in the sandbox…' }));
  expect(run.requests).toHaveLength(1);
});
