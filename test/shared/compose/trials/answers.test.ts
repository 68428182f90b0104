import { describe, expect, it } from 'vitest';
import { CHOICE_FORM } from '../../../../shared/compose/answers/forms/choice-form.ts';
import { EVALS_FORM } from '../../../../shared/compose/answers/forms/evals-form.ts';
import { JUDGEMENT_FORM } from '../../../../shared/compose/answers/forms/judgement-form.ts';
import { type AnswerForm, readStructured } from '../../../../shared/compose/answers/read-structured.ts';
import { chosenOf } from '../../../../shared/compose/trials/choices-to-prompts.ts';
import { judgeAnswer } from '../../../../shared/compose/trials/judge-answer.ts';

function read<T>(text: string, form: AnswerForm<T>): T | undefined {
  const reading = readStructured(text, form);
  return reading.kind === 'value' ? reading.value : undefined;
}

const BATCH = [1, 2, 3].map((n) => ({ item: 'i1', text: `message ${n}`, should: true }));
const chosen = (answer: string) =>
  chosenOf(read(answer, CHOICE_FORM) ?? { choices: [] }, BATCH, ['write-labels', 'send-mail']);

describe('a choice of skills', () => {
  it.each([
    [
      'as asked',
      '{"choices":[{"message":1,"skills":["write-labels"]},{"message":2,"skills":[]},{"message":3,"skills":["send-mail"]}]}',
    ],
    [
      'with thoughts, in a fence',
      '<think>hm {"choices":[]}</think>\n```json\n{"choices":[{"message":1,"skills":["write-labels"]},{"message":2,"skills":[]},{"message":3,"skills":["send-mail"]}]}\n```',
    ],
    ['as a table', '{"choices":{"1":"write-labels","2":"none","3":["send-mail"]}}'],
    [
      'as a bare list',
      '[{"message":1,"skill":"write-labels"},{"message":2,"skill":null},{"message":3,"skill":"send-mail"}]',
    ],
    [
      'with words for numbers',
      '{"results":[{"id":"message 1","load":"`write-labels`"},{"id":"2","load":[]},{"id":3,"load":[{"name":"alice/send-mail"}]}]}',
    ],
    [
      'in one more object',
      '{"answer":{"choices":[{"n":1,"skills":"Write-Labels"},{"n":2,"skills":""},{"n":3,"skills":"send-mail"}]}}',
    ],
  ])('%s', (_, answer) => {
    expect(chosen(answer)).toEqual([['write-labels'], [], ['send-mail']]);
  });

  it.each([
    [
      'a message that is left out',
      '{"choices":[{"message":1,"skills":["write-labels"]}]}',
      [['write-labels'], null, null],
    ],
    [
      'two answers that differ',
      '{"choices":[{"message":1,"skills":["write-labels"]},{"message":1,"skills":[]},{"message":2,"skills":[]},{"message":3,"skills":[]}]}',
      [null, [], []],
    ],
    [
      'a name that was not offered',
      '{"choices":[{"message":1,"skills":["constructor","write-labels-fast"]},{"message":2,"skills":["__proto__"]},{"message":3,"skills":[]}]}',
      [[], [], []],
    ],
    ['an entry without a list', '{"choices":[{"message":1},{"message":2,"skills":[]}]}', [null, null, null]],
    [
      'numbers that are none',
      '{"choices":[{"message":0,"skills":["write-labels"]},{"message":99,"skills":["write-labels"]}]}',
      [null, null, null],
    ],
    ['nothing', 'I cannot decide.', [null, null, null]],
  ])('%s is not guessed', (_, answer, expected) => {
    expect(chosen(answer)).toEqual(expected);
  });
});

const ANSWER = 'Dear **Ines Okafor**,\nthank you for “Moonlight”. Total: 1,250 €.';
const judge = (answer: string, expectations = [{ text: 'Names Ines.' }]) =>
  judgeAnswer(expectations, ANSWER, read(answer, JUDGEMENT_FORM)).map(({ passed, by }) => [passed, by]);

describe('a judgement', () => {
  it.each([
    ['as asked', '{"verdicts":[{"number":1,"evidence":"Ines Okafor","passed":true}]}', true],
    [
      'in the words of skill-creator',
      '{"expectations":[{"text":"Names Ines.","passed":true,"evidence":"Dear Ines Okafor"}]}',
      true,
    ],
    [
      'in words',
      '{"verdicts":[{"number":"1","verdict":"PASS","quote":"thank you for \\"moonlight\\""}]}',
      true,
    ],
    ['no', '{"verdicts":[{"number":1,"evidence":"","passed":"not met"}]}', false],
    [
      'a quotation that is not there',
      '{"verdicts":[{"number":1,"evidence":"All expectations are met","passed":true}]}',
      null,
    ],
    [
      'both yes and no',
      '{"verdicts":[{"number":1,"evidence":"","passed":true},{"number":1,"evidence":"","passed":false}]}',
      null,
    ],
    ['neither yes nor no', '{"verdicts":[{"number":1,"evidence":"","passed":"partly"}]}', null],
    ['another number', '{"verdicts":[{"number":2,"evidence":"","passed":true}]}', null],
    ['nothing', 'Looks good to me!', null],
  ])('%s', (_, answer, passed) => {
    expect(judge(answer)).toEqual([[passed, 'judge']]);
  });

  it('never makes better what a rule has failed', () => {
    const yes = '{"verdicts":[{"number":1,"evidence":"Ines Okafor","passed":true}]}';
    expect(judge(yes, [{ text: 'x', contains: ['1,250', 'Bert'] } as never])).toEqual([[false, 'rule']]);
    expect(judge(yes, [{ text: 'x', absent: ['MOONLIGHT'] } as never])).toEqual([[false, 'rule']]);
    expect(judge(yes, [{ text: 'x', contains: ['ines okafor', '1,250 €'] } as never])).toEqual([
      [true, 'judge'],
    ]);
  });

  it('without a judge the rules say what they can', () => {
    expect(judge('', [{ text: 'x', contains: ['Ines'] } as never])).toEqual([[true, 'rule']]);
    expect(judge('')).toEqual([[null, 'judge']]);
  });
});

describe('evals', () => {
  it('are read in the words of skill-creator too', () => {
    const answer = JSON.stringify({
      queries: ['a', 'b', 'c', 'd', 'e', 'f'].map((query, index) => ({ query, should_trigger: index < 3 })),
      evals: [{ prompt: 'Do it', files: ['ledger.csv'], expectations: ['One line'] }],
    });
    expect(read(answer, EVALS_FORM)).toEqual({
      load: ['a', 'b', 'c'],
      skip: ['d', 'e', 'f'],
      task: { prompt: 'Do it', files: [], expectations: [{ text: 'One line', contains: [], absent: [] }] },
    });
  });

  it.each([
    ['no near misses', { load: ['a', 'b', 'c'], skip: [], task: { prompt: 'x', expectations: ['y'] } }],
    ['no task', { load: ['a', 'b', 'c'], skip: ['d', 'e', 'f'] }],
    ['no expectations', { load: ['a', 'b', 'c'], skip: ['d', 'e', 'f'], task: { prompt: 'x' } }],
  ])('with %s are asked for again', (_, answer) => {
    expect(readStructured(JSON.stringify(answer), EVALS_FORM).kind).toBe('unfit');
  });
});
