import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID, RUN_ID_HEADER } from '../../../shared/contract/run-request.ts';
import { goalField, keyField, mountPage, type OpenPage, openPage } from '../support/compose-page.tsx';
import { configNow, draftOf, GOAL, KEY, RUN, receiptOf } from '../support/fixtures.ts';
import { server } from '../support/server.ts';

async function withKey(page: OpenPage, key = KEY): Promise<void> {
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await page.user.type(goalField(), GOAL);
  await page.user.click(keyField());
  await page.user.paste(key);
}
const planButton = () => screen.getByRole('button', { name: /^Plan (?:with my key|in the sandbox)$/ });

test('the sandbox is chosen first, says that it is no model, and needs no key', async () => {
  await openPage();
  expect(screen.getByLabelText('Provider')).toHaveValue('sandbox');
  expect(screen.getByText(/no real model/)).toBeVisible();
  expect(screen.queryByLabelText('Key')).toBeNull();
});

test('an example fills the goal, and the counter counts', async () => {
  const { user } = await openPage();
  await user.click(screen.getByRole('button', { name: 'Release notes' }));
  expect(goalField().value).toMatch(/release notes/);
  expect(screen.getByText(`${goalField().value.length} of 20,000`)).toBeVisible();
});

test('a run in the sandbox streams into drafts and carries no key header', async () => {
  const { user, run } = await openPage();
  await user.type(goalField(), GOAL);
  await user.click(planButton());
  run.send(...RUN.slice(0, 10));
  expect(await screen.findByRole('heading', { name: 'Release notes from pull requests' })).toBeVisible();
  expect(await screen.findByText('# collect-')).toBeVisible();
  run.send(...RUN.slice(10));
  run.end();
  expect(await screen.findByText('Done')).toBeVisible();
  expect(screen.getByText('1,234 tokens', { exact: false, selector: '.run-head span' })).toBeVisible();
  expect(screen.getByText('1 reused · 2 new · 1 not covered')).toBeVisible();

  const [request] = run.requests;
  expect(request?.headers.has(KEY_HEADER)).toBe(false);
  expect(request?.headers.get(RUN_ID_HEADER)).toMatch(RUN_ID);
  expect(await request?.json()).toEqual({ goal: GOAL, provider: 'sandbox', model: 'sandbox-1' });
});

test('a key leaves the page sealed, once, and the field empties at the press', async () => {
  const page = await openPage();
  await withKey(page);
  expect(await screen.findByText(/In this tab only/)).toBeVisible();
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(keyField().value).toBe('');
  expect(screen.getByText(/This page no longer has it; the server forgets it when the run ends/)).toBeVisible();

  const [request] = page.run.requests;
  const header = request?.headers.get(KEY_HEADER) ?? '';
  expect(header).toMatch(/^sealed\.k1\./);
  const everything = JSON.stringify([
    header,
    await request?.text(),
    { ...localStorage },
    { ...sessionStorage },
    document.documentElement.outerHTML,
  ]);
  expect(everything).not.toContain(KEY.slice(13, 25));
  page.run.send(...RUN);
  page.run.end();
  expect(await screen.findByText('Done')).toBeVisible();
});

test('what was taken off a pasted key is told', async () => {
  const page = await openPage();
  await withKey(page, `  Bearer ${KEY} `);
  await page.user.click(planButton());
  expect(await screen.findByText(/Removed surrounding blanks\. Removed "Bearer"\./)).toBeVisible();
});

test('another provider’s key is noticed while it is in the field, and never sent', async () => {
  const page = await openPage();
  await withKey(page, `gsk_${'a1B2'.repeat(13)}`);
  expect(await screen.findByText(/looks like a key of groq/)).toBeVisible();
  await page.user.click(planButton());
  expect(await screen.findByRole('heading', { name: 'Another provider’s key' })).toBeVisible();
  expect(page.run.requests).toHaveLength(0);
});

