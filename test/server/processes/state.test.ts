import { afterEach, describe, expect, test, vi } from 'vitest';
import { Reviews } from '../../../server/byo/reviews.ts';
import type { MemberCalls, PrimaryCalls, SealedAnswer } from '../../../server/processes/calls.ts';
import { type Answers, createChannel } from '../../../server/processes/channel.ts';
import { createPassedAnswers, type PassedAnswers } from '../../../server/processes/passed-answers.ts';
import { createSharedState } from '../../../server/processes/shared-state.ts';
import {
  type PrimaryState,
  type Reviewer,
  stateAtPrimary,
} from '../../../server/processes/state-at-primary.ts';
import { stateOverPrimary } from '../../../server/processes/state-over-primary.ts';
import { createPeriodSecrets } from '../../../server/sealing/period-secrets.ts';
import type { Planned } from '../../../shared/compose/compose-options.ts';
import type { Envelope } from '../../../shared/contract/receipt.ts';
import { canariesOfAllLengths } from '../../leak/canary.ts';
import { copies, scanBytes } from '../../leak/memory-scan.ts';
import { handClock } from '../providers/hand-clock.ts';
import { createPipe } from './pipe.ts';

const now = (): number => Date.now();
const bugs: unknown[] = [];
afterEach(() => expect(bugs).toEqual([]));
const secrets = createPeriodSecrets(now);

function primary(): PrimaryState {
  return stateAtPrimary(
    createSharedState({ RUNS_PER_MINUTE: 100, CONCURRENT_RUNS: 2, SEALING_SECRET: undefined }),
    secrets,
  );
}

/** A member of it on a pipe of its own, as a process would be. */
async function member(state: PrimaryState) {
  const pipe = createPipe();
  const bug = (error: unknown): void => void bugs.push(error);
  const seen: Reviewer & { reviewer: string | undefined } = {
    reviewer: undefined,
    takeAnswer: (answer) => toMember.ask('takeAnswer', answer),
  };
  // as: what is not about state is never asked here
  const answers = state.answersFor(seen) as Answers<PrimaryCalls>;
  const toMember = createChannel<MemberCalls, PrimaryCalls>(pipe.ends[0], answers, bug);
  let passed: PassedAnswers | undefined;
  // as: nothing else is asked of it
  const own = {
    takeAnswer: (answer: SealedAnswer) => passed?.take(answer),
  } as unknown as Answers<MemberCalls>;
  const channel = createChannel<PrimaryCalls, MemberCalls>(pipe.ends[1], own, bug);
  const clock = handClock();
  passed = await createPassedAnswers(new Reviews(clock, now), channel);
  seen.reviewer = passed.reviewer;
  const shared = stateOverPrimary(channel, { sealing: secrets }, { secret: undefined, reviews: passed.desk });
  return { shared, seen, clock, texts: pipe.texts };
}

async function pair() {
  const state = primary();
  return { state, a: await member(state), b: await member(state) };
}

describe('members of one server share', () => {
  test('the places of runs that go on at once, which are free again when they are given back, once', async () => {
    const { a, b } = await pair();
    const [one, two] = [await a.shared.runLimits.acquire(['x']), await b.shared.runLimits.acquire(['x'])];
    expect([one.ok, two.ok, (await a.shared.runLimits.acquire(['x'])).ok]).toEqual([true, true, false]);
    if (one.ok) for (let twice = 0; twice < 2; twice++) one.release();
    expect((await b.shared.runLimits.acquire(['x'])).ok).toBe(true);
    expect(await b.shared.runLimits.acquire(['x'])).toMatchObject({ failure: { code: 'rate_limited' } });
  });

  test('the ids of taken runs: of all that ask at once one is the first', async () => {
    const { a, b } = await pair();
    const first = [a, b, a, b].map(({ shared }) => shared.runLimits.isFirst('r'));
    expect((await Promise.all(first)).filter(Boolean)).toHaveLength(1);
    expect(await a.shared.checkLimits.isFirst('r')).toBe(true);
  });

  test('receipts, strays, reports and the places of an account’s feeds', async () => {
    const { a, b } = await pair();
    // as: nobody looks into it
    const envelope = { payload: 'signed' } as unknown as Envelope;
    await a.shared.receipts.keep('r', envelope);
    expect([await b.shared.receipts.get('r'), await b.shared.receipts.get('s')]).toEqual([
      envelope,
      undefined,
    ]);
    await a.shared.strays.add('203.0.113.1');
    expect(await b.shared.strays.has('203.0.113.1')).toBe(true);
    expect(await b.shared.strays.has('203.0.113.2')).toBe(false);
    const reports = [a, b, a, b, a, b, a].map(({ shared }) => shared.reportLimit.allow('203.0.113.1'));
    expect((await Promise.all(reports)).filter(Boolean)).toHaveLength(6);
    const feeds = Array.from({ length: 21 }, (_, i) => (i % 2 ? a : b).shared.places.take('someone'));
    const taken = await Promise.all(feeds);
    expect(taken.filter((release) => release !== undefined)).toHaveLength(20);
    taken.find((release) => release !== undefined)?.();
    expect(await a.shared.places.take('someone')).toBeDefined();
  });

  test('their sealing key', async () => {
    const { a, b } = await pair();
    expect(await a.shared.sealing.current()).toEqual(await b.shared.sealing.current());
  });
});

