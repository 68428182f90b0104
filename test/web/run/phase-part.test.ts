import { expect, test } from 'vitest';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import { applyEvent } from '../../../web/run/state/apply-event.ts';
import { phasePart } from '../../../web/run/state/phase-part.ts';
import { phaseInWords } from '../../../web/run/state/phase-words.ts';
import { beginRun } from '../../../web/run/state/reduce-run.ts';
import { IDLE, type RunState } from '../../../web/run/state/run-state.ts';
import { draftOf, PLAN } from '../support/fixtures.ts';

const ASKED = { goal: 'g', provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'm' };
const after = (...events: readonly ComposeEvent[]): RunState =>
  events.reduce(
    (state, event) => applyEvent(state, event, 2000),
    beginRun(IDLE, { asked: ASKED, now: 1000, keep: false }),
  );
const started = (call: string, phase: 'planning' | 'drafting', item?: string): ComposeEvent => ({
  event: 'call',
  data: { call, phase, state: 'start', ...(item !== undefined && { item }) },
});
const used = (outputTokens: number): ComposeEvent => ({
  event: 'usage',
  data: { inputTokens: 10, outputTokens, costUsd: null, estimated: true },
});
const usage = { inputTokens: 1, outputTokens: 300, costUsd: null, estimated: false };

test('planning moves by what is written against what a plan usually is, thoughts included, and is never done by that', () => {
  const planning = [
    { event: 'call', data: { call: 'classify', phase: 'classifying', state: 'done', usage } },
    { event: 'phase', data: { phase: 'planning', state: 'start' } },
    started('plan', 'planning'),
  ] as const satisfies readonly ComposeEvent[];
  expect(phasePart(after(...planning), 'planning')).toBe(0);
  // 300 of them were the call before.
  expect(phasePart(after(...planning, used(750)), 'planning')).toBeCloseTo(0.5);
  expect(
    phasePart(
      after(...planning, used(750), { event: 'thinking', data: { call: 'plan', tokens: 90 } }),
      'planning',
    ),
  ).toBeCloseTo(0.6);
  expect(phasePart(after(...planning, used(90_000)), 'planning')).toBe(0.95);
  expect(
    phasePart(after(...planning, { event: 'phase', data: { phase: 'planning', state: 'done' } }), 'planning'),
  ).toBe(1);
});

test('drafting moves while nothing is done yet, and says how many are written', () => {
  const run = after(
    { event: 'plan', data: PLAN },
    { event: 'phase', data: { phase: 'drafting', state: 'start', done: 0, of: 2 } },
    started('draft-i1-1', 'drafting', 'i1'),
    started('draft-i2-1', 'drafting', 'i2'),
    { event: 'text', data: { item: 'i1', revision: 1, delta: 'a' } },
    { event: 'text', data: { item: 'i2', revision: 1, delta: 'a' } },
    used(1400),
  );
  expect(phasePart(run, 'drafting')).toBeCloseTo(0.5);
  expect(phaseInWords('drafting', run)).toBe('Writing 2 · 0 done');
  const next = applyEvent(run, { event: 'draft', data: draftOf('i1') }, 3000);
  expect(phaseInWords('drafting', next)).toBe('Writing 1 · 0 done');
  expect(phaseInWords('drafting', { ...next, status: 'cancelled' })).toBe('Drafting 0 of 2');
  expect(phasePart(run, 'analyzing')).toBe(0);
});

test('items of the plan are there until the plan is', () => {
  const item = { index: 0, action: 'create' as const, name: 'a', covers: ['c1'] };
  const run = after({ event: 'planned', data: item });
  expect(run.planned).toEqual([item]);
  expect(applyEvent(run, { event: 'plan', data: PLAN }, 3000).planned).toBeUndefined();
});
