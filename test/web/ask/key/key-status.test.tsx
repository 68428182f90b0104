import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { KEY_HEADER } from '../../../../shared/contract/run-limits.ts';
import {
  enterGoal,
  goalField,
  keyField,
  openPage,
  planButton,
  withKey,
} from '../../support/compose-page.tsx';
import { configNow, GOAL, KEY, PROVIDERS } from '../../support/fixtures.ts';

test('the sandbox says that it is no model, and needs no key', async () => {
  await openPage();
  expect(screen.getByLabelText('Provider')).toHaveValue('sandbox');
  expect(screen.getByText(/no real model/)).toBeVisible();
  expect(screen.queryByLabelText('Key')).toBeNull();
});

test('what is written down of a run is told to who is signed in, and to nobody else', async () => {
  const nobody = await openPage();
  expect(screen.getByText('the goal. It does not store it.')).toBeVisible();
  expect(screen.queryByText('Your audit log')).toBeNull();
  nobody.unmount();
  await openPage(() => configNow({ me: { handle: 'ada' } }));
  expect(screen.getByText('Your audit log')).toBeVisible();
  expect(screen.getByText('a line about the run: who, when, provider, model and outcome.')).toBeVisible();
});

test('another provider’s key is noticed while it is in the field, and never sent', async () => {
  const page = await openPage();
  await withKey(page, `gsk_${'a1B2'.repeat(13)}`);
  expect(await screen.findByText(/looks like a key of Groq/)).toBeVisible();
  await page.user.click(planButton());
  expect(await screen.findByRole('alert')).toHaveTextContent(/looks like a key of Groq/);
  expect(keyField()).toHaveFocus();
  expect(keyField()).toBeInvalid();
  expect(keyField()).not.toHaveValue('');
  expect(goalField()).toHaveValue(GOAL);
  expect(page.run.requests).toHaveLength(0);
  expect(screen.queryByTestId('run')).toBeNull();
});

test('another provider’s key stays in the field while its provider is one press away', async () => {
  const page = await openPage();
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'azure');
  await enterGoal(page.user);
  await page.user.click(keyField());
  await page.user.paste(KEY);
  await page.user.click(await screen.findByRole('button', { name: 'Switch to Anthropic' }));
  expect(screen.getByLabelText('Provider')).toHaveValue('anthropic');
  expect(keyField()).toHaveValue(KEY);
  expect(await screen.findByText(/^In this tab only/)).toBeVisible();
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(keyField()).toHaveValue('');
});

test('without a key the press goes to the key field and nothing is sent', async () => {
  const { user, run } = await openPage();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await enterGoal(user);
  await user.click(planButton());
  expect(await screen.findByText('Anthropic needs a key. Paste yours.')).toBeVisible();
  expect(keyField()).toHaveFocus();
  expect(run.requests).toHaveLength(0);
});

test('where an endpoint may need no key, the field and the button say so', async () => {
  const own = PROVIDERS.flatMap((one) =>
    one.id === 'anthropic' ? { ...one, id: 'own', name: 'Our models', key: 'optional' as const } : [],
  );
  const { user, run } = await openPage(() => configNow({ providers: [...PROVIDERS, ...own] }));
  await user.selectOptions(screen.getByLabelText('Provider'), 'own');
  expect(screen.getByText(/^Leave it empty if this endpoint needs no key/)).toBeVisible();
  await enterGoal(user);
  const field = screen.getByLabelText('Key (may stay empty)');
  await user.type(field, 'x');
  expect(planButton()).toHaveTextContent('Plan with my key');
  await user.clear(field);
  expect(planButton()).toHaveTextContent('Plan without a key');
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
  expect(run.requests[0]?.headers.has(KEY_HEADER)).toBe(false);
  expect(screen.getByRole('button', { name: 'Planning without a key…' })).toBeVisible();
});
