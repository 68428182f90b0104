import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, onTestFinished, test } from 'vitest';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { keyField, type OpenPage, openPage, planButton, withKey } from '../support/compose-page.tsx';
import { INTENT, RUN } from '../support/fixtures.ts';
import { server } from '../support/server.ts';

const QUESTION = {
  id: 'q1',
  text: 'Who reads them?',
  default: 'Customers',
  assumption: 'Customers read them',
};
const UP_TO_PLAN: readonly ComposeEvent[] = [
  ...RUN.slice(0, 2),
  { event: 'intent', data: { ...INTENT, questions: [QUESTION] } },
  ...RUN.slice(3, 7),
  {
    event: 'review',
    data: {
      state: 'waiting',
      leftMs: 20_000,
      touched: false,
      offers: [{ owner: 'ada', name: 'log-changes', version: '2.0.0', description: 'Logs changes.' }],
    },
  },
];

/** What the page sends to the run, answered as the server does. */
function answers(status = 200, body: object = { leftMs: 180_000 }): unknown[] {
  const sent: unknown[] = [];
  server.use(
    http.post(ROUTES.byoPlan(':run'), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(body, { status });
    }),
  );
  return sent;
}

async function openReview(): Promise<OpenPage> {
  const page = await openPage();
  await withKey(page);
  await page.user.click(planButton());
  page.run.send(...UP_TO_PLAN);
  // What waits would be sent in the middle of another test.
  onTestFinished(() => page.run.over(...RUN.slice(-1)));
  await screen.findByRole('heading', { name: 'Look at the plan' });
  return page;
}

test('shows the plan, the clock and where the key waits; the first touch is told once', async () => {
  const sent = answers();
  const { user } = await openReview();
  expect(screen.getByTestId('review-left')).toHaveTextContent(/^Goes on by itself in (?:20|19) s$/);
  expect(screen.getByText(/Your key stays in this server’s memory while the plan waits/)).toBeVisible();
  expect(keyField()).toHaveValue('');
  await user.click(screen.getByLabelText('Who reads them?'));
  await user.click(screen.getAllByLabelText('Name')[0] as HTMLElement); // as: the plan has two new skills
  await waitFor(() => expect(sent).toEqual([{ touch: true }]));
});

test('a touch that did not reach the server is told again', async () => {
  const sent = answers(500, { error: { code: 'internal', message: 'x' } });
  const { user } = await openReview();
  await user.click(screen.getByLabelText('Who reads them?'));
  await waitFor(() => expect(sent).toEqual([{ touch: true }]));
  const heard = answers();
  await user.type(screen.getByLabelText('Who reads them?'), '!');
  await waitFor(() => expect(heard).toEqual([{ touch: true }]));
});

test('who comes back from another page finds what they changed, and it is sent from there in time', async () => {
  const sent = answers();
  const { run, leave, comeBack } = await openReview();
  const fill = (label: string, value: string): void => {
    const [field] = screen.getAllByLabelText(label);
    fireEvent.change(field as HTMLElement, { target: { value } }); // as: the plan has such a field
  };
  fill('Who reads them?', 'Only the team');
  fill('Name', 'gather changes-');
  leave();
  expect(screen.queryByRole('heading', { name: 'Look at the plan' })).toBeNull();
  comeBack();
  expect(await screen.findByLabelText('Who reads them?')).toHaveValue('Only the team');
  expect(screen.getAllByLabelText('Name')[0]).toHaveValue('gather-changes-');
  leave();
  run.send({ event: 'review', data: { state: 'waiting', leftMs: 3000, touched: true, offers: [] } });
  // A name that is half typed is none that the server would take.
  await waitFor(() =>
    expect(sent).toMatchObject([
      { answers: { q1: 'Only the team' }, plan: { items: [{ name: 'collect-changes' }, {}, {}] } },
    ]),
  );
});

