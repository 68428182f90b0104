import { expect, test } from 'vitest';
import { createRunShelf } from '../../../../web/compose/kept/run-shelf.ts';
import { takeBack } from '../../../../web/compose/run/take-back.ts';
import { applyEvent } from '../../../../web/run/state/apply-event.ts';
import { beginRun } from '../../../../web/run/state/reduce-run.ts';
import { IDLE, type RunState } from '../../../../web/run/state/run-state.ts';
import { createRunStore } from '../../../../web/run/state/run-store.ts';
import { draftOf, RUN } from '../../support/fixtures.ts';

const ASKED = { goal: 'g', provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'm' };
const MINE = draftOf('i1', { body: 'Mine.', digest: 'sha256:mine' });

function runAt(startedAt: number): RunState {
  const begun = beginRun(IDLE, { asked: ASKED, now: startedAt, keep: false });
  return {
    ...RUN.reduce((state, event) => applyEvent(state, event, startedAt), begun),
    id: `run-${startedAt}`,
  };
}
function open() {
  const shelf = createRunShelf(sessionStorage);
  const replaced = (previous: RunState, next: RunState): void => {
    shelf.drop(next);
    shelf.put(previous);
  };
  const store = createRunStore({ now: () => 9, frame: (flush) => flush(), replaced });
  store.replace(runAt(1));
  const before = store.get().drafts['i1'] ?? {};
  store.edit('i1', { draft: MINE });
  return { store, shelf, change: { item: 'i1', changed: MINE.digest, before } };
}
const bodyOf = (run: RunState | undefined) => run?.drafts['i1']?.draft?.body;

test('a change is taken back in the run that is shown', () => {
  const { change, ...compose } = open();
  expect(takeBack(compose, change)).toBe(true);
  expect(bodyOf(compose.store.get())).toBe(draftOf('i1').body);
});

test('when another run is shown by then, it is left alone, and the one that was changed has its text back', () => {
  const { change, ...compose } = open();
  compose.store.replace(runAt(2));
  expect(takeBack(compose, change)).toBe(true);
  expect(compose.store.get()).toMatchObject({ id: 'run-2' });
  expect(bodyOf(compose.store.get())).toBe(draftOf('i1').body);
  expect(bodyOf(compose.shelf.get()[0])).toBe(draftOf('i1').body);
  expect(compose.shelf.get().map(({ id }) => id)).toEqual(['run-1']);
});

test('nothing is taken back of a text that was changed again, nor while a run goes on', () => {
  const { change, ...compose } = open();
  compose.store.edit('i1', { draft: draftOf('i1', { body: 'Newer.', digest: 'sha256:newer' }) });
  expect(takeBack(compose, change)).toBe(false);
  expect(bodyOf(compose.store.get())).toBe('Newer.');
  compose.store.edit('i1', { draft: MINE });
  compose.store.begin({ asked: ASKED, keep: true });
  expect(takeBack(compose, change)).toBe(false);
  expect(bodyOf(compose.store.get())).toBe('Mine.');
});
