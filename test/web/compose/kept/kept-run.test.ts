import { expect, test } from 'vitest';
import { keepRun } from '../../../../web/compose/kept/kept-run.ts';
import { readKeptRun } from '../../../../web/compose/kept/read-kept.ts';
import { applyEvent } from '../../../../web/run/state/apply-event.ts';
import { beginRun } from '../../../../web/run/state/reduce-run.ts';
import { IDLE, type RunState } from '../../../../web/run/state/run-state.ts';
import { draftOf, RUN } from '../../support/fixtures.ts';

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

test('nothing that a run can have is left out', () => {
  const note = { text: 'Name the file.', must: true };
  const revised = { item: 'i1', revision: 2, by: 'patches' as const, notes: [note], before: 'a', after: 'b' };
  const failure = { code: 'provider_failed', message: 'm' } as const;
  const full: Required<Omit<RunState, 'review' | 'restored'>> = {
    ...(done as Required<RunState>), // as: what it lacks follows
    endedAt: 3000,
    turnedAt: 1500,
    notices: ['n'],
    drafts: { ...done.drafts, i1: { ...done.drafts['i1'], revised, partial: 'p' } },
    reused: { i3: { item: 'i3', manifest: { name: 'n', description: 'd' }, body: 'b' } },
    rework: { item: 'i1', note: 'Shorter.', before: { revised } },
    calls: [
      {
        call: 'c',
        phase: 'drafting',
        item: 'i1',
        state: 'failed',
        startedMs: 1,
        ms: 2,
        waitSeconds: 3,
        waitUntilMs: 4,
        usage: { inputTokens: 1, outputTokens: 2, costUsd: null, estimated: true },
        thinkingTokens: 5,
        error: failure,
      },
    ],
    earlier: { inputTokens: 1, outputTokens: 2, costUsd: 0.1, estimated: false },
    failure,
    saved: { id: 'plan-1', rev: 3, run: 'run-1' },
  };
  expect(kept(full)).toEqual({ ...JSON.parse(JSON.stringify(full)), restored: true });
});

test('a run that is longer than any room is not kept, and no older state in its place', () => {
  keepRun(sessionStorage, done, NO_TEXTS);
  const long: RunState = { ...done, notices: ['x'.repeat(4_000_000)] };
  expect(keepRun(sessionStorage, long, NO_TEXTS)).toBe(true);
  expect(readKeptRun(sessionStorage)).toBeUndefined();
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
