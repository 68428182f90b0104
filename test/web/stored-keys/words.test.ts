import { expect, test } from 'vitest';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import type { StoredKey } from '../../../shared/contract/vault/stored-key.ts';
import { ageWarning, historyInWords, keyInWords } from '../../../web/stored-keys/key-words.ts';
import { checkCost, checkModel, wishProblem } from '../../../web/stored-keys/wish.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const key: StoredKey = {
  ...{ id: 'k1', name: 'Team key', provider: 'anthropic', site: '', lastFour: 'wxyz', scope: 'workspace' },
  ...{
    state: 'active',
    isDefault: true,
    model: 'small',
    addedBy: 'ada',
    addedAt: '2026-11-20T10:00:00.000Z',
  },
  ...{ previousUntil: null, expiresAt: null, lastUsedAt: null, lastOutcome: null, endedAt: null },
  ...{ endedWhy: null, openRuns: 0, spent: { usd: 0, runs: 0, unpriced: 0 } },
};
const model = (id: string, inputUsd: number | null, outputUsd: number | null) => ({
  ...{ id, name: id, contextTokens: null, inputUsd, outputUsd },
});
const vendor: ProviderInfo = {
  ...{
    id: 'anthropic',
    name: 'Anthropic',
    host: 'api.anthropic.com',
    key: 'required',
    keyHint: '',
    sees: '',
  },
  models: [model('large', 5, 25), model('unpriced', null, null), model('small', 1, 5)],
};
const wish = { provider: 'anthropic', name: 'Team key', site: '' };

test('a key is shown as its last four characters and its state, in every state', () => {
  expect(keyInWords(key)).toBe('…wxyz · Active');
  expect(keyInWords({ ...key, lastFour: null })).toBe('short key · Active');
  expect(keyInWords({ ...key, state: 'previous', previousUntil: '2026-11-29T10:00:00Z' })).toMatch(
    /^…wxyz · Active \(previous\) until .*29/,
  );
  expect(keyInWords({ ...key, state: 'retiring', openRuns: 1 })).toBe('…wxyz · Leaving, when 1 run ends');
  expect(keyInWords({ ...key, state: 'retiring', openRuns: 2 })).toBe('…wxyz · Leaving, when 2 runs end');
  const gone = { ...key, state: 'destroyed' as const, endedAt: '2026-11-27T10:00:00Z' };
  expect(keyInWords({ ...gone, endedWhy: 'revoked' })).toMatch(/Revoked .*27/);
  expect(keyInWords({ ...gone, endedWhy: 'something newer' })).toMatch(/Gone .*27/);
});

test('who added it, its last use and its age are told', () => {
  expect(historyInWords(key, NOW)).toMatch(/^added by ada on .*20.* · never used$/);
  const used = { ...key, lastUsedAt: '2026-11-28T11:00:00Z', lastOutcome: 'done', openRuns: 2 };
  expect(historyInWords(used, NOW)).toMatch(/used 1 h ago, done · 2 runs on it now · no run in 30 days$/);
  const until = (expiresAt: string) => historyInWords({ ...key, expiresAt }, NOW);
  expect(until('2027-02-18T10:00:00Z')).toMatch(/may be used until .*18/);
  expect(until('2026-12-05T12:00:00Z')).toMatch(/too old in 7 days$/);
  expect(until('2026-11-28T13:00:00Z')).toMatch(/too old in 1 day$/);
  expect(until('2026-11-27T12:00:00Z')).toMatch(/too old since .*27/);
});

test('the check asks the cheapest model unless another is chosen, and its price is said before', () => {
  expect(checkModel(wish, vendor)).toBe('small');
  expect(checkCost(wish, vendor)).toContain('for one token (less than $0.000055)');
  expect(checkCost({ ...wish, model: 'large' }, vendor)).toContain('less than $0.00028');
  expect(checkCost({ ...wish, model: 'unpriced' }, vendor)).toContain('price is not known');
  const free = { ...vendor, models: [model('free', 0, 0)] };
  expect(checkCost(wish, free)).toContain('(free)');
  expect(checkModel(wish, { ...vendor, models: [] })).toBe('');
});

test('what is wrong is told at its field, and no key goes into a name that all members see', () => {
  expect(wishProblem(wish, vendor)).toBeUndefined();
  expect(wishProblem({ ...wish, name: '  ' }, vendor)).toMatchObject({ field: 'name' });
  const leaked = `sk-ant-api03-${'a1B2'.repeat(22)}AA`;
  for (const field of ['name', 'model', 'site'] as const)
    expect(wishProblem({ ...wish, [field]: leaked }, vendor)?.field, field).toBe(field);
  expect(wishProblem(wish, { ...vendor, models: [] })).toMatchObject({ field: 'model' });
  const site = { label: 'Region', hint: 'eu-west-1', pattern: '^[a-z]+-[a-z]+-\\d$' };
  expect(wishProblem(wish, { ...vendor, site })).toMatchObject({ field: 'site' });
  expect(wishProblem({ ...wish, site: 'eu-west-1' }, { ...vendor, site })).toBeUndefined();
});

test('what runs cost in 30 days is told, and what is not known of it', () => {
  const used = { ...key, lastUsedAt: '2026-11-28T11:00:00Z', lastOutcome: 'done' };
  const told = (usd: number, runs: number, unpriced: number) =>
    historyInWords({ ...used, spent: { usd, runs, unpriced } }, NOW)
      .split(' · ')
      .at(-1);
  expect(told(0, 0, 0)).toBe('no run in 30 days');
  expect(told(0.42, 3, 0)).toBe('$0.42 in 30 days, 3 runs');
  expect(told(0, 2, 2)).toBe('2 runs in 30 days, at unknown prices');
  expect(told(0.42, 3, 1)).toBe('at least $0.42 in 30 days, 3 runs, 1 at unknown prices');
});

test('a key that will be too old is marked 14, 7 and 1 days before', () => {
  const at = (days: number) =>
    ageWarning({ state: 'active', expiresAt: new Date(NOW + days * 86_400_000).toISOString() }, NOW);
  expect(at(14.1)).toBeUndefined();
  expect(at(14)).toEqual({ text: 'rotate within 14 days', tone: 'warn' });
  expect(at(7)).toEqual({ text: 'rotate within 7 days', tone: 'warn' });
  expect(at(1)).toEqual({ text: 'rotate within 1 day', tone: 'bad' });
  expect(at(0)).toEqual({ text: 'too old', tone: 'bad' });
  const past = '2026-11-01T00:00:00Z';
  expect(ageWarning({ state: 'destroyed', expiresAt: past }, NOW)).toBeUndefined();
  expect(ageWarning({ state: 'active', expiresAt: null }, NOW)).toBeUndefined();
});
