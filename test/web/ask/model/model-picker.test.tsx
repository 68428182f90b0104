import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ModelInfo } from '../../../../shared/contract/server-config.ts';
import { enterGoal, openModels, openPage } from '../../support/compose-page.tsx';
import { configNow, KEY, model, PROVIDERS } from '../../support/fixtures.ts';

const MODELS: readonly ModelInfo[] = [
  { ...model('acme-max-3', 10, 50), name: 'Acme Max 3', contextTokens: 1_048_576 },
  { ...model('acme-pro-3', 2, 10), name: 'Acme Pro 3', contextTokens: 131_072 },
  { ...model('acme-mini-3', 1, 5), name: 'Acme Mini 3', contextTokens: 128_000 },
  { ...model('acme-old', null, null), name: 'Acme Old', contextTokens: null },
];
const withModels = () =>
  configNow({
    providers: PROVIDERS.map((one) => (one.id === 'anthropic' ? { ...one, models: [...MODELS] } : one)),
  });

async function openAcme() {
  const page = await openPage(withModels);
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  return page;
}
const field = (): HTMLInputElement => screen.getByRole('combobox', { name: 'Model' });
const names = (): string[] =>
  within(screen.getByRole('listbox', { name: 'Models' }))
    .getAllByRole('option')
    .map((option) => option.firstElementChild?.textContent ?? option.textContent);
const active = (): string | undefined =>
  document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent;

test('a list of full names with context and prices, from which a click takes one', async () => {
  const { user } = await openAcme();
  expect(field()).toHaveValue('Acme Pro 3');
  const list = await openModels(user);
  expect(field()).toHaveAttribute('aria-expanded', 'true');
  expect(field()).toHaveAttribute('aria-controls', list.id);
  expect(names()).toEqual(['Acme Max 3', 'Acme Pro 3', 'Acme Mini 3', 'Acme Old', 'Another model id…']);
  const [max, pro, mini, old] = within(list).getAllByRole('option');
  expect(max).toHaveTextContent('Acme Max 3acme-max-31M context$10 in, $50 out');
  expect(pro).toHaveTextContent(/128K context\$2 in, \$10 out$/);
  expect(pro).toHaveAttribute('aria-selected', 'true');
  expect(mini).toHaveTextContent(/128K context/);
  expect(old).toHaveTextContent(/price unknown$/);
  if (!mini) throw new Error('there is no third model');
  await user.click(mini);
  expect(field()).toHaveValue('Acme Mini 3');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(field()).toHaveFocus();
});

test('typing searches in names and ids, Enter takes the first and sends nothing', async () => {
  const { user, run } = await openAcme();
  await enterGoal(user);
  await openModels(user);
  await user.keyboard('3 MINI');
  expect(names()).toEqual(['Acme Mini 3', 'Another model id…']);
  expect(active()).toMatch(/^Acme Mini 3/);
  expect(screen.getByText('1 model, prices in USD per million tokens')).toBeVisible();
  await user.keyboard('{Enter}');
  expect(field()).toHaveValue('Acme Mini 3');
  await user.keyboard('{Enter}');
  expect(screen.getByRole('listbox')).toBeVisible();
  expect(run.requests).toHaveLength(0);
});

test('arrows go round, Esc and Tab change nothing', async () => {
  const { user } = await openAcme();
  await openModels(user);
  await user.keyboard('{ArrowUp}');
  expect(active()).toBe('Another model id…');
  await user.keyboard('{ArrowDown}');
  expect(active()).toMatch(/^Acme Max 3/);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(field()).toHaveValue('Acme Pro 3');
  // From the keyboard it begins at the chosen one.
  await user.keyboard('{ArrowDown}');
  expect(active()).toMatch(/^Acme Pro 3/);
  await user.keyboard('max');
  await user.tab();
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(field()).toHaveValue('Acme Pro 3');
});

test('an id that is in no list can be taken as it is typed, and stands among the recent ones', async () => {
  const { user } = await openAcme();
  await openModels(user);
  await user.keyboard('ft:acme-pro-3:mine');
  await user.click(screen.getByRole('option', { name: 'Use “ft:acme-pro-3:mine”' }));
  expect(field()).toHaveValue('ft:acme-pro-3:mine');
  expect(screen.getByText(/Price and context of this model are not known/)).toBeVisible();
  await openModels(user);
  const recent = screen.getByRole('group', { name: 'Recent' });
  expect(within(recent).getAllByRole('option')).toHaveLength(1);
  expect(names()[0]).toBe('ft:acme-pro-3:mine');
});

test('favourites stand first, each model once, also after a reload', async () => {
  const first = await openAcme();
  await openModels(first.user);
  await first.user.click(screen.getByRole('option', { name: /^Acme Old/ }));
  await first.user.click(screen.getByRole('button', { name: 'Keep acme-old among the favourites' }));
  first.unmount();

  const { user } = await openPage(withModels);
  await openModels(user);
  expect(names()).toEqual(['Acme Old', 'Acme Max 3', 'Acme Pro 3', 'Acme Mini 3', 'Another model id…']);
  expect(screen.getByRole('group', { name: 'Favourites' })).toHaveTextContent(/^FavouritesAcme Old/);
  expect(screen.queryByRole('group', { name: 'Recent' })).toBeNull();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Keep acme-old among the favourites' }));
  await openModels(user);
  expect(screen.queryByRole('group', { name: 'Favourites' })).toBeNull();
});

test('a key that is pasted for a model is taken by neither field, and kept nowhere', async () => {
  const { user } = await openAcme();
  await openModels(user);
  await user.paste(KEY);
  expect(await screen.findByText(/That looks like a key, and was not kept/)).toBeVisible();
  expect(field()).toHaveValue('Acme Pro 3');
  await user.keyboard('{Escape}');
  await openModels(user);
  await user.click(screen.getByRole('option', { name: 'Another model id…' }));
  await user.paste(KEY);
  expect(await screen.findByText(/That looks like a key, and was not kept/)).toBeVisible();
  expect(screen.getByLabelText('Model id')).toHaveValue('');
  await user.tab();
  expect(JSON.stringify({ ...localStorage })).not.toContain(KEY.slice(0, 20));
  expect(document.body.innerHTML).not.toContain(KEY.slice(0, 20));
});
