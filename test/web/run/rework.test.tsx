import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test, vi } from 'vitest';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER } from '../../../shared/contract/run-limits.ts';
import { keyField, type OpenPage, openPage, planButton, withKey } from '../support/compose-page.tsx';
import { analysisOf, draftOf, KEY, RUN, receiptOf } from '../support/fixtures.ts';
import { server } from '../support/server.ts';

const NOTE = 'Shorter. We use pnpm.';
const NEW_BODY = '# collect-changes\n\nRun pnpm.';
const ANSWER: readonly ComposeEvent[] = [
  { event: 'run', data: { id: 'run-2' } },
  { event: 'phase', data: { phase: 'drafting', state: 'start', done: 0, of: 1 } },
  { event: 'draft', data: draftOf('i1') },
  { event: 'draft', data: draftOf('i1', { revision: 2, body: NEW_BODY, digest: 'sha256:new' }) },
  { event: 'analysis', data: analysisOf('i1', { digest: 'sha256:new' }) },
  { event: 'phase', data: { phase: 'drafting', state: 'done', done: 1, of: 1 } },
];
const DONE: readonly ComposeEvent[] = [
  { event: 'receipt', data: receiptOf({ run: 'run-2' }) },
  { event: 'done', data: { drafts: 1 } },
];

/** A run that is over, with its first draft open and a wish sent. */
async function reworking(): Promise<OpenPage> {
  const page = await openPage();
  await withKey(page);
  await page.user.click(planButton());
  page.run.send(...RUN);
  page.run.end();
  await page.user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  fireEvent.change(await screen.findByLabelText('Rework it in your own words'), { target: { value: NOTE } });
  await page.user.click(screen.getByRole('button', { name: 'Rework' }));
  expect(await screen.findByText('Paste your key again, then rework the draft.')).toBeVisible();
  await page.user.click(keyField());
  await page.user.paste(KEY);
  await page.user.click(screen.getByRole('button', { name: 'Rework' }));
  await waitFor(() => expect(page.run.requests.length).toBe(2));
  return page;
}
const tile = (name = 'collect-changes') => within(screen.getByRole('article', { name }));

test('sends the one draft with the user’s words, and shows what became of it as a diff', async () => {
  const { user, run } = await reworking();
  const [, request] = run.requests;
  expect(request?.headers.get(KEY_HEADER)).toMatch(/^sealed\./);
  const { redraft, review } = JSON.parse((await request?.text()) ?? '{}');
  expect(review).toBeUndefined();
  expect(redraft.items).toEqual([{ id: 'i1', body: draftOf('i1').body, notes: [NOTE] }]);
  run.send(...ANSWER, ...DONE);
  run.end();
  const answer = within(await screen.findByRole('region', { name: 'collect-changes, reworked' }));
  expect(answer.getByText('Do it well.').closest('li')).toHaveAttribute('data-kind', 'removed');
  expect(answer.getByText('Run pnpm.').closest('li')).toHaveAttribute('data-kind', 'added');
  await user.click(answer.getByRole('button', { name: 'Accept' }));
  expect(screen.queryByRole('region', { name: 'collect-changes, reworked' })).toBeNull();
  expect(tile().getByText('Run pnpm.')).toBeVisible();
});

test('refused, the draft is as it was', async () => {
  const { user, run } = await reworking();
  run.send(...ANSWER, ...DONE);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'Refuse' }));
  expect(tile().getByText('Do it well.')).toBeVisible();
  expect(tile().queryByText('Run pnpm.')).toBeNull();
});

test('a wish that came to nothing is said with its reason', async () => {
  const { run } = await reworking();
  const dropped = { rule: 'revision.dropped', severity: 'info' as const, message: 'It was the same text.' };
  run.send(
    { event: 'run', data: { id: 'run-2' } },
    { event: 'draft', data: draftOf('i1') },
    { event: 'analysis', data: analysisOf('i1', { findings: [dropped] }) },
    ...DONE,
  );
  run.end();
  const answer = await screen.findByRole('region', { name: 'collect-changes, reworked' });
  expect(answer).toHaveTextContent(`Nothing was changed for ${NOTE}. It was the same text.`);
  expect(within(answer).queryByRole('button', { name: 'Refuse' })).toBeNull();
});

