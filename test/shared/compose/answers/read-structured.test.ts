import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASSIFICATION_FORM } from '../../../../shared/compose/answers/forms/classification-form.ts';
import { PLAN_FORM } from '../../../../shared/compose/answers/forms/plan-form.ts';
import { readStructured } from '../../../../shared/compose/answers/read-structured.ts';
import { INTENT, planOf } from '../scripted-ask.ts';

const RIGHT = { ...INTENT, kind: 'bundle', reason: '' };
const JSON_RIGHT = JSON.stringify(RIGHT);
const classified = (text: string) => readStructured(text, CLASSIFICATION_FORM);
const planned = (text: string) => readStructured(text, PLAN_FORM);

describe('a structured answer', () => {
  it.each([
    ['as it is', JSON_RIGHT],
    ['twice', `${JSON_RIGHT}\n${JSON_RIGHT}`],
    ['before another one that fits', `${JSON_RIGHT}\n${JSON.stringify({ ...RIGHT, summary: 'Other' })}`],
    ['in a fence', `\`\`\`json\n${JSON_RIGHT}\n\`\`\``],
    ['between words with braces', `With {name} for {x: y} in mind:\n${JSON_RIGHT}\nReplace {name}.`],
    ['behind an object that is another thing', `{"step": 1}\n${JSON_RIGHT}`],
    ['in one more object', JSON.stringify({ classification: RIGHT })],
    ['in a list of one', JSON.stringify([RIGHT])],
    ['as text in an object', JSON.stringify({ answer: JSON_RIGHT })],
    ['as one JSON text', JSON.stringify(JSON_RIGHT)],
    [
      'behind thoughts with an object in them',
      `<think>{"kind":"single"} or ${JSON_RIGHT.replace('seed', 'SEED')}?</think>\n${JSON_RIGHT}`,
    ],
    ['behind a closing tag alone', `Perhaps {"kind":"single"}.\n</think>\n\n${JSON_RIGHT}`],
    [
      'in a channel',
      `<|channel|>analysis<|message|>{"kind":1}<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>${JSON_RIGHT}<|return|>`,
    ],
    ['with the word in a text', JSON_RIGHT.replace('Seed', 'a </think> b')],
  ])('is read %s', (_how, text) => {
    const read = classified(text);
    expect(read.kind).toBe('value');
    expect(read).toMatchObject({ value: { capabilities: RIGHT.capabilities } });
    if (!text.includes('</think> b')) expect(read).toEqual({ kind: 'value', value: RIGHT });
  });

  it('is the first that fits, whatever stands around', () => {
    const noise = fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((text) => text.replaceAll(/[{<\uFEFF]/g, '('));
    fc.assert(
      fc.property(noise, noise, fc.string({ minLength: 1 }), (before, after, summary) => {
        const first = JSON.stringify({ ...RIGHT, summary });
        expect(classified(`.${before}\n${first}${after}\n${JSON_RIGHT}`)).toMatchObject({
          value: { summary },
        });
      }),
    );
  });

  it('needs no lists that are empty, and none around a single thing', () => {
    const text = '{"kind":"Single","summary":"Sort","capabilities":"Sort the post"}';
    expect(classified(text)).toEqual({
      kind: 'value',
      value: {
        kind: 'single',
        reason: '',
        summary: 'Sort',
        capabilities: [{ id: 'c1', need: 'Sort the post' }],
        constraints: [],
        assumptions: [],
      },
    });
  });

  it('reads a plan with tools in one text, ids in one text, other spellings and no list of what is left out', () => {
    const [item] = planOf(['sort-post']).items;
    const { allowedTools: _tools, covers: _covers, ref: _ref, ...rest } = item ?? {};
    const text = JSON.stringify({
      plan: {
        title: 'Post',
        items: [{ ...rest, allowed_tools: 'Read, Bash(git log:*)', covers: 'c1, c2', outline: 'Sort it' }],
      },
    });
    expect(planned(text)).toMatchObject({
      kind: 'value',
      value: {
        items: [
          {
            name: 'sort-post',
            allowedTools: ['Read', 'Bash(git log:*)'],
            covers: ['c1', 'c2'],
            outline: ['Sort it'],
            ref: null,
          },
        ],
        uncovered: [],
      },
    });
  });

  it('reads a plan that covers nothing as an answer, and one without a word as none', () => {
    expect(planned('{"title":"Post","items":[],"uncovered":{"c1":"Needs hands"}}')).toMatchObject({
      kind: 'value',
      value: { items: [], uncovered: [{ capability: 'c1', reason: 'Needs hands' }] },
    });
    expect(planned('{"title":"Post","items":[],"uncovered":[]}')).toMatchObject({ kind: 'unfit' });
  });

  it.each([
    'I cannot help with that.',
    'I’m sorry, but I can’t assist with this request.',
    '{"error": "I cannot help with that."}',
    '{"refusal": "I\'m unable to help with breaking into systems."}',
    'Dabei kann ich leider nicht helfen.',
    '申し訳ありませんが、お手伝いできません。',
    "<think>Harmful.</think>\nI won't help with this.",
  ])('that says no in place of JSON is a refusal: %s', (text) => {
    expect(classified(text)).toEqual({ kind: 'refused' });
  });

  it.each([
    ['no object', 'The weather is fine.', 'There is no JSON object in it.'],
    ['half an object', '{"kind": "bundle", "summary', 'It is not valid JSON.'],
    ['one that nests too deep', `{"kind":${'['.repeat(40)}${']'.repeat(40)}}`, 'It nests too deep.'],
    [
      'another kind',
      JSON_RIGHT.replace('bundle', 'root'),
      'kind: must be one of single, bundle, unsupported, refused',
    ],
    [
      'a number for a text',
      JSON_RIGHT.replace(/"summary":"[^"]*"/, '"summary":7'),
      'summary: must be of type string',
    ],
  ])('with %s says what is wrong with it', (_what, text, problem) => {
    expect(classified(text)).toEqual({ kind: 'unfit', problems: [problem] });
  });

  it('never throws and never repeats the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const read = classified(`{"kind": 1, "x": ${text}`);
        if (read.kind === 'unfit')
          for (const problem of read.problems) expect(problem).toMatch(/^[\w .,:]+$/);
      }),
    );
  });
});
