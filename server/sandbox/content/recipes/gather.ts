import type { Recipe } from './recipe.ts';

export const gather: Recipe = {
  manner:
    'Works through the places the user names, keeps the source of every entry and says what is missing.',
  triggers: [
    'someone asks for {object}',
    'a later step needs {object} in one place',
    'an earlier collection has gone out of date',
  ],
  inputs: [
    'The places to look in: folders, systems, links or pasted text. Ask when none is named.',
    'The period or scope, for example "since the last release" or "this quarter".',
    'What {object} will be used for, since that decides what is worth keeping.',
  ],
  steps: [
    [
      'Agree on the scope',
      'Say back in one sentence which {object} you are going to look for, where, and for which period. Correct it before you search.',
    ],
    [
      'Go through one place at a time',
      'Work from the most reliable place to the least. Note for each what you looked for and how many hits it gave, also when that is none.',
    ],
    [
      'Keep the source with every entry',
      'Copy the wording that matters and the link, file name or date beside it. Do not rewrite yet: wording that was smoothed too early cannot be checked later.',
    ],
    [
      'Drop what does not belong',
      'Remove duplicates and anything outside the scope. Keep a short list of what was dropped and why, so that the user can bring something back.',
    ],
    [
      'Name the gaps',
      'List what should be there and is not. A gap that is named can be closed; one that is hidden ends up as an invented fact.',
    ],
    ['Hand it over', 'Give the {outcome} in the form below, newest or most important first.'],
  ],
  output: [
    '## {Outcome}',
    '',
    '| # | entry | source | date |',
    '| --- | --- | --- | --- |',
    '| 1 | <what it says> | <link or file> | <date> |',
    '',
    '**Not found:** <what is missing>',
    '**Left out:** <what and why>',
  ],
  edges: [
    [
      'Nothing is found',
      'Say where you looked and which words you used. Suggest two other places or words; never fill the list with guesses.',
    ],
    [
      'There is far too much',
      'Group first, then show the ten most important of each group and the number of the rest.',
    ],
    ['Two places disagree', 'Keep both entries, mark them, and ask which place counts.'],
    ['A place needs access that you do not have', 'Name it under "Not found" and go on with the others.'],
    [
      'An entry holds personal data or secrets',
      'Leave the value out, note that it is there, and ask before it goes any further.',
    ],
  ],
  checks: [
    'Every entry has a source.',
    'No entry stands in the list twice.',
    'The scope is stated at the top.',
    'Gaps are named, not filled.',
    'The order is the one that the next step needs.',
  ],
};
