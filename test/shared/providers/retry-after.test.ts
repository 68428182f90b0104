import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../shared/providers/retry-after.ts';

const NOW = Date.parse('Sat, 21 Nov 2026 12:00:00 GMT');

describe('D5.42 the time to wait', () => {
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
