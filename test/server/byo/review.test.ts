import { beforeEach, describe, expect, test } from 'vitest';
import { Reviews } from '../../../server/byo/reviews.ts';
import type { Planned } from '../../../shared/compose/compose-options.ts';
import type { EventData, EventName } from '../../../shared/contract/events.ts';
import type { Plan } from '../../../shared/contract/plan.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { makeCanary } from '../../leak/canary.ts';
import { type HandClock, handClock } from '../providers/hand-clock.ts';
import { byoServer } from './support/byo-server.ts';
import type { LiveRun, RunAnswer } from './support/live-run.ts';

const byo = byoServer();
let clock: HandClock;
let reviews: Reviews;
beforeEach(() => {
  clock = handClock();
  reviews = new Reviews(clock, () => 1_764_000_000_000 + clock.now());
  Object.assign(byo.running.parts, { reviews });
});

function all<N extends EventName>({ events }: Pick<RunAnswer, 'events'>, name: N): EventData<N>[] {
  // as: of that name
  return events.flatMap(({ event }) => (event?.event === name ? [event.data as EventData<N>] : []));
}
const post = (run: string, body: unknown): Promise<Response> =>
  fetch(byo.url + ROUTES.byoPlan(run), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const phases = (): string[] => byo.sandbox.journal.map(({ phase }) => phase);

async function waiting(): Promise<{ live: LiveRun; plan: Plan; questions: readonly { id: string }[] }> {
  const live = await byo.open({ review: true });
  await live.until('event: review');
  const data = (name: string): unknown =>
    JSON.parse(new RegExp(`event: ${name}\\nid: \\d+\\ndata: (.*)`).exec(live.text)?.[1] ?? 'null');
  // as: what this very server told
  const plan = data('plan') as Plan;
  return { live, plan, questions: (data('intent') as EventData<'intent'>).questions ?? [] };
}

function withReason(plan: Plan, reason: string): Plan {
  return { ...plan, items: plan.items.map((item) => ({ ...item, reason })) };
}

describe('a run whose plan is looked at', () => {
  test('says until when it waits and asks nothing meanwhile', async () => {
    const { live, questions } = await waiting();
    expect(phases()).toEqual(['classification', 'plan']);
    expect(live.text).toContain('"leftMs":20000');
    expect(questions.length).toBeGreaterThan(0);
    expect(questions.length).toBeLessThanOrEqual(4);
    clock.pass(19_999);
    expect(reviews.size).toBe(1);
    clock.pass(1);
    const answer = await live.answer();
    expect(all(answer, 'review').at(-1)).toMatchObject({ state: 'over', by: 'time' });
    expect(answer.events.at(-1)?.name).toBe('done');
    expect(all(answer, 'plan').length).toBe(1);
  });

  test('a touch stops the clock for three minutes, a second one for no longer', async () => {
    const { live } = await waiting();
    clock.pass(15_000);
    expect(await (await post(live.run, { touch: true })).json()).toEqual({ leftMs: 180_000 });
    clock.pass(100_000);
    expect(await (await post(live.run, { touch: true })).json()).toEqual({ leftMs: 80_000 });
    clock.pass(80_000);
    const answer = await live.answer();
    expect(all(answer, 'review').map(({ state, touched }) => [state, touched])).toEqual([
      ['waiting', false],
      ['waiting', true],
      ['over', undefined],
    ]);
  });

  test('drafts the plan that was sent back, with the answers in every prompt', async () => {
    const { live, plan, questions } = await waiting();
    const [first] = plan.items;
    const edited: Plan = {
      ...plan,
      items: [
        {
          ...first,
          name: 'my-own-name',
          outline: ['Only what changed since Monday'],
        } as Plan['items'][number],
      ],
    };
    const answers = { [questions[0]?.id ?? '']: 'From the file changes-from-monday.csv' };
    expect((await post(live.run, { plan: edited, answers })).status).toBe(200);
    const answer = await live.answer();
    expect(all(answer, 'draft').map(({ manifest }) => manifest.name)).toEqual(['my-own-name']);
    expect(all(answer, 'review').at(-1)).toMatchObject({ state: 'over', by: 'user' });
    const told = all(answer, 'plan').at(-1);
    expect(told?.items.length).toBe(1);
    expect(told?.uncovered.length).toBe(
      (all(answer, 'intent')[0]?.capabilities.length ?? 0) - (first?.covers.length ?? 0),
    );
    const drafting = byo.sandbox.journal.find(({ phase }) => phase === 'draft');
    expect(JSON.stringify(drafting?.body)).toContain('changes-from-monday.csv');
    expect(JSON.stringify(drafting?.body)).toContain('Only what changed since Monday');
    expect((await post(live.run, { plan: edited })).status).toBe(404);
  });

  test('takes no plan that it could not draft, says why, and goes on waiting', async () => {
    const { live, plan } = await waiting();
    const [first] = plan.items;
    const twice = { ...plan, items: [first, { ...first, id: 'x1' }] };
    const refused = await post(live.run, { plan: twice });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Rename one');
    expect((await post(live.run, { plan: { ...plan, items: [] } })).status).toBe(422);
    expect((await post(live.run, { plan, key: 'x' })).status).toBe(422);
    expect((await post('r'.repeat(22), { touch: true })).status).toBe(404);
    expect((await post(live.run, { plan })).status).toBe(200);
    expect((await live.answer()).events.at(-1)?.name).toBe('done');
  });

  test.each([
    ['an item’s reason', (plan: Plan, key: string) => ({ plan: withReason(plan, `use ${key}`) })],
    ['an answer', (plan: Plan, key: string) => ({ plan, answers: { q1: key } })],
    [
      'an outline, spelled otherwise',
      (plan: Plan, key: string) => ({ plan: withReason(plan, Buffer.from(key).toString('base64')) }),
    ],
  ])('refuses the run’s own key in %s, and goes on waiting', async (_, edit) => {
    byo.allow('journal');
    const { live, plan } = await waiting();
    const refused = await post(live.run, edit(plan, byo.key));
    expect(refused.status).toBe(400);
    const said = await refused.text();
    byo.note(said);
    expect(said).toContain('There is a key in the plan');
    expect(reviews.size).toBe(1);
    expect((await post(live.run, { plan })).status).toBe(200);
    const answer = await live.answer();
    expect(answer.events.at(-1)?.name).toBe('done');
    expect(byo.sandbox.journal.map(({ body }) => JSON.stringify(body)).join()).not.toContain(byo.key);
  });

  test('refuses what looks like a key of any vendor, unless the plan had it before', async () => {
    const { live, plan } = await waiting();
    const other = makeCanary('sk-proj-').key;
    const refused = await post(live.run, { plan: withReason(plan, `call it with ${other}`) });
    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toContain(other);
    expect(
      (await post(live.run, { plan: withReason(plan, 'send authorization: Bearer from the vault') })).status,
    ).toBe(200);
    await live.answer();
  });

  test.each(['fin', 'reset'] as const)(
    'ends with a tab that is closed (%s), and wipes the key',
    async (how) => {
      const { live, plan } = await waiting();
      live.leave(how);
      await byo.quiet();
      expect(reviews.size).toBe(0);
      expect((await post(live.run, { plan })).status).toBe(404);
      expect(phases()).toEqual(['classification', 'plan']);
      expect(byo.lineOf(live.run)).toMatchObject({ outcome: 'cancelled', status: 499 });
    },
  );

  test('ends when the server stops', async () => {
    const { live } = await waiting();
    const { RunAborted } = await import('../../../server/runs/run-aborted.ts');
    for (const controller of byo.running.parts.running) controller.abort(new RunAborted('shutdown'));
    expect((await live.answer()).failure).toMatchObject({ code: 'internal', reason: 'shutdown' });
    await byo.quiet();
  });
});

test('without the wish nothing waits', async () => {
  const answer = await (await byo.open()).answer();
  expect(all(answer, 'review')).toEqual([]);
  expect(answer.events.at(-1)?.name).toBe('done');
});

describe('a run that cannot be told any more', () => {
  const planned = { plan: { title: 't', items: [], uncovered: [] }, intent: {}, offers: [] };
  const bug = new RangeError('a write that broke');
  // as: neither is looked at
  const task = { run: 'r', planned: planned as unknown as Planned, catalog: [], holdsKey: () => false };

  test.each([1, 2])(
    'is over for its review, with the bug (at event %i), and nothing waits',
    async (breaksAt) => {
      const desk = new Reviews(clock, () => 0);
      const controller = new AbortController();
      let events = 0;
      const tell = (): void => {
        events += 1;
        if (events === breaksAt) throw bug;
      };
      const waited = desk.wait({ ...task, tell, signal: controller.signal });
      waited.catch(() => undefined);
      if (breaksAt === 2) expect((await desk.answer('r', { touch: true })).ok).toBe(false);
      await expect(waited).rejects.toBe(bug);
      expect(desk.size).toBe(0);
      expect(await desk.answer('r', { touch: true })).toMatchObject({
        ok: false,
        failure: { code: 'not_found' },
      });
      clock.pass(500_000);
      controller.abort();
    },
  );
});
