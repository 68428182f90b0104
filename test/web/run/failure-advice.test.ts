import { expect, test } from 'vitest';
import { FAILURE_STATUS, type FailureCode, failureReason } from '../../../shared/contract/failure.ts';
import { adviseOn } from '../../../web/run/failure-advice.ts';

// as: the keys of a literal object
const codes = Object.keys(FAILURE_STATUS) as FailureCode[];

test('every code and every reason has a title and a next step', () => {
  for (const code of codes)
    expect(adviseOn({ code, message: '' })).toEqual({
      title: expect.stringMatching(/\S/),
      step: expect.any(String),
    });
  for (const reason of failureReason.options) {
    expect(adviseOn({ code: 'provider_failed', reason, message: '' })).toEqual({
      title: expect.stringMatching(/\S/),
      step: expect.any(String),
    });
  }
});

test.each([
  ['a rejected key', { code: 'key_rejected' }, 'key'],
  ['a key without credit', { code: 'key_rejected', reason: 'no_credit' }, 'key'],
  ['a key that may not use the model', { code: 'key_rejected', reason: 'no_access' }, 'model'],
  [
    'a model that does not exist',
    { code: 'invalid_request', reason: 'model_not_found', field: 'model' },
    'model',
  ],
  ['another provider’s key', { code: 'key_malformed', reason: 'wrong_provider' }, 'provider'],
  ['a stale seal', { code: 'key_rejected', reason: 'seal_stale' }, 'key'],
  ['a reached cap', { code: 'budget_exhausted', reason: 'cap' }, 'cap'],
  ['a cap in USD without a price', { code: 'invalid_request', field: 'caps.costUsd' }, 'cap'],
  ['a goal that cannot become skills', { code: 'invalid_request', field: 'goal' }, 'goal'],
  ['a rate limit', { code: 'rate_limited' }, 'wait'],
  ['an answer that broke off', { code: 'provider_failed', reason: 'truncated' }, 'redo'],
  ['a server that stops', { code: 'internal', reason: 'shutdown' }, 'redo'],
] as const)('%s leads to the right place', (_, failure, step) => {
  expect(adviseOn({ message: '', ...failure }).step).toBe(step);
});
