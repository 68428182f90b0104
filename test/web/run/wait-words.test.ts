import { expect, test } from 'vitest';
import type { EventData } from '../../../shared/contract/events.ts';
import { applyEvent } from '../../../web/run/state/apply-event.ts';
import { beginRun } from '../../../web/run/state/reduce-run.ts';
import { IDLE, type RunState } from '../../../web/run/state/run-state.ts';
import { waitInWords } from '../../../web/run/wait-words.ts';

const ASKED = { goal: 'g', provider: 'groq', providerName: 'Groq', host: 'h', model: 'm' };
const begun = beginRun(IDLE, { asked: ASKED, now: 1000, keep: false });

/** Each call's state at a time, ms since the run's start. */
function after(
  calls: readonly (readonly [call: string, at: number, Partial<EventData<'call'>>])[],
): RunState {
  return calls.reduce(
    (state, [call, at, data]) =>
      applyEvent(
        state,
        { event: 'call', data: { call, phase: 'drafting', state: 'start', ...data } },
        1000 + at,
      ),
    begun,
  );
}

const waits = (waitSeconds: number) => ({ state: 'waiting', waitSeconds }) as const;

test('tells how many calls wait, and when the first one goes on', () => {
  const run = after([
    ['a', 0, waits(12)],
    ['b', 0, waits(14)],
  ]);
  expect(waitInWords(run, 1000 + 4000)).toBe(
    'Groq limits how often it may be asked. 2 calls waiting; the run goes on in 8 s.',
  );
});

test('counts from the last word on a wait, and promises nothing that is over', () => {
  const run = after([
    ['a', 0, waits(2)],
    ['a', 1000, waits(9)],
  ]);
  expect(waitInWords(run, 1000 + 3000)).toContain('1 call waiting; the run goes on in 7 s.');
  expect(waitInWords(run, 1000 + 60_000)).toContain('the run goes on.');
});

test.each([
  [
    'while another call goes on',
    [
      ['a', 0, waits(9)],
      ['b', 0, {}],
    ],
  ],
  [
    'when the wait is over',
    [
      ['a', 0, waits(9)],
      ['a', 9000, {}],
    ],
  ],
  [
    'when it ended',
    [
      ['a', 0, waits(9)],
      ['a', 9000, { state: 'done' }],
    ],
  ],
] as const)('says nothing %s', (_, calls) => {
  expect(waitInWords(after(calls), 5000)).toBeUndefined();
});

test('tells that the model is loading, and how long it may, until the first word', () => {
  const run = after([['a', 4000, { loadingSeconds: 536 }]]);
  expect(waitInWords(run, 1000 + 4000)).toBe(
    'Groq has not begun to answer: it is loading the model, or reading the prompt. It is given 9 minutes more.',
  );
  expect(waitInWords(run, 1000 + 480_000)).toContain('It is given 60 s more.');
  const begun = after([
    ['a', 4000, { loadingSeconds: 536 }],
    ['a', 9000, {}],
  ]);
  expect(waitInWords(begun, 1000 + 9000)).toBeUndefined();
});

test('does not call a server silent that answers another call', () => {
  const run = after([
    ['a', 0, {}],
    ['b', 4000, { loadingSeconds: 536 }],
  ]);
  expect(waitInWords(run, 1000 + 5000)).toBeUndefined();
});
