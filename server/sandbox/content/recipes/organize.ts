import type { Recipe } from './recipe.ts';

export const organize: Recipe = {
  manner:
    'Follows stated rules, gives each entry a place and a reason, and hands the doubtful ones to a person.',
  triggers: [
    'there is a new batch of {object}',
    'there is a backlog of {object}',
    'someone asks what to take first',
  ],
  inputs: [
    'The {object} with whatever is known of each: text, sender, date, state.',
    'The categories, priorities or owners to use. Propose a small set when there is none.',
    'What counts as urgent here, with one real example.',
  ],
  steps: [
    [
      'Fix the categories',
      'At most seven, each with one sentence saying what belongs in it and one example. Include "unclear": a forced choice is worse than an honest doubt.',
    ],
    [
      'Sort in one pass',
      'Take the {object} one by one and give each a category, a priority and a reason of at most ten words.',
    ],
    [
      'Pull out what cannot wait',
      'Anything with a deadline, a risk to people, money or data goes to the top, whatever its category.',
    ],
    [
      'Look for groups',
      'Entries with one common cause are handled together. Name the cause and count the entries.',
    ],
    [
      'Assign the next action',
      'For each group: what happens next, who does it, by when. Leave the owner open when nobody was named.',
    ],
    [
      'Check the edges of the categories',
      'Compare the last entry of each category with the first of its neighbour. Move what sits wrong and sharpen the rule.',
    ],
  ],
  output: [
    '## {Outcome}',
    '',
    '**Now:** <what cannot wait, and why>',
    '',
    '| entry | category | priority | reason | next action |',
    '| --- | --- | --- | --- | --- |',
    '| <entry> | <category> | <1-3> | <ten words> | <who does what> |',
    '',
    '**Unclear:** <entries and the question to ask>',
  ],
  edges: [
    [
      'An entry fits two categories',
      'Choose the one whose owner can act, and mention the other in the reason.',
    ],
    ['Everything is called urgent', 'Rank by what happens if it waits one more day.'],
    ['An entry is empty or cannot be read', 'Put it under "Unclear" with what is missing.'],
    ['The same entry came twice', 'Keep the older one, link the newer one to it, and count it once.'],
    ['The rules change halfway', 'Finish the pass, then sort again from the start with the new rules.'],
  ],
  checks: [
    'Each entry stands in exactly one category.',
    'Each has a reason that a stranger would accept.',
    'Urgent entries are at the top.',
    'Doubtful ones are shown, not hidden.',
    'The number of entries is the same before and after.',
  ],
};
