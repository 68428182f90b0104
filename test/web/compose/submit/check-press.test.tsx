import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import {
  enterGoal,
  keyField,
  openModels,
  openPage,
  planButton,
  typeModelId,
} from '../../support/compose-page.tsx';

test('a cap in dollars on a model without a price keeps the key, and gives one in tokens', async () => {
  const page = await openPage();
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'azure');
  await typeModelId(page.user, 'my-deployment');
  await page.user.type(await screen.findByLabelText('Resource'), 'acme');
  await enterGoal(page.user);
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
  await typeModelId(page.user, 'my-deployment');
  await page.user.type(await screen.findByLabelText('Resource'), 'a');
  await enterGoal(page.user);
  await page.user.click(keyField());
  await page.user.paste('0123456789abcdef0123456789abcdef');
  await page.user.click(planButton());
  expect(await screen.findByRole('alert')).toHaveTextContent('Azure OpenAI needs its Resource: my-resource');
  expect(screen.getByLabelText('Resource')).toBeInvalid();
  expect(keyField()).not.toHaveValue('');
  expect(page.run.requests).toHaveLength(0);
});

test('a cap in dollars or tokens goes along, a senseless one does not', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
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
  await typeModelId(page.user, 'my-deployment');
  await enterGoal(page.user);
  await page.user.click(planButton());
  expect(await screen.findByText('Azure OpenAI needs its Resource: my-resource')).toBeVisible();
  expect(screen.getByLabelText('Resource')).toHaveFocus();
  await page.user.type(await screen.findByLabelText('Resource'), 'acme');
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
  await typeModelId(user, 'ft:mine');
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
