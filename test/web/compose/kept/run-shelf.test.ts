import { expect, test } from 'vitest';
import { readKeptRuns } from '../../../../web/compose/kept/read-kept.ts';
import { createRunShelf, MAX_RUNS } from '../../../../web/compose/kept/run-shelf.ts';
import { applyEvent } from '../../../../web/run/state/apply-event.ts';
import { beginRun } from '../../../../web/run/state/reduce-run.ts';
import { IDLE, type RunState } from '../../../../web/run/state/run-state.ts';
import { RUN } from '../../support/fixtures.ts';

function runAt(startedAt: number): RunState {
  const asked = { goal: 'g', provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'm' };
  const begun = beginRun(IDLE, { asked, now: startedAt, keep: false });
  return {
    ...RUN.reduce((state, event) => applyEvent(state, event, startedAt), begun),
    id: `run-${startedAt}`,
  };
}
const startsOf = (runs: readonly RunState[]): readonly number[] => runs.map(({ startedAt }) => startedAt);

test('the last twenty stay, latest first, also for the next page of the tab', () => {
  const shelf = createRunShelf(sessionStorage);
  for (let at = 1; at <= MAX_RUNS + 3; at++) shelf.put(runAt(at));
  expect(startsOf(shelf.get())).toEqual(Array.from({ length: MAX_RUNS }, (_, at) => MAX_RUNS + 3 - at));
  expect(startsOf(createRunShelf(sessionStorage, readKeptRuns(sessionStorage)).get())).toEqual(
    startsOf(shelf.get()),
  );
});

test('what has nothing to show is not kept, and one run stands there once', () => {
  const shelf = createRunShelf(sessionStorage);
  shelf.put(IDLE);
  shelf.put({ ...IDLE, status: 'failed', startedAt: 5 });
  shelf.put(runAt(7));
  shelf.put(runAt(7));
  expect(startsOf(shelf.get())).toEqual([7]);
});

test('a deleted one is gone, and comes back to its place', () => {
  const shelf = createRunShelf(sessionStorage);
  for (const at of [1, 2, 3]) shelf.put(runAt(at));
  shelf.drop(runAt(2));
  expect(startsOf(shelf.get())).toEqual([3, 1]);
  shelf.put(runAt(2));
  expect(startsOf(shelf.get())).toEqual([3, 2, 1]);
});

test('where the tab has little room the latest are stored, and all stay while the page lives', () => {
  const oneRun = JSON.stringify(runAt(1)).length;
  const kept = new Map<string, string>();
  const small = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => {
      if (text.length > 2.5 * oneRun) throw new DOMException('', 'QuotaExceededError');
      kept.set(name, text);
    },
    removeItem: (name: string) => kept.delete(name),
  };
  const shelf = createRunShelf(small);
  for (const at of [1, 2, 3]) shelf.put(runAt(at));
  expect(startsOf(shelf.get())).toEqual([3, 2, 1]);
  expect(startsOf(createRunShelf(small, readKeptRuns(small)).get())).toEqual([3, 2]);
  expect(shelf.makeRoom()).toBe(true);
  expect(startsOf(createRunShelf(small, readKeptRuns(small)).get())).toEqual([3]);
  expect(shelf.makeRoom()).toBe(true);
  expect(shelf.makeRoom()).toBe(false);
});

function longRun(at: number, chars: number): RunState {
  const asked = { goal: 'x'.repeat(chars), provider: 'p', providerName: 'P', host: 'h', model: 'm' };
  return { ...runAt(at), asked };
}

test('two and a half million characters are the most that is stored; the others stay while the page lives', () => {
  const shelf = createRunShelf(sessionStorage);
  for (const at of [1, 2, 3]) shelf.put(longRun(at, 1_200_000));
  expect(startsOf(shelf.get())).toEqual([3, 2, 1]);
  expect(shelf.get().map((run) => shelf.isStored(run))).toEqual([true, true, false]);
  expect(startsOf(createRunShelf(sessionStorage, readKeptRuns(sessionStorage)).get())).toEqual([3, 2]);
  expect(shelf.lost()).toBe(0);
});

test('a run that is too long to be stored is kept, and pushes no shorter one out of the storage', () => {
  const shelf = createRunShelf(sessionStorage);
  shelf.put(runAt(1));
  shelf.put(longRun(2, 3_000_000));
  expect(startsOf(shelf.get())).toEqual([2, 1]);
  expect(startsOf(createRunShelf(sessionStorage, readKeptRuns(sessionStorage)).get())).toEqual([1]);
});

test('the newest stays however long it is, and what is let go for it is counted', () => {
  const shelf = createRunShelf(sessionStorage);
  shelf.put(longRun(1, 21_000_000));
  shelf.put(longRun(2, 21_000_000));
  expect(startsOf(shelf.get())).toEqual([2]);
  expect(shelf.lost()).toBe(1);
  shelf.put(longRun(3, 41_000_000));
  expect(startsOf(shelf.get())[0]).toBe(3);
});

test('storage that is off or holds something else is no crash', () => {
  sessionStorage.setItem('oneturn.runs', '[{"status":"done"}, 7]');
  expect(createRunShelf(sessionStorage, readKeptRuns(sessionStorage)).get()).toEqual([]);
  const fails = (): never => {
    throw new DOMException('', 'SecurityError');
  };
  const shelf = createRunShelf({ setItem: fails, removeItem: fails }, readKeptRuns({ getItem: fails }));
  shelf.put(runAt(1));
  expect(startsOf(shelf.get())).toEqual([1]);
});
