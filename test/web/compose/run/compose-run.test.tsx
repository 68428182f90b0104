import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import { KEY_HEADER } from '../../../../shared/contract/run-limits.ts';
import {
  enterGoal,
  goalField,
  keyField,
  mountPage,
  openModels,
  openPage,
  planButton,
  withKey,
} from '../../support/compose-page.tsx';
import { configNow, draftOf, GOAL, KEY, model, RUN, receiptOf } from '../../support/fixtures.ts';
import { server } from '../../support/server.ts';

test('Esc hangs up, keeps what was written, and the receipt comes after', async () => {
  const { user, run } = await openPage();
  server.use(
    http.get(ROUTES.byoReceipt(':run'), () =>
      HttpResponse.json(
        receiptOf({ outcome: 'cancelled', cancel: { phase: 'drafting', closedMs: 1.7, sockets: 0 } }),
      ),
    ),
  );
  await enterGoal(user);
  await user.click(planButton());
  run.send(...RUN.slice(0, 13), { event: 'text', data: { item: 'i2', revision: 1, delta: 'half a text' } });
  await screen.findByText('half a text');
  await user.keyboard('{Escape}');
  await run.left;
  expect(await screen.findByRole('heading', { name: /^Cancelled after/ })).toBeVisible();
  expect(screen.getByText('The goal, the plan and 1 draft are kept in this tab.')).toBeVisible();
  expect(screen.getByText('stopped while written')).toBeVisible();
  expect(await screen.findByText('1.7 ms, 0 open sockets')).toBeVisible();
});

test('leaving the page hangs up and keeps the run for the next one', async () => {
  const first = await openPage();
  await enterGoal(first.user);
  await first.user.click(planButton());
  first.run.send(...RUN.slice(0, 13));
  await screen.findByRole('button', { name: 'collect-changes' });
  dispatchEvent(new Event('pagehide'));
  await first.run.left;
  first.unmount();

  server.use(
    http.get(ROUTES.byoReceipt(':run'), () =>
      HttpResponse.json(receiptOf({ outcome: 'cancelled', auditEntries: 1 })),
    ),
  );
  await openPage();
  expect(await screen.findByRole('heading', { name: 'This run ended when the page was left' })).toBeVisible();
  expect(goalField()).toHaveValue(GOAL);
  expect(screen.getByRole('button', { name: 'collect-changes' })).toBeVisible();
  expect(await screen.findByRole('heading', { name: 'Receipt' })).toBeVisible();
  expect(screen.getByText('0 of the run, 1 in your audit log')).toBeVisible();
});

test('a server that stops in the middle loses nothing that was written', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  run.send(...RUN.slice(0, 13));
  run.end();
  expect(
    await screen.findByRole('heading', { name: 'The connection ended before the run did' }),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Redo what is missing (2)' })).toBeVisible();
});

test('a redo sends plan and what is missing, and the rest stays', async () => {
  const page = await openPage();
  await enterGoal(page.user);
  await page.user.click(planButton());
  page.run.send(...RUN.slice(0, 16), {
    event: 'failed',
    data: { error: { code: 'provider_failed', reason: 'truncated', message: 'It broke off.' } },
  });
  page.run.end();
  expect(await screen.findByRole('heading', { name: 'Answer cut off' })).toBeVisible();
  expect(screen.getByText('It broke off.')).toBeVisible();

  await page.user.clear(goalField());
  await page.user.type(goalField(), 'something else');
  await page.user.click(screen.getByRole('button', { name: 'Redo what is missing (1)' }));
  await waitFor(() => expect(page.run.requests).toHaveLength(2));
  const body = await page.run.requests[1]?.json();
  expect(body).toMatchObject({ goal: GOAL, redraft: { items: [{ id: 'i2' }] } });
  page.run.send(
    { event: 'run', data: { id: 'run-2' } },
    { event: 'draft', data: draftOf('i2') },
    { event: 'done', data: { drafts: 1 } },
  );
  expect(await screen.findByRole('button', { name: 'write-notes' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'collect-changes' })).toBeVisible();
});

test('a rejected key says so with its receipt, keeps the goal and leads back to the key field', async () => {
  const page = await openPage();
  server.use(
    http.get(ROUTES.byoReceipt(':run'), () =>
      HttpResponse.json(receiptOf({ outcome: 'failed', failure: 'key_rejected', ms: 300 })),
    ),
    http.post(ROUTES.byo, () =>
      HttpResponse.json({ error: { code: 'key_rejected', message: 'Copy it again.' } }, { status: 422 }),
    ),
  );
  await withKey(page);
  await page.user.click(planButton());
  expect(await screen.findByRole('heading', { name: 'Key rejected' })).toBeVisible();
  expect(await screen.findByText('failed after 0.3 s')).toBeVisible();
  expect(goalField()).toHaveValue(GOAL);
  expect(keyField().value).toBe('');
  await page.user.click(screen.getByRole('button', { name: 'Paste a key' }));
  expect(keyField()).toHaveFocus();
});

