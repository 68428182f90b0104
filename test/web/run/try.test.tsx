import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { choiceCall } from '../../../shared/compose/prompts/choice.ts';
import { evalsCall } from '../../../shared/compose/prompts/evals.ts';
import { judgementCall } from '../../../shared/compose/prompts/judgement.ts';
import { taskCall } from '../../../shared/compose/prompts/task.ts';
import type { SkillEvals, Trial } from '../../../shared/contract/evals.ts';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import { KEY_HEADER } from '../../../shared/contract/run-limits.ts';
import { PlanContent } from '../../../web/plans/plan-content.tsx';
import { changedEvals } from '../../../web/run/draft/try/evals-form.tsx';
import { openAt, savedPlan } from '../support/account-page.tsx';
import { keyField, type OpenPage, openPage, planButton, withKey } from '../support/compose-page.tsx';
import { draftOf, KEY, RUN, receiptOf } from '../support/fixtures.ts';

const EVALS: SkillEvals = {
  item: 'i1',
  load: ['Collect what was merged', 'What changed this week?'],
  skip: ['Merge this request', 'What is a changelog?'],
  task: {
    prompt: 'Collect these',
    files: [{ path: 'log.txt', content: 'one\n' }],
    expectations: [{ text: 'Names the merge.', contains: ['one'] }, { text: 'Is short.' }],
  },
};
const TRIAL: Trial = {
  ...{ item: 'i1', digest: draftOf('i1').digest, provider: 'anthropic', model: 'claude-sonnet-5' },
  prompts: [
    { text: 'Collect what was merged', should: true, chosen: ['collect-changes'] },
    { text: 'What changed this week?', should: true, chosen: [] },
    { text: 'Merge this request', should: false, chosen: ['other-skill'] },
    { text: 'What is a changelog?', should: false, chosen: null },
  ],
  task: {
    answer: 'one\n',
    verdicts: [
      { text: 'Names the merge.', passed: true, by: 'judge', why: '“one”' },
      { text: 'Is short.', passed: null, by: 'judge', why: 'The judge said nothing of it.' },
    ],
  },
};
const BEGUN: readonly ComposeEvent[] = [
  { event: 'run', data: { id: 'run-2' } },
  { event: 'evals', data: EVALS },
  { event: 'trial', data: TRIAL },
];
const DONE: readonly ComposeEvent[] = [
  { event: 'receipt', data: receiptOf({ run: 'run-2' }) },
  { event: 'done', data: { drafts: 0 } },
];

/** A run that is over, with its first draft open at "Try". */
async function opened(): Promise<OpenPage> {
  const page = await openPage();
  await withKey(page);
  await page.user.click(planButton());
  page.run.send(...RUN);
  page.run.end();
  await page.user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  await page.user.click(await screen.findByRole('tab', { name: 'Try' }));
  return page;
}

/** The same, with the key given anew and the skill being tried. */
async function trying(): Promise<OpenPage> {
  const page = await opened();
  await page.user.click(await screen.findByRole('button', { name: 'Try collect-changes' }));
  expect(await screen.findByText('Paste your key again, then try it.')).toBeVisible();
  await page.user.click(keyField());
  await page.user.paste(KEY);
  await page.user.click(screen.getByRole('button', { name: 'Try collect-changes' }));
  await waitFor(() => expect(page.run.requests.length).toBe(2));
  return page;
}

test('says what it costs, sends the one skill with the others’ names, and shows hits and misses as they come', async () => {
  const { run } = await trying();
  const [, request] = run.requests;
  expect(request?.headers.get(KEY_HEADER)).toMatch(/^sealed\./);
  const { trial, review, redraft } = JSON.parse((await request?.text()) ?? '{}');
  expect([review, redraft]).toEqual([undefined, undefined]);
  expect(trial.items).toMatchObject([{ id: 'i1', name: 'collect-changes', body: draftOf('i1').body }]);
  expect(trial.others.map(({ name }: { name: string }) => name)).not.toContain('collect-changes');
  expect(trial.others.length).toBeGreaterThan(0);

  run.send(...BEGUN);
  expect(await screen.findByText('Loaded for 1 of 2 that should load it')).toBeVisible();
  expect(screen.getByText('Left alone for 1 of 1 near misses')).toBeVisible();
  expect(screen.getByText('1 without an answer so far.')).toBeVisible();
  expect(screen.getByText('Its task shows 1 of 2 that it must show')).toBeVisible();
  expect(screen.getByText('Trying…')).toBeVisible();
  run.send(...DONE);
  run.end();
  const again = await screen.findByRole('button', { name: 'Try collect-changes' });
  expect(again.nextElementSibling).toHaveTextContent(/^about \$0\.\d+ to \$0\.\d+$/);
  expect(screen.getByText('shown')).toHaveClass('ok');
  expect(screen.getByText('unclear')).toHaveClass('warn');

  fireEvent.click(screen.getByText('Each prompt, and what was loaded for it'));
  const row = within(screen.getByRole('row', { name: /What changed this week/ }));
  expect(row.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
    ...['What changed this week?', 'yes', 'none', 'wrong'],
  ]);
});

