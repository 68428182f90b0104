import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { PlanContent } from '../../../web/plans/plan-content.tsx';
import { openAt, savedPlan, summaryOf } from '../support/account-page.tsx';
import { enterGoal, openPage, planButton } from '../support/compose-page.tsx';
import { analysisOf, draftOf, RUN } from '../support/fixtures.ts';
import { server } from '../support/server.ts';

const NOTE = {
  text: 'Say for whom.',
  must: false,
  where: 'Title',
  patch: { old: 'Do it well.', new: 'Do it well, for customers.' },
};
const REVISED: ComposeEvent = {
  event: 'revision',
  data: {
    item: 'i1',
    revision: 2,
    by: 'patches',
    notes: [{ text: 'Name the file.', must: true, where: 'Step 1' }],
    before: '# collect-changes\n\nDo it.',
    after: '# collect-changes\n\nDo it well.',
  },
};
/** The run of the fixtures, whose first draft was revised and has a suggestion left. */
const EVENTS = RUN.flatMap((event) =>
  event.event === 'analysis' && event.data.item === 'i1'
    ? [
        REVISED,
        { event: 'draft' as const, data: draftOf('i1', { revision: 2 }) },
        { ...event, data: analysisOf('i1', { notes: [NOTE] }) },
      ]
    : [event],
);

test('shows what a revision changed, applies a suggestion, and takes it back', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  run.send(...EVENTS);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'collect-changes' }));

  await user.click(await screen.findByRole('tab', { name: /Revised/ }));
  expect(screen.getByText('Revised: 1 note worked in.')).toBeVisible();
  const changes = within(screen.getByRole('region', { name: 'What the revision changed' }));
  expect(changes.getByText('Do it.').closest('li')).toHaveAttribute('data-kind', 'removed');
  expect(changes.getByText('Do it well.').closest('li')).toHaveAttribute('data-kind', 'added');

  await user.click(screen.getByRole('tab', { name: /Findings/ }));
  await user.click(screen.getByRole('button', { name: 'Apply' }));
  expect(await screen.findByText('Applied a suggestion to collect-changes.')).toBeVisible();
  expect(screen.queryByText(NOTE.text)).toBeNull();
  await user.click(screen.getByRole('tab', { name: 'Rendered' }));
  expect(screen.getByText('Do it well, for customers.')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.queryByText('Do it well, for customers.')).toBeNull();
  const tile = within(screen.getByRole('article', { name: 'collect-changes' }));
  expect(tile.getByText('Do it well.')).toBeVisible();
});

test('in a saved plan a suggestion is written to the account, against the version that was seen', async () => {
  const plan: SavedPlan = savedPlan({ analyses: [analysisOf('i1', { notes: [NOTE] })] });
  const sent: { match: string | null; body: Partial<SavedPlan> }[] = [];
  server.use(
    http.patch('/v1/plans/:id', async ({ request }) => {
      // as: the page sends parts of a plan
      sent.push({
        match: request.headers.get('if-match'),
        body: (await request.json()) as Partial<SavedPlan>,
      });
      return HttpResponse.json(summaryOf({ ...plan, rev: plan.rev + sent.length }));
    }),
  );
  const { user } = openAt(`/me/plans/${plan.id}`, <PlanContent plan={plan} />);
  await user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  await user.click(await screen.findByRole('tab', { name: /Findings/ }));
  await user.click(screen.getByRole('button', { name: 'Apply' }));
  await waitFor(() => expect(sent.length).toBe(1));
  expect(sent[0]?.match).toBe('"1"');
  expect(sent[0]?.body.drafts?.find(({ item }) => item === 'i1')?.body).toContain('for customers.');
  expect(sent[0]?.body.drafts?.length).toBe(plan.drafts.length);

  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(sent.length).toBe(2));
  expect(sent[1]?.match).toBe('"2"');
  expect(sent[1]?.body.drafts?.find(({ item }) => item === 'i1')?.body).toBe(plan.drafts[0]?.body);
});
