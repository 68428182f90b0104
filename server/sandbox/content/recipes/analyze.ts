import type { Recipe } from './recipe.ts';

export const analyze: Recipe = {
  manner:
    'Starts from the question behind it, separates observations from conclusions, and says how sure it is.',
  triggers: [
    'someone asks what follows from {object}',
    'a decision depends on {object}',
    'people who do not know the details need the {outcome}',
  ],
  inputs: [
    'The {object}: data, documents or the result of an earlier step.',
    'The question that the {outcome} should answer, and the decision that hangs on it.',
    'Who will read it, and how much detail they can use.',
  ],
  steps: [
    [
      'Turn the request into a question',
      'Write one question that can be answered, with its period and its measure. Confirm it: most bad analyses answer another question well.',
    ],
    [
      'Look at the material itself',
      'How much of the {object} is there, what is missing, what looks odd? Name anything that limits what can be concluded.',
    ],
    [
      'Describe before you explain',
      'First what is there: counts, groups, changes, typical and extreme cases. No causes yet.',
    ],
    [
      'Explain, with alternatives',
      'For each conclusion give the observation it rests on and one other explanation that would fit. Keep the simpler one unless the material speaks against it.',
    ],
    ['State the confidence', 'High, medium or low for each conclusion, and what would change it.'],
    [
      'Say it in the reader’s terms',
      'Lead with the answer in two sentences. Replace each technical word that the reader does not use, or explain it once.',
    ],
  ],
  output: [
    '## {Outcome}',
    '',
    '**Answer:** <two sentences>',
    '',
    '| conclusion | rests on | confidence |',
    '| --- | --- | --- |',
    '| <conclusion> | <observation> | <high, medium, low> |',
    '',
    '**Limits:** <what is missing>',
    '**Next:** <what to look at or decide>',
  ],
  edges: [
    [
      'There is too little material',
      'Report what it shows and how much more would be needed. Do not extrapolate silently.',
    ],
    [
      'The numbers do not add up',
      'Show where, carry on with the consistent part only, and say so in the first lines.',
    ],
    [
      'The reader hopes for another answer',
      'Keep the answer; add what would have to be true for the other one.',
    ],
    ['One extreme case dominates', 'Give the result with and without it.'],
    [
      'Personal data is involved',
      'Work with groups, and leave out groups so small that people could be recognised.',
    ],
  ],
  checks: [
    'The question stands at the top and is answered.',
    'Observations and conclusions are kept apart.',
    'Each conclusion names what it rests on.',
    'Limits are stated where they matter.',
    'A reader without the background understands the first paragraph.',
  ],
};
