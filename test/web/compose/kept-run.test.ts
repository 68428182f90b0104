import { expect, test } from 'vitest';
import { keepRun, readKeptRun } from '../../../web/compose/kept-run.ts';
import { applyEvent, beginRun } from '../../../web/run/state/reduce-run.ts';
import { IDLE, type RunState } from '../../../web/run/state/run-state.ts';
import { draftOf, RUN } from '../support/fixtures.ts';

const begun = beginRun(IDLE, {
  asked: { goal: 'g', provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'm' },
  now: 1000,
  keep: false,
});
const done = RUN.reduce((state, event) => applyEvent(state, event, 2000), begun);
const NO_TEXTS = new Map<string, string>();

function kept(state: RunState, texts: ReadonlyMap<string, string> = NO_TEXTS): RunState | undefined {
  expect(keepRun(sessionStorage, state, texts)).toBe(true);
  return readKeptRun(sessionStorage);
}

test('a finished run comes back as it was', () => {
  expect(kept(done)).toEqual({ ...JSON.parse(JSON.stringify(done)), restored: true });
});

test('a run that was under way when the page went comes back as over, with what was written', () => {
  const running = applyEvent(
    { ...done, status: 'running', endedAt: undefined },
    { event: 'text', data: { item: 'i2', revision: 2, delta: 'x' } },
    2000,
  );
  const back = kept(running, new Map([['i2', 'half']]));
  expect(back).toMatchObject({ status: 'cut', plan: done.plan });
  expect(back?.drafts['i2']).toMatchObject({ partial: 'half', draft: draftOf('i2') });
  expect(back?.drafts['i2']?.writing).toBeUndefined();
});

test('nothing is kept of an idle page', () => {
  keepRun(sessionStorage, done, NO_TEXTS);
  expect(kept(IDLE)).toBeUndefined();
  expect(sessionStorage).toHaveLength(0);
});

test('half-written texts are given up before drafts when there is no room for both', () => {
  const writing = applyEvent(
    { ...done, status: 'running' },
    { event: 'text', data: { item: 'i2', revision: 2, delta: 'x' } },
    2000,
  );
  const back = kept(writing, new Map([['i2', 'x'.repeat(4_000_000)]]));
  expect(back?.drafts['i2']?.partial).toBeUndefined();
  expect(back?.drafts['i1']?.draft).toEqual(draftOf('i1'));
});

test('a full or forbidden storage is no crash', () => {
  const full = {
    getItem: () => {
      throw new DOMException('', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('', 'QuotaExceededError');
    },
    removeItem: () => {},
  };
  expect(keepRun(full, done, NO_TEXTS)).toBe(false);
  expect(readKeptRun(full)).toBeUndefined();
});

test('what an older page or somebody else left there is passed over', () => {
  for (const text of ['{', '{"status":"done"}', '[]', 'null']) {
    sessionStorage.setItem('oneturn.run', text);
    expect(readKeptRun(sessionStorage)).toBeUndefined();
  }
});