test('while an answer waits to be accepted, no other draft is reworked', async () => {
  const { user, run } = await reworking();
  run.send(...ANSWER, ...DONE);
  run.end();
  await screen.findByRole('button', { name: 'Refuse' });
  await user.click(screen.getByRole('button', { name: 'write-notes' }));
  expect(await tile('write-notes').findByText(/^Accept or refuse the reworked draft first/)).toBeVisible();
  expect(screen.queryByLabelText('Rework it in your own words')).toBeNull();
  expect(screen.queryByRole('button', { name: /^Redo what is missing/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Refuse' }));
  expect(screen.getAllByLabelText('Rework it in your own words')).toHaveLength(2);
});

test('cancelled before there is a text, nothing of it stays', async () => {
  server.use(
    http.get(ROUTES.byoReceipt(':run'), () => HttpResponse.json(receiptOf({ outcome: 'cancelled' }))),
  );
  const { user, run } = await reworking();
  run.send(...ANSWER.slice(0, 3));
  run.send({ event: 'text', data: { item: 'i1', revision: 2, delta: 'Half of it' } });
  screen.getByRole('heading', { level: 1 }).focus();
  await user.keyboard('{Escape}');
  await screen.findByRole('heading', { name: /^Cancelled after/ });
  expect(tile().getByText('Do it well.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Refuse' })).toBeNull();
});

test('a draft is changed by hand, judged while it is typed, and undone', async () => {
  const { user, run } = await openPage();
  await user.type(screen.getByLabelText('Goal'), 'Notes');
  await user.click(planButton());
  run.send(...RUN);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  await user.click(await screen.findByRole('tab', { name: 'Edit' }));
  const field = (): HTMLElement => screen.getByLabelText('Body of collect-changes');
  const mine = '# Mine\n\n```sh\nrm -rf ~/\n```\n';
  expect(field()).toHaveValue(draftOf('i1').body);
  fireEvent.change(field(), { target: { value: mine } });
  // Neither another tab nor a closed tile takes away what was typed.
  await user.click(screen.getByRole('tab', { name: 'Source' }));
  await user.click(screen.getByRole('button', { name: 'collect-changes' }));
  await user.click(screen.getByRole('button', { name: 'collect-changes' }));
  await user.click(await screen.findByRole('tab', { name: 'Edit · not kept' }));
  expect(field()).toHaveValue(mine);
  expect(await tile().findByText(/^(?:blocked|review) · \d+ finding/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Keep' }));
  expect(await screen.findByText('Changed collect-changes.')).toBeVisible();
  expect(tile().getByText('rm -rf ~/')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(tile().getByText('Do it well.')).toBeVisible();
});

test('a wish stays while its key is fetched, and is gone when it was sent', async () => {
  const { user, run } = await reworking();
  run.send(...ANSWER, ...DONE);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'Accept' }));
  expect(await screen.findByLabelText('Rework it in your own words')).toHaveValue('');
  fireEvent.change(screen.getByLabelText('Rework it in your own words'), { target: { value: 'In German' } });
  await user.click(screen.getByRole('button', { name: 'collect-changes' }));
  await user.click(screen.getByRole('button', { name: 'collect-changes' }));
  expect(await screen.findByLabelText('Rework it in your own words')).toHaveValue('In German');
});

test('over plain http, where a text has no digest, none is offered to be changed here', async () => {
  const { user, run } = await openPage();
  await user.type(screen.getByLabelText('Goal'), 'Notes');
  await user.click(planButton());
  run.send(...RUN);
  run.end();
  await screen.findByRole('button', { name: 'collect-changes' });
  const { crypto } = globalThis;
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  try {
    await user.click(screen.getByRole('button', { name: 'collect-changes' }));
    expect(await screen.findByRole('tab', { name: 'Source' })).toBeVisible();
    expect(screen.queryByRole('tab', { name: 'Edit' })).toBeNull();
    expect(screen.getByLabelText('Rework it in your own words')).toBeVisible();
  } finally {
    vi.stubGlobal('crypto', crypto);
  }
});
