import { expect, it } from 'vitest';
import { hostedSettings } from '../../../server/config/hosted-settings.ts';

it.each([
  [undefined, 10, 2],
  ['unlimited', undefined, undefined],
  ['0', 0, 0],
  ['2.5', 2.5, 2.5],
])('a budget of %s is %s USD for the server and %s for an account', (given, server, account) => {
  const settings = hostedSettings.parse({ HOSTED_BUDGET_USD: given, HOSTED_ACCOUNT_BUDGET_USD: given });
  expect([settings.HOSTED_BUDGET_USD, settings.HOSTED_ACCOUNT_BUDGET_USD]).toEqual([server, account]);
});

it.each(['-1', 'none', '1e9'])('a budget of %s is refused', (given) => {
  expect(hostedSettings.safeParse({ HOSTED_BUDGET_USD: given }).success).toBe(false);
});
