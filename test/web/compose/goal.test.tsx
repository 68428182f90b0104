import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { fileNameOf } from '../../../web/ui/download.ts';
import {
  enterGoal,
  goalField,
  keyField,
  openModels,
  openPage,
  planButton,
  withKey,
} from '../support/compose-page.tsx';
import { GOAL, KEY } from '../support/fixtures.ts';

test('Ctrl and Enter while an input method converts start nothing', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  fireEvent.keyDown(goalField(), { key: 'Enter', ctrlKey: true, isComposing: true });
  fireEvent.keyDown(goalField(), { key: 'Enter', metaKey: true, keyCode: 229 });
  await user.click(screen.getByLabelText('Stop at'));
  expect(run.requests).toHaveLength(0);
  fireEvent.keyDown(goalField(), { key: 'Enter', metaKey: true });
  await waitFor(() => expect(run.requests).toHaveLength(1));
});

test('Esc in a field stops no run that costs money; anywhere else it does', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
  await user.click(goalField());
  await user.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Planning in the sandbox…' })).toBeVisible();
  screen.getByRole('button', { name: 'Planning in the sandbox…' }).focus();
  await user.keyboard('{Escape}');
  await run.left;
});

test('an example gives a typed goal back', async () => {
  const { user } = await openPage();
  await user.click(screen.getByRole('button', { name: 'CSV checks' }));
  await user.click(screen.getByRole('button', { name: 'Release notes' }));
  // One example in place of another takes nothing from anybody.
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  await user.clear(goalField());
  await enterGoal(user);
  await user.click(screen.getByRole('button', { name: 'CSV checks' }));
  expect(goalField()).not.toHaveValue(GOAL);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(goalField()).toHaveValue(GOAL);
});

test('control characters of slides and PDFs are left out, and that is said', async () => {
  const { user, run } = await openPage();
  await user.click(goalField());
  await user.paste('One\u000bTwo\u0001\u001f\u007f\u000cThree');
  expect(goalField()).toHaveValue('One\nTwo\nThree');
  expect(screen.getByText(/Left out 3 control characters that came along/)).toBeVisible();
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
  expect(await run.requests[0]?.json()).toMatchObject({ goal: 'One\nTwo\nThree' });
});

test('"Another model id…" goes on in its field', async () => {
  const { user } = await openPage();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await openModels(user);
  await user.click(screen.getByRole('option', { name: 'Another model id…' }));
  expect(screen.getByLabelText('Model id')).toHaveFocus();
});

test('over plain http a key stays in its field with what to do, and the sandbox works', async () => {
  const page = await openPage();
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  try {
    await withKey(page);
    await page.user.click(planButton());
    expect(await screen.findByText(/Open it by https, or on localhost/)).toBeVisible();
    expect(keyField()).toHaveValue(KEY);
    expect(page.run.requests).toHaveLength(0);
    await page.user.selectOptions(screen.getByLabelText('Provider'), 'sandbox');
    await page.user.click(planButton());
    await waitFor(() => expect(page.run.requests).toHaveLength(1));
    expect(page.run.requests[0]?.headers.get('x-run-id')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  } finally {
    vi.unstubAllGlobals();
  }
});

test.each([
  ['Release notes from pull requests', 'release-notes-from-pull-requests'],
  ['Wöchentliche Übersicht!', 'wöchentliche-übersicht'],
  ['リリースノート', 'リリースノート'],
  ['../../etc/passwd', 'etc-passwd'],
  ['CON: a\u0000b', 'con-a-b'],
  ['…', 'skills'],
  [`${'long '.repeat(12)}x`, `${'long-'.repeat(12)}`.slice(0, 59)],
])('%s is packed into %s', (title, name) => {
  expect(fileNameOf(title)).toBe(name);
});
