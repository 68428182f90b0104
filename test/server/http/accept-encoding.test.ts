import { expect, test } from 'vitest';
import { chooseEncoding } from '../../../server/http/accept-encoding.ts';

const BOTH = ['br', 'gzip'] as const;

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=1.0, gzip;q=1.0', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['br;q=0, *', 'gzip'],
  ['identity', undefined],
  ['br;q=nonsense', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s is answered with %s', (header, encoding) => {
  expect(chooseEncoding(header, BOTH)).toBe(encoding);
});

test('only what the build has made is chosen', () => {
  expect(chooseEncoding('gzip, br', ['gzip'])).toBe('gzip');
  expect(chooseEncoding('gzip, br', [])).toBeUndefined();
});
