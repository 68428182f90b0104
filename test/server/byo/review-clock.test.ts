import { expect, test } from 'vitest';
import {
  answerClock,
  openClock,
  passClock,
  TOUCHED_MS,
  touchClock,
  UNTOUCHED_MS,
} from '../../../server/byo/review-clock.ts';

const OVER_BY_TIME = { kind: 'over', by: 'time' };

test('waits twenty seconds for somebody who does nothing', () => {
  const clock = openClock(1000);
  expect(passClock(clock, 1000 + UNTOUCHED_MS - 1)).toBe(clock);
  expect(passClock(clock, 1000 + UNTOUCHED_MS)).toEqual(OVER_BY_TIME);
  expect(UNTOUCHED_MS).toBe(20_000);
});

test('the first touch gives three minutes, and no other gives more', () => {
  const touched = touchClock(openClock(0), 19_999);
  expect(touched).toEqual({ kind: 'waiting', until: 19_999 + TOUCHED_MS, touched: true });
  expect(TOUCHED_MS).toBe(180_000);
  const again = touchClock(touched, 150_000);
  expect(again).toBe(touched);
  expect(passClock(again, 19_999 + TOUCHED_MS)).toEqual(OVER_BY_TIME);
});

test('a touch and an answer that come too late change nothing', () => {
  expect(touchClock(openClock(0), UNTOUCHED_MS)).toEqual(OVER_BY_TIME);
  expect(answerClock(openClock(0), UNTOUCHED_MS)).toEqual(OVER_BY_TIME);
  expect(answerClock(openClock(0), UNTOUCHED_MS - 1)).toEqual({ kind: 'over', by: 'user' });
  expect(answerClock({ kind: 'over', by: 'time' }, 0)).toEqual(OVER_BY_TIME);
});
