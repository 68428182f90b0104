import { expect, test } from 'vitest';
import { createCrashRule } from '../../../server/processes/crash-rule.ts';

test('three deaths at once in a row are the end, and each is waited for longer', () => {
  const judge = createCrashRule();
  expect([0, 1999, 0].map(judge)).toEqual([
    { again: true, afterMs: 500 },
    { again: true, afterMs: 1000 },
    { again: false },
  ]);
});

test('one that had lived begins the count anew', () => {
  const judge = createCrashRule();
  expect([0, 0, 2000, 0, 0].map((ms) => judge(ms).again)).toEqual([true, true, true, true, true]);
  expect(judge(0).again).toBe(false);
});