test('a member that dies gives back its places, also the one that was just being sought', async () => {
  const { state, a, b } = await pair();
  await a.shared.runLimits.acquire(['x']);
  const late = a.shared.runLimits.acquire(['x']);
  state.drop(a.seen);
  await late;
  const again = [await b.shared.runLimits.acquire(['x']), await b.shared.runLimits.acquire(['x'])];
  expect(again.map(({ ok }) => ok)).toEqual([true, true]);
});

describe('an answer to a plan that came to another member', () => {
  // as: only what the desk looks at
  const planned = {
    plan: { title: 't', items: [], uncovered: [] },
    intent: {},
    offers: [],
  } as unknown as Planned;
  function waits({ shared }: Awaited<ReturnType<typeof member>>, key = 'none') {
    const controller = new AbortController();
    const waited = shared.reviews.wait({
      run: 'r',
      planned,
      catalog: [],
      tell: () => undefined,
      signal: controller.signal,
      holdsKey: (text) => text.includes(key),
    });
    return { waited, end: () => controller.abort() };
  }

  test('reaches the one that has the run, and finds nothing when the run is over', async () => {
    const { a, b } = await pair();
    const { waited, end } = waits(a);
    await vi.waitFor(async () =>
      expect(await b.shared.reviews.answer('r', { touch: true })).toMatchObject({
        ok: true,
        leftMs: 180_000,
      }),
    );
    expect(await a.shared.reviews.answer('r', { touch: true })).toMatchObject({ ok: true });
    end();
    expect(await waited).toBeUndefined();
    await vi.waitFor(async () =>
      expect(await b.shared.reviews.answer('r', { touch: true })).toMatchObject({
        ok: false,
        failure: { code: 'not_found' },
      }),
    );
  });

  test('is not found when the member with the run died', async () => {
    const { state, a, b } = await pair();
    const { end } = waits(a);
    await vi.waitFor(async () => expect((await b.shared.reviews.answer('r', { touch: true })).ok).toBe(true));
    state.drop(a.seen);
    expect(await b.shared.reviews.answer('r', { touch: true })).toMatchObject({
      failure: { code: 'not_found' },
    });
    end();
  });

  test('goes on sealed: a key that was pasted into it, of whatever length, is told by the run and on no pipe', async () => {
    for (const canary of canariesOfAllLengths()) {
      const { a, b } = await pair();
      const { end } = waits(a, canary.key);
      const answer = { plan: planned.plan, answers: { which: canary.key } };
      await vi.waitFor(async () =>
        expect((await b.shared.reviews.answer('r', { touch: true })).ok).toBe(true),
      );
      expect(await b.shared.reviews.answer('r', answer)).toMatchObject({ failure: { field: 'plan' } });
      const texts = Buffer.from([...a.texts, ...b.texts].join('\n'));
      expect(texts.toString()).toContain('passAnswer');
      expect(copies(scanBytes(texts, [canary])), String(canary.key.length)).toBe(0);
      end();
    }
  });
});