test('every call of a try is a try in the timeline, by its skill where it is about one', async () => {
  const { run } = await trying();
  const { task = { prompt: '', files: [], expectations: [] } } = EVALS;
  const skill = { name: 'collect-changes', description: '', body: '' };
  const calls = [
    evalsCall({ ...skill, goal: '', item: 'i1', siblings: [], several: false }),
    choiceCall([], [], 1),
    taskCall({ id: 'i1', text: '', files: [] }, task),
    judgementCall('i1', task, ''),
  ];
  run.send(
    ...BEGUN,
    ...calls.map(
      ({ id, phase, item }): ComposeEvent => ({
        event: 'call',
        data: { call: id, phase, item, state: 'start' },
      }),
    ),
  );
  const timeline = within(await screen.findByRole('region', { name: 'Where time and money go' }));
  const rows = timeline.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(rows.map((row) => row?.match(/^try (?:collect-changes)?/)?.[0])).toEqual([
    ...['try collect-changes', 'try ', 'try collect-changes', 'try collect-changes'],
  ]);
});

test('a cancelled try keeps what came of it', async () => {
  const { run, user } = await trying();
  run.send(...BEGUN);
  await screen.findByText('Loaded for 1 of 2 that should load it');
  const [cancel] = screen.getAllByRole('button', { name: /Cancel/ });
  if (!cancel) throw new Error('nothing cancels');
  await user.click(cancel);
  expect(await screen.findByText(/Cancelled after/)).toBeVisible();
  expect(screen.getByText('Loaded for 1 of 2 that should load it')).toBeVisible();
});

test('what is changed of the prompts is what the next try sends', async () => {
  const { run, user } = await trying();
  run.send(...BEGUN, ...DONE);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'Prompts and task' }));
  const load = screen.getByLabelText('Prompts that should load it, one a line');
  fireEvent.change(load, { target: { value: 'List the merges\n\nList the merges\n' } });
  await user.click(screen.getByRole('button', { name: 'Keep these' }));
  await user.click(keyField());
  await user.paste(KEY);
  await user.click(screen.getByRole('button', { name: 'Try collect-changes' }));
  await waitFor(() => expect(run.requests.length).toBe(3));
  const { trial } = JSON.parse((await run.requests[2]?.text()) ?? '{}');
  expect(trial.items[0].evals).toEqual({ ...EVALS, load: ['List the merges'] });
});

test('a saved plan shows what came of it, and says so where the text is another one by now', async () => {
  const plan = savedPlan({ evals: [EVALS], trials: [{ ...TRIAL, digest: 'sha256:before' }] });
  const { user } = openAt(`/me/plans/${plan.id}`, <PlanContent plan={plan} />);
  await user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  await user.click(await screen.findByRole('tab', { name: 'Try' }));
  expect(await screen.findByText('Loaded for 1 of 2 that should load it')).toBeVisible();
  expect(screen.getByText(/That was another text/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Open in Compose to try it' })).toHaveAttribute(
    'href',
    `/compose?plan=${plan.id}`,
  );
});

test('an expectation whose sentence stayed keeps its checks', () => {
  const typed = { load: 'a', skip: 'b', task: 'Do', wanted: 'Is short.\nNames the merge.\nNew one.' };
  expect(changedEvals(EVALS, typed).task?.expectations).toEqual([
    { text: 'Is short.' },
    { text: 'Names the merge.', contains: ['one'] },
    { text: 'New one.' },
  ]);
  expect(changedEvals(EVALS, { ...typed, wanted: ' ' }).task).toBeUndefined();
});