test('without a key the press goes to the key field and nothing is sent', async () => {
  const { user, run } = await openPage();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await user.type(goalField(), GOAL);
  await user.click(planButton());
  expect(await screen.findByText('Anthropic needs a key. Paste yours.')).toBeVisible();
  expect(keyField()).toHaveFocus();
  expect(run.requests).toHaveLength(0);
});

test('a second press while a run lasts sends nothing', async () => {
  const { user, run } = await openPage();
  await user.type(goalField(), GOAL);
  await user.dblClick(planButton());
  await user.type(goalField(), '{Control>}{Enter}{/Control}');
  await waitFor(() => expect(run.requests).toHaveLength(1));
  await user.click(screen.getByRole('button', { name: 'Planning in the sandbox…' }));
  expect(run.requests).toHaveLength(1);
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

test('a cap in dollars or tokens goes along, a senseless one does not', async () => {
  const { user, run } = await openPage();
  await user.type(goalField(), GOAL);
  await user.type(screen.getByLabelText('Stop at'), 'lots');
  await user.click(planButton());
  expect(await screen.findByText(/The cap is an amount/)).toBeVisible();
  await user.clear(screen.getByLabelText('Stop at'));
  await user.type(screen.getByLabelText('Stop at'), '0,25');
  await user.click(planButton());
  await waitFor(() => expect(run.requests).toHaveLength(1));
  expect(await run.requests[0]?.json()).toMatchObject({ caps: { costUsd: 0.25 } });
});

test('any model id can be typed, and a provider with a site asks for it', async () => {
  const page = await openPage();
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'azure');
  await page.user.type(screen.getByLabelText('Model id'), 'my-deployment');
  await page.user.type(goalField(), GOAL);
  await page.user.click(planButton());
  expect(await screen.findByText('Azure OpenAI needs its Resource: my-resource')).toBeVisible();
  expect(screen.getByLabelText('Resource')).toHaveFocus();
  await page.user.type(screen.getByLabelText('Resource'), 'acme');
  expect(screen.getAllByText('acme.openai.azure.com')[0]).toBeVisible();
  await page.user.click(keyField());
  await page.user.paste('0123456789abcdef0123456789abcdef');
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(await page.run.requests[0]?.json()).toMatchObject({ provider: 'azure', model: 'my-deployment', site: 'acme' });
});

test('a model that is not in the list can be typed, and the list comes back', async () => {
  const { user } = await openPage();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  expect(screen.getByRole('option', { name: 'claude-haiku-4-5 · 200K context · $1 in, $5 out' })).toBeInTheDocument();
  await user.selectOptions(screen.getByLabelText('Model'), 'Another model id…');
  await user.type(screen.getByLabelText('Model id'), 'ft:mine');
  expect(screen.getByText(/not known/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'List' }));
  expect(screen.getByLabelText('Model')).toHaveValue('claude-sonnet-5');
});

test('the estimate follows provider and goal', async () => {
  const { user } = await openPage();
  expect(screen.getByText('$0')).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  expect(screen.getByText(/^\$0\.\d+ – 0\.\d+$/)).toBeVisible();
});

test('a sealing key past its renewal is asked for anew before the field is read', async () => {
  let stale = true;
  const page = await openPage(() => {
    const config = configNow();
    const answer = stale
      ? { ...config, sealing: { ...config.sealing, renewAt: config.now - 1 } }
      : { ...config, sealing: { ...config.sealing, id: 'k2' } };
    stale = false;
    return answer;
  });
  await withKey(page);
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(page.configs()).toBe(2);
  expect(page.run.requests[0]?.headers.get(KEY_HEADER)).toMatch(/^sealed\.k2\./);
});

test('a page whose clock is wrong takes the server’s', async () => {
  const page = await openPage(() => {
    const config = configNow();
    const shift = -86_400_000;
    return { ...config, now: config.now + shift, sealing: { ...config.sealing, renewAt: config.sealing.renewAt + shift } };
  });
  await withKey(page);
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(page.configs()).toBe(1);
});

