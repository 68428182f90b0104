import { expect, test } from 'vitest';
import { formatContext } from '../../../web/ui/format.ts';

test.each([
  [32_000, '32K'],
  [128_000, '128K'],
  [131_072, '128K'],
  [200_000, '200K'],
  [262_144, '256K'],
  [500_000, '500K'],
  [524_288, '512K'],
  [1_000_000, '1M'],
  [1_048_576, '1M'],
  [1_050_000, '1.05M'],
  [2_000_000, '2M'],
])('a context of %i tokens is called %s', (tokens, words) => {
  expect(formatContext(tokens)).toBe(words);
});
