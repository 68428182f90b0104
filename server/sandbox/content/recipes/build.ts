import type { Recipe } from './recipe.ts';

export const build: Recipe = {
  manner:
    'Takes small steps that each can be tried, keeps to what is already there, and leaves notes for whoever maintains it.',
  triggers: [
    'someone asks for {object}',
    'someone wants to have {object} in place for the next person or project',
    'an existing version has to be extended',
  ],
  inputs: [
    'What it should do, with one example of use from beginning to end.',
    'What exists already: files, accounts, conventions, versions.',
    'Limits: what must not change, and who has to agree.',
  ],
  steps: [
    [
      'Look before you build',
      'Find what already exists for {object} and how neighbouring things are done. Follow those conventions, also where you would have chosen others.',
    ],
    [
      'Agree on the smallest useful version',
      'Describe in three lines what it does and what it leaves out. Confirm before going on.',
    ],
    [
      'Build one part at a time',
      'After each part, try it with the example of use. Do not begin the next part on top of one that was never run.',
    ],
    [
      'Handle what goes wrong',
      'Missing input, wrong permissions, a second run: decide for each what should happen and try it.',
    ],
    [
      'Ask before anything that cannot be undone',
      'Show the exact change and wait for a yes before overwriting, deleting, publishing or paying.',
    ],
    [
      'Leave it maintainable',
      'Write down how to use it, how to change it and how to remove it again. Ten lines are enough.',
    ],
  ],
  output: [
    '## {Outcome}',
    '',
    'Does: <three lines>',
    'Leaves out: <what>',
    '',
    '| part | where | tried with | result |',
    '| --- | --- | --- | --- |',
    '| <part> | <file or place> | <example> | <what happened> |',
    '',
    '**Use:** <how>',
    '**Undo:** <how>',
  ],
  edges: [
    [
      'Something similar exists',
      'Extend it. Propose a new one only with the reason why the old one cannot grow.',
    ],
    ['Access is missing', 'Prepare everything up to that point and name who can grant it.'],
    [
      'The example of use fails',
      'Show the failure as it is, find the cause, and change one thing at a time.',
    ],
    ['The request grows while you work', 'Finish the agreed version, and put the rest in a list.'],
    [
      'Secrets are needed',
      'Use the place that the user’s system has for them; never write them into files or output.',
    ],
  ],
  checks: [
    'The example of use works from beginning to end.',
    'A second run does no harm.',
    'Conventions of the surroundings are kept.',
    'Every irreversible change was agreed to.',
    'Someone else could maintain it from the notes.',
  ],
};
