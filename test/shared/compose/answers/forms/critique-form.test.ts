import { describe, expect, it } from 'vitest';
import { CRITIQUE_FORM } from '../../../../../shared/compose/answers/forms/critique-form.ts';
import { readStructured } from '../../../../../shared/compose/answers/read-structured.ts';

const read = (text: string) => readStructured(text, CRITIQUE_FORM);
const scored = (scores: unknown, notes: unknown = ['Say when']) =>
  read(JSON.stringify({ notes, ...Object(scores) }));
const all = (value: unknown) => ({
  specificity: value,
  completeness: value,
  safety: value,
  goalAlignment: value,
});

describe('the critic’s scores', () => {
  it.each<[string, unknown, number]>([
    ['numbers', all(8), 8],
    ['texts', all('8'), 8],
    ['of ten', all('8/10'), 8],
    ['in words', all('8 out of 10'), 8],
    ['with a reason behind', all('8 - clear steps'), 8],
    ['of five', all('4/5'), 8],
    ['of a hundred', all('85/100'), 8.5],
    ['percents', all('85%'), 8.5],
    ['of a hundred that nobody names', all(85), 8.5],
    ['between 0 and 1', all(0.8), 8],
    ['with a named scale', { scale: 5, ...all(4) }, 8],
    ['under `scores`', { scores: all(8) }, 8],
    ['as objects', all({ score: 8, reason: 'Clear' }), 8],
    ['as objects with their maximum', all({ score: 4, max: 5 }), 8],
    ['under other spellings', { specificity_score: 8, Completeness: 8, SAFETY: 8, goal_alignment: 8 }, 8],
    ['in a list', { ratings: Object.keys(all(0)).map((dimension) => ({ dimension, rating: 8 })) }, 8],
    ['with a decimal comma', all('8,5'), 8.5],
  ])('are read as %s', (_how, given, value) => {
    expect(scored(given)).toMatchObject({ kind: 'value', value: { scores: all(value) } });
  });

  it.each<[string, unknown]>([
    ['12, which is no mark of ten and hardly one of a hundred', all(12)],
    ['ten and a hundred mixed', { ...all(85), safety: 8 }],
    ['a range', all('7-8')],
    ['words', all('high')],
    ['more than the scale', all('11/10')],
    ['below zero', all(-1)],
    ['one that is missing', { ...all(8), safety: undefined }],
    ['two that differ', { ...all(8), scores: all(3) }],
  ])('are left out, and the notes kept, for %s', (_what, given) => {
    expect(scored(given)).toEqual({
      kind: 'value',
      value: { notes: [{ text: 'Say when', must: false }], scores: null },
    });
  });

  it('are left out when five is the most and nothing is wrong: that is another scale', () => {
    expect(scored({ ...all(5), safety: 4 }, [])).toMatchObject({ kind: 'unfit' });
    expect(scored({ ...all(5), safety: 4 })).toMatchObject({ value: { scores: { safety: 4 } } });
    expect(scored(all(4), [])).toMatchObject({ value: { scores: { safety: 4 } } });
  });

  it('are asked for again when there is nothing else to use', () => {
    expect(scored(all(11), [])).toEqual({
      kind: 'unfit',
      problems: Object.keys(all(0)).map((name) => `${name}: must be at most 10`),
    });
    expect(scored({}, [])).toMatchObject({ kind: 'unfit' });
  });

  it('are read out of prose, with the list of what to change', () => {
    const text = `Here is my review.\n\n**Specificity**: 8/10 – clear\n- Completeness: 7/10\n| Safety | 6 |\nGoal alignment: 9 out of 10\n\n- Step 2 sends at once; confirm first\n`;
    expect(read(text)).toEqual({
      kind: 'value',
      value: {
        notes: [{ text: 'Step 2 sends at once; confirm first', must: false }],
        scores: { specificity: 8, completeness: 7, safety: 6, goalAlignment: 9 },
      },
    });
    expect(read('Safety: 6/10. The rest is fine.')).toMatchObject({ kind: 'unfit' });
  });
});

describe('the critic’s notes', () => {
  it.each<[string, unknown, unknown]>([
    ['texts', ['Say when'], [{ text: 'Say when', must: false }]],
    [
      'objects',
      [{ text: 'Say when', must: true, where: 'Step 1' }],
      [{ text: 'Say when', must: true, where: 'Step 1' }],
    ],
    [
      'objects of other names',
      [{ issue: 'Sends at once.', fix: 'Confirm first.', severity: 'critical', location: 'Step 2' }],
      [{ text: 'Sends at once. Confirm first.', must: true, where: 'Step 2' }],
    ],
    [
      'one text',
      '- Say when\n- Say who',
      [
        { text: 'Say when', must: false },
        { text: 'Say who', must: false },
      ],
    ],
    ['with line breaks', ['Say\nwhen'], [{ text: 'Say when', must: false }]],
    ['a word for nothing', ['None.'], []],
  ])('are read as %s', (_how, given, notes) => {
    expect(scored(all(8), given)).toMatchObject({ kind: 'value', value: { notes } });
  });

  it('are eight at most', () => {
    const many = Array.from({ length: 20 }, (_, index) => `Note ${index}`);
    const critique = scored(all(8), many);
    expect(critique.kind === 'value' && critique.value.notes).toHaveLength(8);
  });
});