test('a check asks sealed, leaves the key in its field and narrows the models for this tab', async () => {
  const page = await openPage();
  let asked: Request | undefined;
  server.use(
    http.post(ROUTES.byoCheck, ({ request }) => {
      asked = request.clone();
      return HttpResponse.json({
        verdict: 'works',
        message: 'The key works.',
        models: [
          model('claude-next', null, null, new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)),
          model('claude-sonnet-5', 3, 15, '2999-01-01'),
          model('claude-haiku-4-5', 1, 5),
        ],
      });
    }),
  );
  await withKey(page);
  await page.user.click(screen.getByRole('button', { name: 'Check my key' }));
  expect(await screen.findByText('The key works.')).toBeVisible();
  expect(keyField().value).toBe(KEY);
  expect(asked?.headers.get(KEY_HEADER)).toMatch(/^sealed\./);
  expect(await asked?.json()).toEqual({ provider: 'anthropic', model: 'claude-sonnet-5' });
  const list = await openModels(page.user);
  // The vendor's order, the newest first.
  expect(
    within(list)
      .getAllByRole('option')
      .map((option) => option.firstElementChild?.textContent ?? option.textContent),
  ).toEqual(['claude-next', 'claude-sonnet-5', 'claude-haiku-4-5', 'Another model id…']);
  expect(screen.getByRole('option', { name: /^claude-next/ })).toHaveTextContent(
    /shuts down on \d{4}-\d\d-\d\d200K contextprice unknown/,
  );
  expect(screen.queryByText(/2999/)).toBeNull();
  expect(JSON.stringify({ ...localStorage })).not.toContain('claude-next');
});

test('a check that did not come through does not blame the key', async () => {
  const page = await openPage();
  server.use(http.post(ROUTES.byoCheck, () => HttpResponse.error()));
  await withKey(page);
  await page.user.click(screen.getByRole('button', { name: 'Check my key' }));
  expect(await screen.findByText(/That says nothing of the key/)).toBeVisible();
  expect(keyField().value).toBe(KEY);
});

test('changing the provider leaves the typed key where it is', async () => {
  const page = await openPage();
  await withKey(page);
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'azure');
  expect(keyField().value).toBe(KEY);
  expect(await screen.findByText(/looks like a key of Anthropic/)).toBeVisible();
});

test('phases are announced, tokens are not', async () => {
  const { user, run } = await openPage();
  const announced = screen.getByTestId('announcer');
  await enterGoal(user);
  await user.click(planButton());
  run.send(...RUN.slice(0, 11));
  await waitFor(() => expect(announced).toHaveTextContent('Drafting 2 skills.'));
  expect(announced).not.toHaveTextContent('collect');
  run.send(...RUN.slice(11));
  run.end();
  await waitFor(() => expect(announced).toHaveTextContent('Done: 2 drafts.'));
});

test('a draft opens to its formatted text, its source and its findings', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  run.send(...RUN);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  expect(await screen.findByRole('cell', { name: 'About collect-changes.' })).toBeVisible();
  await user.click(screen.getByRole('tab', { name: 'Source' }));
  expect(screen.getByText('name: collect-changes')).toBeVisible();
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tab', { name: /Findings/ })).toHaveFocus();
  expect(screen.getByText('The rules found nothing.')).toBeVisible();
});

test('starting over clears the run, and can be undone', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  run.send(...RUN);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'Start over' }));
  expect(screen.queryByText('Done')).toBeNull();
  expect(sessionStorage.getItem('oneturn.run')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Done')).toBeVisible();
  expect(goalField()).toHaveValue(GOAL);
});

test('a server that cannot be reached is told, and asked again on a press', async () => {
  let there = false;
  const { user } = mountPage(() => (there ? configNow() : undefined));
  expect(await screen.findByRole('heading', { name: 'This page could not reach its server' })).toBeVisible();
  await enterGoal(user);
  there = true;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByLabelText('Provider')).toBeVisible();
  expect(goalField()).toHaveValue(GOAL);
});

test('what the provider said is folded under our sentence, as text', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  const said = 'Unknown model <b>x</b>: see https://example.com/models';
  run.send(...RUN.slice(0, 2), {
    event: 'failed',
    data: {
      error: { code: 'invalid_request', reason: 'model_not_found', message: 'No such model here.', said },
    },
  });
  expect(await screen.findByText('No such model here.')).toBeVisible();
  expect(screen.getByText(said)).not.toBeVisible();
  await user.click(screen.getByText('What the provider said'));
  expect(screen.getByText(said)).toBeVisible();
});
