import { describe, expect, test } from 'vitest';
import { acceptPlan } from '../../../../shared/compose/plan/accept-plan.ts';
import { answerQuestions } from '../../../../shared/compose/plan/answer-questions.ts';
import { answerToIntent } from '../../../../shared/compose/plan/answer-to-intent.ts';
import type { Intent, Plan, PlanItem } from '../../../../shared/contract/plan.ts';
import { runCompose } from '../run-compose.ts';
import { INTENT as CLASSIFIED, createScriptedAsk } from '../scripted-ask.ts';

const INTENT: Intent = {
  kind: 'bundle',
  summary: 'Seeds',
  capabilities: [
    { id: 'c1', need: 'Labels' },
    { id: 'c2', need: 'Reminders' },
  ],
  constraints: ['Nothing is sent'],
  assumptions: ['Reminders are e-mails', 'One row is one loan'],
  questions: [
    { id: 'q1', text: 'How are they sent?', default: 'By e-mail', assumption: 'Reminders are e-mails' },
    { id: 'q2', text: 'What is a row?', default: 'One loan', assumption: 'One row is one loan' },
  ],
};
const SKILL = { owner: 'ada', name: 'print-labels', version: '2.0.0', description: 'Prints labels.' };
const item = (change: Partial<PlanItem> = {}): PlanItem => ({
  id: 'i1',
  action: 'create',
  name: 'write-labels',
  description: 'Writes labels. Use when asked.',
  covers: ['c1'],
  reason: '',
  outline: ['Read'],
  allowedTools: [],
  ...change,
});
const plan = (...items: PlanItem[]): Plan => ({ title: 'Seeds', items, uncovered: [] });

describe('a plan that was edited', () => {
  test('covers each need once, and says what was left out', () => {
    const accepted = acceptPlan(
      plan(item({ covers: ['c1', 'c1', 'c9'] }), item({ id: 'i2', name: 'again', covers: ['c1'] })),
      INTENT,
      [],
    );
    expect(accepted).toMatchObject({
      ok: true,
      plan: {
        items: [{ covers: ['c1'] }, { covers: [] }],
        uncovered: [{ capability: 'c2', need: 'Reminders', reason: 'Left out by you.' }],
      },
    });
  });

  test('reuses what is published, as it is published', () => {
    const { description: _own, ...ref } = SKILL;
    const reuse = item({ action: 'reuse', name: 'mine', ref: { ...ref, version: '9.9.9' } });
    expect(acceptPlan(plan(reuse), INTENT, [SKILL])).toMatchObject({
      plan: {
        items: [{ action: 'reuse', name: 'print-labels', ref, description: 'Prints labels.', outline: [] }],
      },
    });
    expect(acceptPlan(plan(reuse), INTENT, [])).toMatchObject({ ok: false });
  });

  test('has no two of one name, also when one has its name from the catalogue', () => {
    const { description: _own, ...ref } = SKILL;
    const reuse = item({ id: 'i2', action: 'reuse', name: 'mine', covers: ['c2'], ref });
    const message = (...items: PlanItem[]) => acceptPlan(plan(...items), INTENT, [SKILL]);
    expect(message(item({ name: 'print-labels' }), reuse)).toMatchObject({
      failure: { message: 'Two skills are called print-labels. Rename one.' },
    });
    expect(message({ ...reuse, id: 'i3', name: 'yours' }, reuse)).toMatchObject({
      failure: { message: 'The plan reuses print-labels twice. Drop one, or merge them.' },
    });
    // Its name in the plan that was sent is no name that anything gets.
    expect(message(item({ name: 'mine' }), reuse)).toMatchObject({ ok: true });
  });

  test.each([
    ['nothing in it', plan()],
    ['two of one name', plan(item(), item({ id: 'i2' }))],
    ['two of one id', plan(item(), item({ name: 'other' }))],
    ['no description', plan(item({ description: ' ' }))],
  ])('is not taken with %s', (_what, edited) => {
    expect(acceptPlan(edited, INTENT, [])).toMatchObject({ ok: false, failure: { field: 'plan' } });
  });
});