test('sends what was changed when its time is nearly over, and nothing where nothing was', async () => {
  const sent = answers();
  const { run } = await openReview();
  run.send({ event: 'review', data: { state: 'waiting', leftMs: 3000, touched: true, offers: [] } });
  await waitFor(() => expect(screen.getByTestId('review-left')).toHaveTextContent('in 0:0'));
  expect(sent).toEqual([]);
  fireEvent.change(screen.getByLabelText('Who reads them?'), { target: { value: 'Only the team' } });
  await waitFor(() => expect(sent).toMatchObject([{ answers: { q1: 'Only the team' } }]));
});

test('sends back what was changed, with the answers, and shows the run that goes on', async () => {
  const sent = answers();
  const { user, run } = await openReview();
  const [name] = screen.getAllByLabelText('Name');
  fireEvent.change(name as HTMLElement, { target: { value: 'Gather Changes' } }); // as: there are two
  fireEvent.change(screen.getByLabelText('Who reads them?'), { target: { value: 'Only the team' } });
  const second = screen.getByRole('listitem', { name: 'write-notes' });
  await user.click(within(second).getByText('Outline, files and tools'));
  fireEvent.change(within(second).getByLabelText(/^Outline/), { target: { value: 'One\n\nTwo' } });
  await user.click(screen.getByRole('button', { name: 'Write a skill for it' }));
  expect(screen.getByDisplayValue('send-the-notes')).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'More for conventional-commits' }));
  await user.click(screen.getByRole('menuitem', { name: 'Drop' }));
  await user.click(screen.getByRole('button', { name: 'Draft now' }));
  await waitFor(() => expect(sent.at(-1)).toHaveProperty('plan'));
  expect(sent.at(-1)).toMatchObject({
    answers: { q1: 'Only the team' },
    plan: {
      items: [
        { id: 'i1', name: 'gather-changes' },
        { id: 'i2', outline: ['One', 'Two'] },
        { id: 'i4', name: 'send-the-notes', covers: ['c3'] },
      ],
      uncovered: [],
    },
  });
  run.send({ event: 'review', data: { state: 'over', by: 'user' } }, ...RUN.slice(7));
  expect(await screen.findByRole('region', { name: 'Drafts' })).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Look at the plan' })).toBeNull();
});

test('says what is wrong with a plan, and keeps it', async () => {
  const message = 'Two skills are called write-notes. Rename one.';
  answers(422, { error: { code: 'invalid_field', field: 'plan', message } });
  const { user } = await openReview();
  const [name] = screen.getAllByLabelText('Name');
  fireEvent.change(name as HTMLElement, { target: { value: 'write-notes' } }); // as: there are two
  await user.click(screen.getByRole('button', { name: 'Draft now' }));
  expect(await screen.findByText(message)).toBeVisible();
  fireEvent.change(name as HTMLElement, { target: { value: '' } }); // as above
  await user.click(screen.getByRole('button', { name: 'Draft now' }));
  expect(await screen.findByText('A skill has no name. Give it one.')).toBeVisible();
});

test('Esc in a field cancels nothing', async () => {
  answers();
  const { user } = await openReview();
  await user.click(screen.getByLabelText('Who reads them?'));
  await user.keyboard('{Escape}');
  expect(screen.getByRole('heading', { name: 'Look at the plan' })).toBeVisible();
});

test('"draft right away" is remembered, and taken back beside the button', async () => {
  answers();
  const first = await openReview();
  await first.user.click(screen.getByLabelText('Draft right away the next time'));
  first.unmount();
  sessionStorage.clear();

  const page = await openPage();
  await withKey(page);
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests.length).toBe(1));
  expect(await page.run.requests[0]?.json()).not.toHaveProperty('review');
  page.run.send(...RUN);
  page.run.end();
  await screen.findByRole('heading', { name: 'Receipt' });
  await page.user.click(screen.getByLabelText('Let me look at the plan before it is drafted'));
  await page.user.click(keyField());
  await page.user.paste('sk-ant-api03-Kq7wZt2mKq7wZt2mKq7wZt2mKq7wZt2mKq7wZt2m');
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests.length).toBe(2));
  expect(await page.run.requests[1]?.json()).toMatchObject({ review: true });
});
