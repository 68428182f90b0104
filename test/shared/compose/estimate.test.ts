import { expect, test } from 'vitest';
import { estimateRun } from '../../../shared/compose/estimate.ts';

const SONNET = { inputUsd: 3, outputUsd: 15 };

test('a run of three skills, as it was measured, lies within the range', () => {
  const { lowTokens, highTokens, lowUsd, highUsd } = estimateRun(121, SONNET);
  const measured = { input: 908 + 2120 + 5298 + 6085, output: 167 + 627 + 2297 + 58 };
  expect(measured.input + measured.output).toBeGreaterThan(lowTokens);
  expect(measured.input + measured.output).toBeLessThan(highTokens);
  expect(lowUsd).toBeCloseTo(0.08, 1);
  expect(highUsd).toBeCloseTo(0.33, 1);
});

test('a goal counts once for every call', () => {
  const short = estimateRun(0, SONNET);
  const long = estimateRun(20_000, SONNET);
  expect(long.lowTokens - short.lowTokens).toBe(6 * 5000);
  expect(long.highTokens).toBeGreaterThan(short.highTokens + 14 * 9000);
});

test('an unknown price is unknown, a price of nothing is nothing', () => {
  expect(estimateRun(100, { inputUsd: null, outputUsd: 15 })).toMatchObject({ lowUsd: null, highUsd: null });
  expect(estimateRun(100, { inputUsd: 0, outputUsd: 0 })).toMatchObject({ lowUsd: 0, highUsd: 0 });
});