describe('answers', () => {
  test('take an assumption’s place and have to be kept', () => {
    const answered = answerQuestions(INTENT, { q1: 'By post', q2: 'One loan', q9: 'x' });
    expect(answered.assumptions).toEqual(['One row is one loan']);
    expect(answered.constraints).toEqual(['How are they sent? By post', 'Nothing is sent']);
  });

  test('that say what was assumed, or nothing, change nothing', () => {
    expect(answerQuestions(INTENT, { q1: 'By e-mail', q2: ' ' })).toBe(INTENT);
    expect(answerQuestions(INTENT, { q1: 'by e-mail.' })).toBe(INTENT);
  });

  test('to what a model only stated read as answers, not as the statement', () => {
    const stated = {
      ...INTENT,
      questions: [
        {
          id: 'q1',
          text: 'Reminders are e-mails',
          default: 'Yes',
          assumption: 'Reminders are e-mails',
        },
        { id: 'q2', text: 'Ist eine Zeile eine Leihe?', default: 'Ja', assumption: 'One row is one loan' },
      ],
    };
    expect(answerQuestions(stated, { q1: 'No', q2: 'Nein' })).toMatchObject({
      assumptions: [],
      constraints: [
        'Is this so: “Reminders are e-mails”? The user says: No',
        'Ist eine Zeile eine Leihe? Nein',
        'Nothing is sent',
      ],
    });
    expect(answerQuestions(stated, { q1: 'yes' })).toBe(stated);
  });

  test('are asked for at four assumptions at most, also of models that only state them', () => {
    const intent = answerToIntent({
      ...CLASSIFIED,
      kind: 'bundle',
      reason: '',
      assumptions: [
        { statement: 'Sent by e-mail', question: 'How is it sent?', answer: 'By e-mail' },
        ...['a', 'b', 'c', 'd'].map((statement) => ({ statement, question: '', answer: '' })),
      ],
    });
    expect(intent.assumptions.length).toBe(5);
    expect(intent.questions?.map(({ text, default: answer }) => [text, answer])).toEqual([
      ['How is it sent?', 'By e-mail'],
      ['a', 'Yes'],
      ['b', 'Yes'],
      ['c', 'Yes'],
    ]);
  });
});

test('a model that only states what it assumed is understood', async () => {
  const ask = createScriptedAsk((call) =>
    call.schema?.name === 'classification'
      ? { deltas: [JSON.stringify({ ...CLASSIFIED, assumptions: ['Sent by e-mail'] })] }
      : undefined,
  );
  const run = await runCompose(ask);
  expect(run.of('intent')[0]?.assumptions).toEqual(['Sent by e-mail']);
  expect(ask.calls.filter(({ id }) => id.endsWith('-repair'))).toEqual([]);
});

test('a short catalogue is shown to the planner whole, in whatever language the goal is', async () => {
  const ask = createScriptedAsk();
  const catalog = Array.from({ length: 8 }, (_, at) => ({ ...SKILL, name: `skill-${at}` }));
  await runCompose(ask, { input: { goal: '種の封筒にラベルを書く' }, catalog });
  const asked = ask.calls.find(({ id }) => id === 'plan')?.user ?? '';
  expect(catalog.filter(({ name }) => asked.includes(name)).length).toBe(8);
  const long = createScriptedAsk();
  await runCompose(long, {
    input: { goal: '種の封筒にラベルを書く' },
    catalog: [...catalog, { ...SKILL, name: 'skill-8' }],
  });
  const fewer = long.calls.find(({ id }) => id === 'plan')?.user ?? '';
  expect(catalog.filter(({ name }) => fewer.includes(name)).length).toBeLessThan(9);
});
