import { expect, test } from 'vitest';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import {
  chosenModel,
  chosenProvider,
  FIRST_CHOICE,
  providerHost,
  readChoice,
  rememberChoice,
} from '../../../web/ask/choice.ts';
import { configNow, PROVIDERS } from '../support/fixtures.ts';

const config = configNow();
const byId = (id: string): ProviderInfo => {
  const found = PROVIDERS.find((provider) => provider.id === id);
  if (!found) throw new Error(`no fixture ${id}`);
  return found;
};

test('the first provider that takes a key is chosen when nothing else was', () => {
  expect(chosenProvider(config, readChoice(localStorage))?.id).toBe('anthropic');
});

test('the choice of provider, model and site is remembered', () => {
  const choice = { provider: 'azure', models: { azure: 'my-deployment' }, sites: { azure: 'acme' } };
  rememberChoice(localStorage, choice);
  expect(readChoice(localStorage)).toEqual(choice);
  expect(chosenProvider(config, choice)?.id).toBe('azure');
  expect(chosenModel(byId('azure'), choice)).toBe('my-deployment');
});

test('a provider that the server no longer has gives way to the first, not to the sandbox', () => {
  expect(chosenProvider(config, { ...FIRST_CHOICE, provider: 'gone' })?.id).toBe('anthropic');
});

test('a model of the middle is chosen first', () => {
  expect(chosenModel(byId('anthropic'), FIRST_CHOICE)).toBe('claude-sonnet-5');
});

test('spoiled storage is the first choice', () => {
  localStorage.setItem('oneturn.choice', '{"provider":1}');
  expect(readChoice(localStorage)).toEqual(FIRST_CHOICE);
});

test('the host has the site in it once it is known', () => {
  expect(providerHost(byId('azure'), '')).toBe('<resource>.openai.azure.com');
  expect(providerHost(byId('azure'), 'acme')).toBe('acme.openai.azure.com');
});
