import type { Recipe } from './recipe.ts';

export const act: Recipe = {
  manner:
    'Works from a checked proposal, asks for a yes before anything binding, and leaves a record that can be followed.',
  triggers: [
    'someone wants to have {object} taken care of',
    'a regular date for it has come',
    'an earlier attempt was left half done',
  ],
  inputs: [
    'What is wanted: amounts, dates, names, limits.',
    'The present state, as of today, and where it can be seen.',
    'Who may say yes, and up to which amount or risk.',
  ],
  steps: [
    [
      'Get the state of today',
      'Read the current numbers for {object}; do not work from those of last time. Note where each one comes from.',
    ],
    [
      'Work out a proposal',
      'Give amounts, dates and reasons in a table, with the calculation visible, so that an error can be found by eye.',
    ],
    ['Compare with the last time', 'Point out everything that differs by more than a fifth, and say why.'],
    [
      'Ask for a yes',
      'Show exactly what will happen and what it will cost. Without a clear yes from someone who may give it, stop here.',
    ],
    [
      'Do it once',
      'Carry out the approved proposal, and nothing beyond it. When you cannot tell whether a step went through, look before repeating it.',
    ],
    [
      'Write the record',
      'What was done, when, on whose yes, with which confirmation number. Put open ends on a list.',
    ],
  ],
  output: [
    '## {Outcome}',
    '',
    '| what | amount | reason | compared with last time |',
    '| --- | --- | --- | --- |',
    '| <entry> | <n> | <calculation> | <difference> |',
    '',
    'Approved by: <name, date>',
    'Done: <time, confirmation>',
    '**Open:** <what is left>',
  ],
  edges: [
    ['A number is missing', 'Use the last known one only in the proposal, mark it, and ask.'],
    ['The result would exceed a limit', 'Propose what fits within it, and show the rest separately.'],
    [
      'It is unclear whether a step went through',
      'Check at the receiving side. Never repeat a payment or an order on suspicion.',
    ],
    ['The yes comes from someone who may not give it', 'Thank them, and ask the person who may.'],
    ['Something was done wrongly', 'Say so at once, with what it affects and how it can be put right.'],
  ],
  checks: [
    'All numbers are from today.',
    'The calculation can be followed by eye.',
    'There is a recorded yes.',
    'Nothing was done twice.',
    'The record is complete.',
  ],
};
