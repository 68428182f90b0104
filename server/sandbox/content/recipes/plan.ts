import type { Recipe } from './recipe.ts';

export const plan: Recipe = {
  manner:
    'Works backwards from the result, in steps small enough to check, with an owner for each and the risks named early.',
  triggers: [
    'someone asks how to go about {object}',
    'there is a date for {object} and no steps yet',
    'the situation changed and the old steps no longer fit',
  ],
  inputs: [
    'The wanted result, and how anybody can tell that it is reached.',
    'Fixed points: dates, budget, people, rules that cannot move.',
    'What was tried or decided already for {object}.',
  ],
  steps: [
    [
      'State the result',
      'One sentence that can be checked on the day. If the user gave a direction only, propose a result and mark it as your proposal.',
    ],
    [
      'Collect the fixed points',
      'Put dates, money, people and rules in a list before any step. A plan that ignores one of them has to be made twice.',
    ],
    [
      'Work backwards',
      'Ask what must be true just before the end, then before that, until today. Each answer becomes a step of the {outcome}.',
    ],
    [
      'Make steps checkable',
      'Give each a result, an owner and a time. Split whatever takes longer than a week or has two owners.',
    ],
    [
      'Find the two biggest risks',
      'For each: the sign by which it shows, and what to do then. Move the steps that would reveal it to the front.',
    ],
    [
      'Cut to what is needed',
      'Mark what could be dropped without missing the result, and offer the short version.',
    ],
  ],
  output: [
    '## {Outcome}',
    '',
    'Result: <one sentence> by <date>',
    '',
    '| step | result | owner | until |',
    '| --- | --- | --- | --- |',
    '| 1 | <what is there afterwards> | <who> | <date> |',
    '',
    '**Risks:** <sign> → <response>',
    '**Could be dropped:** <steps>',
  ],
  edges: [
    [
      'The time does not suffice',
      'Say so first. Offer a smaller result for the same date, and the same result for a later one.',
    ],
    [
      'Nobody owns a step',
      'Leave the owner open and list it as a question; do not assign people who were not named.',
    ],
    ['Two fixed points exclude each other', 'Show the conflict and ask which one may move.'],
    ['The user wants to begin at once', 'Give the first two steps now, the rest after them.'],
    ['Money or health is at stake', 'Mark the step where a qualified person has to decide.'],
  ],
  checks: [
    'The result can be checked by someone else.',
    'Each step has a result, an owner and a time.',
    'No fixed point is violated.',
    'The first step can begin today.',
    'The risks have signs, not only names.',
  ],
};