test('Esc hangs up, keeps what was written, and the receipt comes after', async () => {
  const { user, run } = await openPage();
  server.use(
    http.get(ROUTES.byoReceipt(':run'), () =>
      HttpResponse.json(receiptOf({ outcome: 'cancelled', cancel: { phase: 'drafting', closedMs: 1.7, sockets: 0 } })),
    ),
  );
  await user.type(goalField(), GOAL);
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
  await first.user.type(goalField(), GOAL);
  await first.user.click(planButton());
  first.run.send(...RUN.slice(0, 13));
  await screen.findByRole('button', { name: 'collect-changes' });
  dispatchEvent(new Event('pagehide'));
  await first.run.left;
  first.unmount();

  server.use(http.get(ROUTES.byoReceipt(':run'), () => HttpResponse.json(receiptOf({ outcome: 'cancelled' }))));
  await openPage();
  expect(await screen.findByRole('heading', { name: 'This run ended when the page was left' })).toBeVisible();
  expect(goalField()).toHaveValue(GOAL);
  expect(screen.getByRole('button', { name: 'collect-changes' })).toBeVisible();
  expect(await screen.findByRole('heading', { name: 'Receipt' })).toBeVisible();
});

test('a server that stops in the middle loses nothing that was written', async () => {
  const { user, run } = await openPage();
  await user.type(goalField(), GOAL);
  await user.click(planButton());
  run.send(...RUN.slice(0, 13));
  run.end();
  expect(await screen.findByRole('heading', { name: 'The connection ended before the run did' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Redo what is missing (2)' })).toBeVisible();
});

test('a redo sends plan and what is missing, and the rest stays', async () => {
  const page = await openPage();
  await page.user.type(goalField(), GOAL);
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
  page.run.send({ event: 'run', data: { id: 'run-2' } }, { event: 'draft', data: draftOf('i2') }, { event: 'done', data: { drafts: 1 } });
  expect(await screen.findByRole('button', { name: 'write-notes' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'collect-changes' })).toBeVisible();
});

test('a rejected key says so, keeps the goal and leads back to the key field', async () => {
  const page = await openPage();
  server.use(
    http.post(ROUTES.byo, () => HttpResponse.json({ error: { code: 'key_rejected', message: 'Copy it again.' } }, { status: 422 })),
  );
  await withKey(page);
  await page.user.click(planButton());
  expect(await screen.findByRole('heading', { name: 'Key rejected' })).toBeVisible();
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
        models: ['claude-sonnet-5', 'claude-haiku-4-5', 'claude-next'],
      });
    }),
  );
  await withKey(page);
  await page.user.click(screen.getByRole('button', { name: 'Check my key' }));
  expect(await screen.findByText('The key works.')).toBeVisible();
  expect(keyField().value).toBe(KEY);
  expect(asked?.headers.get(KEY_HEADER)).toMatch(/^sealed\./);
  expect(await asked?.json()).toEqual({ provider: 'anthropic', model: 'claude-sonnet-5' });
  const names = within(screen.getByLabelText<HTMLSelectElement>('Model'))
    .getAllByRole('option')
    .map((option) => option.getAttribute('value'));
  expect(names).toEqual(['claude-sonnet-5', 'claude-haiku-4-5', 'claude-next', 'another id']);
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
  expect(await screen.findByText(/looks like a key of anthropic/)).toBeVisible();
});

test('phases are announced, tokens are not', async () => {
  const { user, run } = await openPage();
  const announced = screen.getByTestId('announcer');
  await user.type(goalField(), GOAL);
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
  await user.type(goalField(), GOAL);
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
  await user.type(goalField(), GOAL);
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
  await user.type(goalField(), GOAL);
  there = true;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByLabelText('Provider')).toBeVisible();
  expect(goalField()).toHaveValue(GOAL);
});
