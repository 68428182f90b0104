import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallFailed } from '../../../web/http/call.ts';
import type { Saved } from '../../../web/publish/publish-api.ts';
import { beginWork } from '../../../web/publish/state/begin-work.ts';
import type { KeptWork } from '../../../web/publish/state/kept-work.ts';
import { keep, readKept } from '../../../web/publish/state/kept-work.ts';
import { WorkStore, type WorkStoreParts } from '../../../web/publish/state/work-store.ts';
import { savedPlan } from '../support/account-page.tsx';
import { skillDraft, work } from './work.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(answers: readonly (Saved | Error)[], parts: Partial<WorkStoreParts> = {}) {
  const sent: { readonly rev: number | null; readonly name: string }[] = [];
  const kept: (KeptWork | undefined)[] = [];
  const left = [...answers];
  const store = new WorkStore({
    ...{ start: work(), rev: null, isDirty: false, now: Date.now, keep: (one) => void kept.push(one) },
    save: async (rev, { name }) => {
      sent.push({ rev, name });
      const answer = left.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer is left');
      return answer;
    },
    ...parts,
  });
  return { store, sent, kept };
}
const saved = (rev: number): Saved => ({ kind: 'saved', rev });
const failed = (code: 'unavailable' | 'unauthenticated') => new CallFailed({ code, message: 'Away.' });

test('keeps what is typed in the tab at once, and on the server when it settles', async () => {
  const { store, sent, kept } = open([saved(1), saved(2)]);
  store.change(work({ name: 'one' }));
  store.change(work({ name: 'two' }));
  expect(kept.at(-1)?.work.name).toBe('two');
  expect(sent).toEqual([]);
  await vi.runAllTimersAsync();
  expect(sent).toEqual([{ rev: null, name: 'two' }]);
  expect(kept.at(-1)).toBeUndefined();
  expect(store.get().saving).toBe('saved');
  store.change(work({ name: 'three' }));
  await vi.runAllTimersAsync();
  expect(sent.at(-1)).toEqual({ rev: 1, name: 'three' });
});

test('saves what is typed while a save is under way after it, on its revision', async () => {
  const { store, sent, kept } = open([saved(1), saved(2)]);
  store.change(work({ name: 'one' }));
  const saving = store.save();
  store.change(work({ name: 'two' }));
  await saving;
  expect(store.get().saving).toBe('waiting');
  expect(kept.at(-1)).toMatchObject({ rev: 1, work: { name: 'two' } });
  await vi.runAllTimersAsync();
  expect(sent).toEqual([
    { rev: null, name: 'one' },
    { rev: 1, name: 'two' },
  ]);
});

test('tries again while the server is away, and waits for its user after a sign-out', async () => {
  const { store, sent } = open([failed('unavailable'), failed('unauthenticated'), saved(1)]);
  store.change(work({ name: 'one' }));
  await vi.runAllTimersAsync();
  expect(sent).toHaveLength(2);
  expect(store.get()).toMatchObject({ saving: 'failed', failure: { code: 'unauthenticated' } });
  await store.save();
  expect(store.get().saving).toBe('saved');
});

test('writes over another tab’s work only when it is told to', async () => {
  const current = { rev: 7, work: work({ name: 'theirs' }), updatedAt: '2026-11-28T10:00:00.000Z' };
  const { store, sent } = open([{ kind: 'conflict', current }, saved(8)]);
  store.change(work({ name: 'mine' }));
  await vi.runAllTimersAsync();
  store.change(work({ name: 'mine too' }));
  await vi.runAllTimersAsync();
  expect(sent).toHaveLength(1);
  expect(store.get().conflict?.current?.work.name).toBe('theirs');
  store.resolve('mine');
  await vi.runAllTimersAsync();
  expect(sent.at(-1)).toEqual({ rev: 7, name: 'mine too' });

  const other = open([{ kind: 'conflict', current }]);
  other.store.change(work({ name: 'mine' }));
  await vi.runAllTimersAsync();
  other.store.resolve('theirs');
  expect(other.store.get()).toEqual({ work: current.work, saving: 'saved' });
  expect(other.kept.at(-1)).toBeUndefined();
});

test('saves nothing after it is over', async () => {
  const { store, sent } = open([]);
  store.change(work({ name: 'one' }));
  store.end();
  await store.save();
  await vi.runAllTimersAsync();
  expect(sent).toEqual([]);
});

test('undoes what was typed in one go, over all fields of a skill, and does it again', () => {
  let now = 0;
  const { store } = open([], { now: () => now });
  const body = (): string | undefined => store.get().work.skills[0]?.draft?.body;
  const first = skillDraft();
  store.edit('i1', { ...first, body: 'a' }, 'body');
  now += 100;
  store.edit('i1', { ...first, body: 'ab' }, 'body');
  store.edit('i1', { ...first, body: 'ab', name: 'other' }, 'name');
  expect(store.step('i1', 'undo')).toBe(true);
  expect(store.get().work.skills[0]?.draft).toEqual({ ...first, body: 'ab' });
  store.step('i1', 'undo');
  expect(body()).toBe(first.body);
  expect(store.step('i1', 'undo')).toBe(false);
  store.step('i1', 'redo');
  expect(body()).toBe('ab');
  now += 5000;
  store.edit('i1', { ...first, body: 'abc' }, 'body');
  expect(store.can('i1', 'redo')).toBe(false);
  store.end();
});

test('begins with what the tab kept, and asks where the server went on without it', () => {
  const plan = savedPlan();
  const theirs = { rev: 3, work: work({ name: 'theirs' }), updatedAt: '2026-11-28T10:00:00.000Z' };
  const mine = work({ name: 'mine' });
  const none = { draft: null, published: [] };
  const draft = { draft: theirs, published: [] };
  expect(beginWork(plan, none, undefined)).toMatchObject({ rev: null, isDirty: false });
  expect(beginWork(plan, draft, undefined)).toEqual({ start: theirs.work, rev: 3, isDirty: false });
  expect(beginWork(plan, draft, { rev: 3, work: mine })).toEqual({ start: mine, rev: 3, isDirty: true });
  expect(beginWork(plan, draft, { rev: 2, work: mine }).conflict).toEqual({ current: theirs });
  // the answer was lost, the save was not
  expect(beginWork(plan, draft, { rev: 2, work: theirs.work })).toMatchObject({ rev: 3, isDirty: false });
  // published or discarded in another tab
  expect(beginWork(plan, none, { rev: 2, work: mine }).conflict).toEqual({ current: null });
});

test('keeps the work for its account and its plan alone', () => {
  const place = { handle: 'ada', planId: 'p1' };
  keep(sessionStorage, place, { rev: 1, work: work() });
  expect(readKept(sessionStorage, place)).toEqual({ rev: 1, work: work() });
  expect(readKept(sessionStorage, { ...place, handle: 'eve' })).toBeUndefined();
  expect(readKept(sessionStorage, { ...place, planId: 'p2' })).toBeUndefined();
  keep(sessionStorage, place, undefined);
  expect(sessionStorage).toHaveLength(0);
});
