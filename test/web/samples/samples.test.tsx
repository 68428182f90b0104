import { readFileSync } from 'node:fs';
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { isEventName } from '../../../shared/contract/events.ts';
import { readSample } from '../../../web/samples/read-sample.ts';
import { SAMPLE_GOALS } from '../../../web/samples/sample-goals.ts';
import { enterGoal, goalField, openPage } from '../support/compose-page.tsx';
import { GOAL, KEY } from '../support/fixtures.ts';

const fileOf = (id: string): unknown => JSON.parse(readFileSync(`web/samples/results/${id}.json`, 'utf8'));

test('there are eight to twelve goals, each with a name of its own', () => {
  expect(SAMPLE_GOALS.length).toBeGreaterThanOrEqual(8);
  expect(SAMPLE_GOALS.length).toBeLessThanOrEqual(12);
  expect(new Set(SAMPLE_GOALS.map(({ id }) => id)).size).toBe(SAMPLE_GOALS.length);
});

test.each(SAMPLE_GOALS.map((sample) => [sample.id, sample] as const))(
  '%s has a recorded run of its goal that ended well, with every draft of its plan',
  (id, { goal }) => {
    const { events } = fileOf(id) as { events: { event: string }[] };
    expect(events.filter(({ event }) => !isEventName(event))).toEqual([]);
    const { run, model } = readSample(fileOf(id));
    expect(run).toMatchObject({ status: 'done', asked: { goal } });
    expect(model).toBe('sandbox-1');
    const created = run.plan?.items.filter(({ action }) => action === 'create') ?? [];
    expect(created.length).toBeGreaterThan(0);
    for (const item of created) {
      const { draft, analysis } = run.drafts[item.id] ?? {};
      expect(draft?.body.length, item.name).toBeGreaterThan(400);
      expect(analysis?.digest, item.name).toBe(draft?.digest);
    }
  },
);

test('a newcomer sees the goal, a field for a key, and a sample result one click away', async () => {
  localStorage.clear();
  localStorage.setItem('oneturn.choice', '{}');
  const { user, run } = await openPage();
  expect(screen.getByLabelText('Provider')).toHaveValue('anthropic');
  expect(screen.getByLabelText('Key')).toBeVisible();
  const [first] = screen.getAllByRole('button', { name: 'See a sample result' });
  if (!first) throw new Error('there is no way to the samples');
  await user.click(first);
  expect(await screen.findByRole('heading', { name: 'Sample results' })).toHaveFocus();
  expect(screen.getByText(/This is a sample.*sandbox wrote them by rules, without a model/s)).toBeVisible();
  const drafts = await screen.findByRole('region', { name: 'Drafts' });
  expect(within(drafts).getAllByRole('article').length).toBeGreaterThan(1);
  // To look at alone: nothing of it is run, saved or changed.
  expect(screen.queryByTestId('run')).toBeNull();
  expect(screen.queryByRole('button', { name: /save|rework|redo/i })).toBeNull();
  expect(run.requests).toHaveLength(0);
});

test('another sample is a click away, and its goal fills the form, the typed one given back on demand', async () => {
  const { user } = await openPage();
  await enterGoal(user);
  await user.click(screen.getAllByRole('button', { name: 'See a sample result' })[0] as HTMLElement);
  await screen.findByRole('heading', { name: 'Sample results' });
  const before = await screen.findByRole('region', { name: 'Drafts' });
  await user.click(screen.getByRole('button', { name: 'Invoices' }));
  // while the next one is fetched the last one does not pass for it
  expect(before).not.toBeInTheDocument();
  const drafts = await screen.findByRole('region', { name: 'Drafts' });
  expect(drafts).toHaveTextContent(/invoice/i);
  await user.click(screen.getByRole('button', { name: 'Use this goal' }));
  expect(goalField()).toHaveFocus();
  expect(goalField().value).toBe(SAMPLE_GOALS.find(({ id }) => id === 'invoices')?.goal);
  expect(screen.getByRole('heading', { name: 'One goal in, a bundle of skills out' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(goalField()).toHaveValue(GOAL);
});

test('the sandbox is an offer beside the key, which stays in its field', async () => {
  localStorage.setItem('oneturn.choice', '{}');
  const { user } = await openPage();
  await user.click(screen.getByRole('button', { name: 'Try without a key' }));
  expect(screen.getByLabelText('Provider')).toHaveValue('sandbox');
  expect(screen.getByText(/No key needed, and no real model/)).toBeVisible();
  expect(JSON.stringify({ ...localStorage })).not.toContain(KEY);
});
