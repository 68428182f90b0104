import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { goalField, openPage, planButton } from '../../support/compose-page.tsx';
import { GOAL, KEY } from '../../support/fixtures.ts';

test('the goal and the run’s title are aligned by their own script', async () => {
  const { user } = await openPage();
  await user.type(goalField(), 'תכנית שבועית');
  await user.click(planButton());
  expect(goalField()).toHaveAttribute('dir', 'auto');
  expect(await screen.findByRole('heading', { name: 'תכנית שבועית' })).toHaveAttribute('dir', 'auto');
});

test('an example fills the goal, and the counter counts', async () => {
  const { user } = await openPage();
  await user.click(screen.getByRole('button', { name: 'Release notes' }));
  expect(goalField().value).toMatch(/release notes/);
  expect(screen.getByText(`${goalField().value.length} of 20,000`)).toBeVisible();
});

test('Ctrl and Enter in the goal plan it', async () => {
  const { user, run } = await openPage();
  await user.type(goalField(), `${GOAL}{Control>}{Enter}{/Control}`);
  await waitFor(() => expect(run.requests).toHaveLength(1));
});

test.each([
  ['an empty goal', '   ', /goal is empty/],
  ['a goal of 20,001 characters', 'x'.repeat(20_001), /more than 20,000 characters/],
  ['a binary goal', 'PK\u0003\u0004\u0000', /binary/],
])('%s is told before anything is sent', async (_, goal, message) => {
  const { user, run } = await openPage();
  await user.click(goalField());
  await user.paste(goal);
  await user.click(planButton());
  expect(await screen.findByText(message)).toBeVisible();
  expect(goalField()).toHaveFocus();
  expect(run.requests).toHaveLength(0);
});

test.each([
  ['right to left', 'حوّل طلبات السحب إلى ملاحظات إصدار'],
  ['emoji', '🗝️ → 📦 every Friday 👩‍👩‍👧‍👦'],
  ['20,000 characters', 'ä'.repeat(20_000)],
])('a goal of %s is sent as it is', async (_, goal) => {
  const { user, run } = await openPage();
  await user.click(goalField());
  await user.paste(goal);
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
  expect(await run.requests[0]?.json()).toMatchObject({ goal });
});

test('a goal with a key in it is asked about before it is sent', async () => {
  const { user, run } = await openPage();
  await user.click(goalField());
  await user.paste(`Call the API with ${KEY} every day`);
  await user.click(planButton());
  const dialog = await screen.findByRole('dialog', { name: 'There seems to be a key in the goal' });
  await user.click(within(dialog).getByRole('button', { name: 'Edit the goal' }));
  expect(goalField()).toHaveFocus();
  expect(run.requests).toHaveLength(0);

  await user.click(planButton());
  await user.click(await screen.findByRole('button', { name: 'Send anyway' }));
  await waitFor(() => expect(run.requests).toHaveLength(1));
});
