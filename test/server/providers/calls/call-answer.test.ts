import { expect, it } from 'vitest';
import { unsent, usageOf } from '../../../../server/providers/calls/call-answer.ts';
import type { ModelCall } from '../../../../shared/compose/ask.ts';

const CALL: ModelCall = {
  id: 'c1',
  phase: 'drafting',
  system: 'x'.repeat(40),
  user: '計'.repeat(40),
  maxOutputTokens: 100,
};
const STOPPED = { ...unsent({ kind: 'stopped' }), status: 200, text: '画'.repeat(8) };
const price = (): number => 1;

it('estimates an answer that nobody counted as the spending cap does, in bytes', () => {
  // ten for the letters, thirty for the Chinese characters; a count of characters would say ten
  expect(usageOf(CALL, { ...STOPPED, billable: true }, price)).toEqual({
    inputTokens: 40,
    outputTokens: 6,
    costUsd: 1,
    estimated: true,
  });
});

it('tells of cached tokens where there were any', () => {
  const usage = { inputTokens: 9, outputTokens: 3, cachedTokens: 4, cacheWriteTokens: 0 };
  expect(usageOf(CALL, { ...STOPPED, usage, billable: true }, price)).toEqual({
    inputTokens: 9,
    outputTokens: 3,
    cachedTokens: 4,
    costUsd: 1,
    estimated: false,
  });
  const uncached = usageOf(CALL, { ...STOPPED, usage: { ...usage, cachedTokens: 0 }, billable: true }, price);
  expect(uncached).not.toHaveProperty('cachedTokens');
});

it('counts nothing of what was never sent', () => {
  expect(usageOf(CALL, STOPPED, price)).toEqual({
    ...{ inputTokens: 0, outputTokens: 0, costUsd: 0 },
    estimated: false,
  });
});
