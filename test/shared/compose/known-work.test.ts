import { beforeAll, describe, expect, it } from 'vitest';
import type { Analysis, Draft, Intent, Plan } from '../../../shared/contract/plan.ts';
import { type Collected, runCompose } from './run-compose.ts';
import { createScriptedAsk, critique } from './scripted-ask.ts';

let whole: Collected;
let intent: Intent;
let plan: Plan;
let drafts: readonly Draft[];
let analyses: readonly Analysis[];

beforeAll(async () => {
  whole = await runCompose(createScriptedAsk());
  const [firstIntent] = whole.of('intent');
  const [firstPlan] = whole.of('plan');
  if (!firstIntent || !firstPlan) throw new Error('the run that the others continue told no plan');
  intent = firstIntent;
  plan = firstPlan;
  drafts = whole.of('draft').toSorted((a, b) => a.item.localeCompare(b.item));
  analyses = whole.of('analysis').toSorted((a, b) => a.item.localeCompare(b.item));
});

describe('a redraft', () => {
  it('writes the items without a body and analyzes them, and nothing else', async () => {
    const model = createScriptedAsk();
    const run = await runCompose(model, { input: { redraft: { intent, plan, items: [{ id: 'i2' }] } } });
    expect(model.calls.map(({ id }) => id)).toEqual(['draft-i2-1', 'critic-i2-1']);
    expect(run.of('draft').map(({ item }) => item)).toEqual(['i2']);
    expect(run.of('phase').map(({ phase, state }) => `${phase} ${state}`)).toEqual([
      'drafting start',
      'drafting progress',
      'drafting done',
      'analyzing start',
      'analyzing progress',
      'analyzing done',
    ]);
    expect(run.of('phase')[0]).toMatchObject({ done: 0, of: 1 });
    expect(run.last).toEqual({ event: 'done', data: { drafts: 1 } });
  });

  it('analyzes a body that the user brings as it is, and never rewrites it', async () => {
    const body = '# My own\r\n\n1. Do it by hand.\n\n\n';
    const model = createScriptedAsk(({ phase }) =>
      phase === 'analyzing' ? { deltas: [critique(2, ['Weak'])] } : undefined,
    );
    const run = await runCompose(model, {
      input: { redraft: { intent, plan, items: [{ id: 'i1', body }] } },
    });
    expect(model.calls.map(({ id }) => id)).toEqual(['critic-i1-1']);
    expect(run.of('draft')).toMatchObject([{ item: 'i1', body: '# My own\n\n1. Do it by hand.\n' }]);
    expect(run.of('analysis')).toMatchObject([{ digest: run.of('draft')[0]?.digest, scores: { safety: 2 } }]);
  });

  it.each<[string, (plan: Plan) => { plan?: Plan; items: { id: string; body?: string }[] }]>([
    ['an item that is not in the plan', () => ({ items: [{ id: 'i9' }] })],
    [
      'an item that is reused',
      (given) => ({
        plan: { ...given, items: given.items.map((item) => ({ ...item, action: 'reuse' as const })) },
        items: [{ id: 'i1' }],
      }),
    ],
    [
      'two items of one id',
      (given) => ({
        plan: { ...given, items: given.items.map((item) => ({ ...item, id: 'i1' })) },
        items: [{ id: 'i1' }],
      }),
    ],
    [
      'two items of one name',
      (given) => ({
        plan: { ...given, items: given.items.map((item) => ({ ...item, name: 'same' })) },
        items: [{ id: 'i1' }],
      }),
    ],
    [
      'an item without a description',
      (given) => ({
        plan: { ...given, items: given.items.map((item) => ({ ...item, description: ' ' })) },
        items: [{ id: 'i1' }],
      }),
    ],
    ['an empty body', () => ({ items: [{ id: 'i1', body: ' \n' }] })],
  ])('is refused for %s before any call', async (_what, change) => {
    const model = createScriptedAsk();
    const run = await runCompose(model, { input: { redraft: { intent, plan, ...change(plan) } } });
    expect(model.calls).toEqual([]);
    expect(run.events).toEqual([
      {
        event: 'failed',
        data: { error: expect.objectContaining({ code: 'invalid_request', field: 'redraft' }) },
      },
    ]);
  });
});

describe('a run that resumes after a crash', () => {
  it('asks nothing that was recorded and tells none of it again', async () => {
    const model = createScriptedAsk();
    const run = await runCompose(model, {
      options: { recorded: { intent, plan, drafts: drafts.slice(0, 2), analyses: analyses.slice(0, 1) } },
    });
    expect(model.calls.map(({ id }) => id).toSorted()).toEqual(['critic-i2-1', 'critic-i3-1', 'draft-i3-1']);
    expect(run.of('intent')).toEqual([]);
    expect(run.of('plan')).toEqual([]);
    expect(run.of('draft').map(({ item }) => item)).toEqual(['i3']);
    expect(run.items('analysis')).toEqual(['i2', 'i3']);
    expect(run.last).toEqual({ event: 'done', data: { drafts: 3 } });
  });

  it('makes no call at all when everything was recorded', async () => {
    const model = createScriptedAsk();
    const run = await runCompose(model, { options: { recorded: { intent, plan, drafts, analyses } } });
    expect(model.calls).toEqual([]);
    expect(run.last).toEqual({ event: 'done', data: { drafts: 3 } });
  });

  it('plans when only the intent was recorded', async () => {
    const model = createScriptedAsk();
    const run = await runCompose(model, { options: { recorded: { intent } } });
    expect(model.calls[0]?.id).toBe('plan');
    expect(run.of('plan')).toEqual([plan]);
  });

  it('gives the same digests as a run in one piece', async () => {
    const run = await runCompose(createScriptedAsk(), {
      options: { recorded: { intent, plan, drafts: drafts.slice(0, 1) } },
    });
    const digests = (of: readonly Draft[]) => of.map(({ digest }) => digest).toSorted();
    expect(digests(run.of('draft'))).toEqual(digests(drafts.slice(1)));
  });
});
