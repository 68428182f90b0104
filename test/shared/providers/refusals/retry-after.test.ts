import { describe, expect, it } from 'vitest';
import { requestsLeft, retryAfterSeconds } from '../../../../shared/providers/refusals/retry-after.ts';

const NOW = Date.parse('Sat, 21 Nov 2026 12:00:00 GMT');

describe('the time to wait', () => {
  it.each([
    ['seconds', { 'retry-after': '30' }, undefined, 30],
    ['a fraction, upwards', { 'retry-after': '1.2' }, undefined, 2],
    ['zero, as the least there is', { 'retry-after': '0' }, undefined, 1],
    ['milliseconds first', { 'retry-after-ms': '2500', 'retry-after': '30' }, undefined, 3],
    ['a date, by our clock', { 'retry-after': 'Sat, 21 Nov 2026 12:00:20 GMT' }, undefined, 20],
    [
      'a date, by their clock',
      { 'retry-after': 'Sat, 21 Nov 2026 13:00:20 GMT', date: 'Sat, 21 Nov 2026 13:00:00 GMT' },
      undefined,
      20,
    ],
    ['Google’s body', {}, '34.4s', 35],
    ['the header before the body', { 'retry-after': '5' }, '34.4s', 5],
  ])('is read from %s', (_, headers, retryDelay, seconds) => {
    expect(retryAfterSeconds(headers, retryDelay, NOW)).toBe(seconds);
  });

  it.each([
    ['negative', '-5'],
    ['longer than a day', '1000000000'],
    ['1e9', '1e9'],
    ['a word', 'soon'],
    ['empty', ''],
    ['a date that has passed', 'Sat, 21 Nov 2026 11:59:00 GMT'],
    ['no date', 'Sat, 99 Foo 2026'],
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['a key', 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaa'],
  ])('is not known when it is %s', (_, value) => {
    expect(retryAfterSeconds({ 'retry-after': value }, undefined, NOW)).toBeUndefined();
    expect(
      retryAfterSeconds(
        { 'retry-after-ms': value === '1000000000' ? '1000000000000' : value },
        undefined,
        NOW,
      ),
    ).toBeUndefined();
  });

  it('is not known when nothing says it', () => {
    expect(retryAfterSeconds({}, undefined, NOW)).toBeUndefined();
  });
});

it.each([
  [
    'OpenAI, whose reset is when all are back',
    {
      'x-ratelimit-remaining-requests': '40',
      'x-ratelimit-reset-requests': '20s',
      'x-ratelimit-limit-requests': '60',
    },
    { left: 40, nextSeconds: 1 },
  ],
  [
    'Anthropic, with a date',
    {
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-11-28T00:00:30Z',
      'anthropic-ratelimit-requests-limit': '5',
    },
    { left: 0, nextSeconds: 6 },
  ],
  [
    'a gateway without a limit',
    { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '7' },
    { left: 3, nextSeconds: 7 },
  ],
  ['tokens alone', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '7s' }, undefined],
  ['a reset that is no time', { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': 'soon' }, undefined],
  [
    'a date that has passed',
    {
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2020-01-01T00:00:00Z',
    },
    undefined,
  ],
])('reads the requests that are left: %s', (_, headers, expected) => {
  expect(requestsLeft(headers, Date.parse('2026-11-28T00:00:00Z'))).toEqual(expected);
});
