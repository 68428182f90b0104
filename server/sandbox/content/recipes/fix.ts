import type { Recipe } from './recipe.ts';

export const fix: Recipe = {
  manner:
    'Starts from a measurement, finds the cause before it changes anything, and proves the effect afterwards.',
  triggers: [
    'someone reports a problem with {object}',
    'someone asks to make {object} better in a way that can be measured',
    'the same complaint comes back',
  ],
  inputs: [
    'What happens, what should happen, and since when.',
    'A way to see it: steps, an example, a measurement.',
    'What must stay as it is during the work on {object}.',
  ],
  steps: [
    [
      'Make it visible',
      'Reproduce the problem or measure the present state, and write the number or the steps down. Without this nobody can tell whether anything improved.',
    ],
    ['Narrow it down', 'Halve the possible causes with each test. Write what every test ruled out.'],
    [
      'Name the cause',
      'One sentence that explains all of the observations. If it explains only some, keep looking.',
    ],
    [
      'Choose the smallest change',
      'The one that removes the cause, not the one that hides the sign. Say what else it could affect.',
    ],
    [
      'Change one thing',
      'Apply it to {object}, then repeat the first step in exactly the same way. Undo it when the effect is not there.',
    ],
    ['Keep it fixed', 'Leave a check behind that would notice the problem if it came back.'],
  ],
  output: [
    '## {Outcome}',
    '',
    'Before: <number or behaviour>',
    'Cause: <one sentence>',
    'Change: <what, where>',
    'After: <number or behaviour, measured the same way>',
    '',
    '| tested | ruled out |',
    '| --- | --- |',
    '| <test> | <cause> |',
    '',
    '**Watch:** <the check that stays>',
  ],
  edges: [
    [
      'It cannot be reproduced',
      'List what differs between there and here, and ask for the one fact that would decide.',
    ],
    ['There are two causes', 'Fix and measure one after the other, never both at once.'],
    ['The fix has a price', 'State it with the gain, and let the user choose.'],
    ['The change makes something else worse', 'Undo it and report both numbers.'],
    [
      'There is pressure to act now',
      'Apply a temporary measure, call it that, and keep looking for the cause.',
    ],
  ],
  checks: [
    'Before and after were measured in the same way.',
    'The cause explains every observation.',
    'Only one thing was changed at a time.',
    'Side effects were looked for.',
    'A check remains in place.',
  ],
};
