import type { Recipe } from './recipe.ts';

export const write: Recipe = {
  manner:
    'Starts from the facts at hand, puts what the reader needs first, and keeps a source behind every statement.',
  triggers: [
    'someone asks for {object}',
    'notes or raw material should become {object}',
    'an existing version has to be brought up to date',
  ],
  inputs: [
    'The facts: notes, links, data, or the result of an earlier step.',
    'The reader: what they know already and what they should do afterwards.',
    'The place it appears in, and with it the length and the tone. Ask for an earlier example.',
  ],
  steps: [
    [
      'Name the reader and the purpose',
      'One sentence each. If the user did not say, write for someone who knows the subject but not this case, and state that assumption.',
    ],
    [
      'Pick what matters',
      'From the material for {object}, mark what the reader needs in order to act. Put the rest in a list "left out".',
    ],
    [
      'Make an outline of headings',
      'The most important part first. Show it to the user when the text will be longer than a page; a wrong outline is cheap to change, a wrong text is not.',
    ],
    [
      'Write plainly',
      'One idea a paragraph, verbs instead of nouns, concrete numbers instead of "many" and "soon". Use the same word for the same thing throughout.',
    ],
    [
      'Tie statements to sources',
      'Mark every statement whose source you cannot name with [check]. Do not smooth it away.',
    ],
    [
      'Cut',
      'Read it once only to remove: repetition, throat-clearing, adjectives that carry nothing. Aim for a fifth less.',
    ],
  ],
  output: [
    '# <title that says what this is>',
    '',
    '<two sentences: what the reader has to know>',
    '',
    '## <most important part>',
    '<text>',
    '',
    '## <next part>',
    '<text>',
    '',
    '**To check:** <statements without a source>',
  ],
  edges: [
    [
      'The material is thin',
      'Write the short version that it supports and list the questions that would make it longer.',
    ],
    ['Facts contradict each other', 'Use neither without asking. Show both with their sources.'],
    ['The user wants another tone', 'Change words and sentence length, never the facts.'],
    ['There is an older version', 'Keep its structure and say at the top what has changed.'],
    ['Something is confidential', 'Leave it out of the text and tell the user where it would have stood.'],
  ],
  checks: [
    'The first two sentences are enough for a reader in a hurry.',
    'Every [check] is resolved or shown to the user.',
    'Names and numbers match the material.',
    'No sentence could stand unchanged in a text about something else.',
    'Length and tone fit the place it appears in.',
  ],
};
