import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Frame } from '../../../server/sandbox/answer.ts';
import { answerPrompt } from '../../../server/sandbox/content/answer-prompt.ts';
import { cutText, type Pace, timingOf } from '../../../server/sandbox/pace.ts';
import { type Line, sendStream } from '../../../server/sandbox/send-stream.ts';
import { countTokens, takeTokens } from '../../../server/sandbox/tokens.ts';
import { CALLS } from './prompts.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const DRAFT = answerPrompt({ text: CALLS.draft.user, json: false, schemaName: undefined, schema: undefined });

/** When each frame of a text is written, in ms, on a clock that only pauses move. `lateMs`: how late the machine's timers are. */
async function timesOf(text: string, pace: Pace, seed: number, lateMs = 0): Promise<readonly number[]> {
  const timing = timingOf(pace, seed);
  const start = performance.now();
  const times: number[] = [];
  const line: Line = {
    gone: false,
    async pause(ms) {
      vi.advanceTimersByTime(ms + lateMs);
    },
    async send() {
      times.push(performance.now() - start);
    },
    end() {},
  };
  const frames = cutText(text, timing.charsPerEvent, seed).map((bytes): Frame => ({ bytes, paced: true }));
  await sendStream(line, { frames, timing, seed });
  return times;
}

test('the real pace is a model’s: its first token in 0.3 to 0.6 s, then 80 to 150 tokens a second', async () => {
  for (const seed of [0, 1, 77, 4_000_000_000]) {
    const times = await timesOf(DRAFT, 'real', seed);
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    expect(first).toBeGreaterThanOrEqual(300);
    expect(first).toBeLessThanOrEqual(600);
    const tokensPerSecond = countTokens(DRAFT) / ((last - first) / 1000);
    expect(tokensPerSecond).toBeGreaterThan(80);
    expect(tokensPerSecond).toBeLessThan(150);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(new Set(gaps.map(Math.round)).size).toBeGreaterThan(3);
  }
});

test('the fast pace takes a quarter of the real one’s time, and still comes piece by piece', async () => {
  for (const seed of [0, 77]) {
    const [real, fast] = [await timesOf(DRAFT, 'real', seed), await timesOf(DRAFT, 'fast', seed)];
    expect(fast[0]).toBe((real[0] ?? 0) / 4);
    const share = (fast.at(-1) ?? 0) / (real.at(-1) ?? 1);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect(new Set(fast).size).toBeGreaterThan(50);
  }
});

test('late timers do not add up', async () => {
  const [punctual, late] = [await timesOf(DRAFT, 'real', 5), await timesOf(DRAFT, 'real', 5, 4)];
  expect((late.at(-1) ?? 0) - (punctual.at(-1) ?? 0)).toBeLessThan(10);
});

test('a pace that is told is kept, and the instant one never waits', async () => {
  const times = await timesOf('x'.repeat(1000), { firstMs: 50, eventMs: 5, charsPerEvent: 10 }, 3);
  expect(times[0]).toBe(50);
  expect(times.length).toBeGreaterThan(80);
  expect(times.length).toBeLessThan(120);
  expect(times.at(-1)).toBeGreaterThan(350);
  expect(times.at(-1)).toBeLessThan(650);
  expect((await timesOf(DRAFT, 'instant', 1)).at(-1)).toBe(0);
});

test('pieces never tear a character, and make the text again', () => {
  const text = '🚀 größer 👩‍👩‍👧‍👦 将合并 '.repeat(40);
  for (const size of [1, 2, 3, 8]) {
    const pieces = cutText(text, size, size);
    expect(pieces.join('')).toBe(text);
    for (const piece of pieces) expect(piece).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
  }
  expect(cutText(text, 8, 1)).toEqual(cutText(text, 8, 1));
  expect(cutText(text, 8, 1)).not.toEqual(cutText(text, 8, 2));
});

test('tokens are counted and taken by the same measure', () => {
  expect(countTokens('abcd')).toBe(1);
  expect(countTokens('abcde')).toBe(2);
  expect(countTokens('将合并')).toBe(3);
  for (const limit of [1, 7, 50]) expect(countTokens(takeTokens(DRAFT, limit))).toBe(limit);
  expect(takeTokens('🚀🚀', 1)).toBe('🚀');
  expect(takeTokens(DRAFT, Number.POSITIVE_INFINITY)).toBe(DRAFT);
});
