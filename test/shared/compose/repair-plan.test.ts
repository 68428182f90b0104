import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairPlan } from '../../../shared/compose/plan/repair-plan.ts';
import type { PlanAnswer } from '../../../shared/compose/prompts/plan.ts';
import { type Intent, MAX_ITEMS, plan as planSchema } from '../../../shared/contract/plan.ts';
import type { PublishedSkill } from '../../../shared/skills/published-skill.ts';
import { runCompose } from './run-compose.ts';
import { createScriptedAsk, INTENT, planOf } from './scripted-ask.ts';

const NEEDS: Intent = { ...INTENT, kind: 'bundle' };
const CATALOG: readonly PublishedSkill[] = [
  { owner: 'oneturn', name: 'label-seeds', version: '2.0.0', description: 'Label envelopes' },
  { owner: 'other', name: 'remind', version: '1.1.0', description: 'Remind people' },
];

type Item = PlanAnswer['items'][number];

function answer(items: readonly Partial<Item>[], uncovered: PlanAnswer['uncovered'] = []): PlanAnswer {
  const [base] = planOf(['some-name']).items;
  // as: the base has every field, and the action is one of the two
  return { title: 'T', items: items.map((item) => ({ ...base, covers: [], ...item }) as Item), uncovered };
}

describe('repairPlan', () => {
  it('gives a capability to the first item that names it', () => {
    const plan = repairPlan(
      answer([
        { name: 'a-b', covers: ['c1', 'c2'] },
        { name: 'b-c', covers: ['c2', 'c3', 'c3'] },
      ]),
      NEEDS,
      [],
    );
    expect(plan.items.map(({ id, covers }) => [id, covers])).toEqual([
      ['i1', ['c1', 'c2']],
      ['i2', ['c3']],
    ]);
    expect(plan.uncovered).toEqual([]);
  });

  it('lists what no item covers, with the model’s reason where it gave one', () => {
    const plan = repairPlan(
      answer(
        [{ covers: ['c1', 'c77'] }],
        [
          { capability: 'c3', reason: 'Needs a scale.' },
          { capability: 'c1', reason: 'no' },
        ],
      ),
      NEEDS,
      [],
    );
    expect(plan.uncovered).toEqual([
      { capability: 'c2', need: 'Remind late borrowers', reason: 'The plan left it out.' },
      { capability: 'c3', need: 'Count the envelopes', reason: 'Needs a scale.' },
    ]);
  });

  it('leaves out an item whose capabilities are all taken, for it would be paid for twice', () => {
    const plan = repairPlan(
      answer([
        { name: 'a-b', covers: ['c1', 'c2', 'c3'] },
        { name: 'b-c', covers: ['c2'] },
      ]),
      NEEDS,
      [],
    );
    expect(plan.items.map(({ name }) => name)).toEqual(['a-b']);
  });

  it('takes the catalogue’s version and description for a reused skill', () => {
    const plan = repairPlan(
      answer([
        {
          action: 'reuse',
          name: 'my-labels',
          covers: ['c1'],
          ref: { owner: 'oneturn', name: 'label-seeds', version: '0.1' },
        },
      ]),
      NEEDS,
      CATALOG,
    );
    expect(plan.items[0]).toMatchObject({
      action: 'reuse',
      name: 'label-seeds',
      description: 'Label envelopes',
      outline: [],
      ref: { version: '2.0.0' },
    });
  });

  it('reuses one skill once, for all that it covers', () => {
    const ref = { owner: 'oneturn', name: 'label-seeds', version: '2.0.0' };
    const plan = repairPlan(
      answer([
        { action: 'reuse', covers: ['c1'], ref },
        { action: 'reuse', covers: ['c2'], ref },
      ]),
      NEEDS,
      CATALOG,
    );
    expect(plan.items.map(({ covers }) => covers)).toEqual([['c1', 'c2']]);
  });

  it.each([
    ['an invented name', { owner: 'oneturn', name: 'does-everything', version: '1.0.0' }],
    ['another owner', { owner: 'evil', name: 'label-seeds', version: '2.0.0' }],
  ])('writes anew what was to be reused under %s', (_what, ref) => {
    const plan = repairPlan(
      answer([{ action: 'reuse', name: ref.name, covers: ['c1'], ref, outline: [] }]),
      NEEDS,
      CATALOG,
    );
    expect(plan.items[0]).toMatchObject({
      action: 'create',
      ref,
      outline: ['Write labels from ledger.xlsx'],
    });
  });

  it('says in that item’s analysis that the skill did not exist', async () => {
    const given = answer([
      {
        action: 'reuse',
        name: 'ghost',
        covers: ['c1', 'c2', 'c3'],
        ref: { owner: 'o', name: 'ghost', version: '1' },
      },
    ]);
    const run = await runCompose(
      createScriptedAsk(({ id }) => (id === 'plan' ? { deltas: [JSON.stringify(given)] } : undefined)),
    );
    expect(run.of('analysis')[0]?.findings.map(({ rule }) => rule)).toContain('plan.ref.unknown');
  });

  it('makes names valid and unique, and keeps a reused one its own', () => {
    const plan = repairPlan(
      answer([
        { name: 'Label Seeds!', covers: ['c1'] },
        { action: 'reuse', covers: ['c2'], ref: { owner: 'oneturn', name: 'label-seeds', version: '2.0.0' } },
        { name: '種', description: '種を数える', covers: ['c3'] },
      ]),
      NEEDS,
      CATALOG,
    );
    expect(plan.items.map(({ name }) => name)).toEqual([
      'label-seeds-2',
      'label-seeds',
      'count-envelopes-read-ledger',
    ]);
  });

  it('drops tools that grant everything or are no tools', () => {
    const allowedTools = [
      'Read',
      'Bash',
      'Bash(git log:*)',
      'Bash(x)(y)',
      'rm -rf /',
      'mcp__files__read',
      'Bash(a\nb)',
    ];
    const plan = repairPlan(answer([{ covers: ['c1'], allowedTools }]), NEEDS, []);
    expect(plan.items[0]?.allowedTools).toEqual(['Read', 'Bash(git log:*)', 'mcp__files__read']);
  });

  it('takes markup and line breaks out of descriptions, for front matter holds one line of text', () => {
    const plan = repairPlan(
      answer([{ covers: ['c1'], description: 'Writes <b>labels</b>.\n\nUse when: asked.\u0000' }]),
      NEEDS,
      [],
    );
    expect(plan.items[0]?.description).toBe('Writes blabels/b. Use when: asked.');
  });

  it('always gives a plan that the contract accepts and that covers each capability once', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    const long = fc.oneof(text, fc.string({ minLength: 1100, maxLength: 1300 }));
    const id = fc.oneof(fc.constantFrom('c1', 'c2', 'c3'), text);
    const item = fc.record({
      action: fc.constantFrom('reuse' as const, 'create' as const),
      name: text,
      description: long,
      covers: fc.array(id, { maxLength: 5 }),
      reason: long,
      outline: fc.array(long, { maxLength: 20 }),
      allowedTools: fc.array(text, { maxLength: 20 }),
      ref: fc.option(
        fc.record({
          owner: fc.constantFrom('oneturn', 'x'),
          name: fc.oneof(fc.constant('label-seeds'), text),
          version: text,
        }),
      ),
    });
    const any = fc.record({
      title: long,
      items: fc.array(item, { minLength: 1, maxLength: 16 }),
      uncovered: fc.array(fc.record({ capability: id, reason: long }), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(any, (given) => {
        const plan = repairPlan(given, NEEDS, CATALOG);
        planSchema.parse(plan);
        expect(plan.items.length).toBeGreaterThan(0);
        expect(plan.items.length).toBeLessThanOrEqual(MAX_ITEMS);
        expect(new Set(plan.items.map(({ name }) => name)).size).toBe(plan.items.length);
        const places = [
          ...plan.items.flatMap(({ covers }) => covers),
          ...plan.uncovered.map(({ capability }) => capability),
        ];
        expect(places.toSorted()).toEqual(['c1', 'c2', 'c3']);
        for (const { action, description } of plan.items)
          if (action === 'create') expect(description).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});
