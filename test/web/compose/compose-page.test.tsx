import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { KEY_HEADER, RUN_ID, RUN_ID_HEADER } from '../../../shared/contract/run-limits.ts';
import { goalField, keyField, openModels, openPage, planButton, withKey } from '../support/compose-page.tsx';
import { configNow, GOAL, KEY, RUN } from '../support/fixtures.ts';

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
  expect(
    screen.getByText('1,234 tokens', { exact: false, selector: '[data-testid=run] span' }),
  ).toBeVisible();
  expect(screen.getByText('1 reused · 2 new · 1 not covered')).toBeVisible();

  const [request] = run.requests;
  expect(request?.headers.has(KEY_HEADER)).toBe(false);
  expect(request?.headers.get(RUN_ID_HEADER)).toMatch(RUN_ID);
  expect(await request?.json()).toEqual({
    goal: GOAL,
    provider: 'sandbox',
    model: 'sandbox-1',
    review: true,
  });
});

test('a key leaves the page sealed, once, and the field empties at the press', async () => {
  const page = await openPage();
  await withKey(page);
  expect(await screen.findByText(/In this tab only/)).toBeVisible();
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(keyField().value).toBe('');
  expect(
    screen.getByText(/This page no longer has it; the server forgets it when the run ends/),
  ).toBeVisible();

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
  await page.user.type(goalField(), GOAL);
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

test('a cap in dollars on a model without a price keeps the key, and gives one in tokens', async () => {
  const page = await openPage();
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'azure');
  await page.user.type(screen.getByLabelText('Model id'), 'my-deployment');
  await page.user.type(screen.getByLabelText('Resource'), 'acme');
  await page.user.type(goalField(), GOAL);
  await page.user.click(keyField());
  await page.user.paste('0123456789abcdef0123456789abcdef');
  await page.user.selectOptions(screen.getByLabelText('Unit of the cap'), 'USD');
  await page.user.type(screen.getByLabelText('Stop at'), '0.5');
  await page.user.click(planButton());
  expect(await screen.findByRole('alert')).toHaveTextContent(/price of this model is not known/);
  expect(keyField()).not.toHaveValue('');
  await page.user.click(screen.getByRole('button', { name: /^Stop at [\d,]+ tokens instead$/ }));
  expect(screen.queryByRole('alert')).toBeNull();
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(await page.run.requests[0]?.json()).toMatchObject({ caps: { tokens: expect.any(Number) } });
});

test('a site that cannot be one keeps the key', async () => {
  const page = await openPage();
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'azure');
  await page.user.type(screen.getByLabelText('Model id'), 'my-deployment');
  await page.user.type(screen.getByLabelText('Resource'), 'a');
  await page.user.type(goalField(), GOAL);
  await page.user.click(keyField());
  await page.user.paste('0123456789abcdef0123456789abcdef');
  await page.user.click(planButton());
  expect(await screen.findByRole('alert')).toHaveTextContent('Azure OpenAI needs its Resource: my-resource');
  expect(screen.getByLabelText('Resource')).toBeInvalid();
  expect(keyField()).not.toHaveValue('');
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
  expect(await page.run.requests[0]?.json()).toMatchObject({
    provider: 'azure',
    model: 'my-deployment',
    site: 'acme',
  });
});

test('a model that is not in the list can be typed, and the list comes back', async () => {
  const { user } = await openPage();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await openModels(user);
  await user.click(screen.getByRole('option', { name: 'Another model id…' }));
  await user.type(screen.getByLabelText('Model id'), 'ft:mine');
  expect(screen.getByText(/not known/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'List' }));
  expect(screen.getByLabelText('Model')).toHaveValue('claude-sonnet-5');
});

test('the estimate follows provider and goal', async () => {
  const { user } = await openPage();
  expect(screen.getByText('$0')).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  expect(screen.getByText(/^\$0\.\d+ – \$0\.\d+$/)).toBeVisible();
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
    return {
      ...config,
      now: config.now + shift,
      sealing: { ...config.sealing, renewAt: config.sealing.renewAt + shift },
    };
  });
  await withKey(page);
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(page.configs()).toBe(1);
});
