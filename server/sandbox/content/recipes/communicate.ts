import type { Recipe } from './recipe.ts';

export const communicate: Recipe = {
  manner: 'Finds words that fit the receiver, answers first what was asked, and leaves sending to a person.',
  triggers: [
    'someone needs a message, an answer or an announcement for {object}',
    'someone asks how to put it',
    'a message was written in haste and should be put right before it goes out',
  ],
  inputs: [
    'Who receives it, what they know, and what they asked or should do.',
    'The facts that may be told, and those that may not.',
    'The channel, and two or three earlier messages that set the tone.',
  ],
  steps: [
    [
      'Find the one point',
      'What should the receiver know or do after reading? Write that sentence first; the rest only serves it.',
    ],
    [
      'Check the facts',
      'Take each fact about {object} from the material. What is not known is said as not known, with the time when it will be.',
    ],
    [
      'Choose tone and length by the receiver',
      'Match the earlier messages. Someone who is upset first gets a sentence showing that the matter was understood, in plain words.',
    ],
    [
      'Write it',
      'The answer first, then the reason, then what happens next and when. One request a message.',
    ],
    [
      'Read it as the receiver',
      'Where would they stop, misread or ask back? Change that place. Remove phrases that could stand in any message.',
    ],
    [
      'Hand over for sending',
      'Give the {outcome} and a note of what to verify. A person sends it, unless the user has said otherwise for this very case.',
    ],
  ],
  output: [
    '**To:** <receiver>   **Channel:** <channel>',
    '',
    '<the answer or the point, one sentence>',
    '',
    '<reason, two or three sentences>',
    '',
    '<what happens next, who does it, by when>',
    '',
    '**Verify before sending:** <facts to check>',
  ],
  edges: [
    [
      'The receiver asked several things',
      'Answer in their order, numbered, also those whose answer is "not yet".',
    ],
    [
      'The answer is no',
      'Say it in the first sentence, give the reason, and offer what is possible instead.',
    ],
    [
      'A promise would be needed',
      'Do not make it. Write what will be checked and by when, and tell the user.',
    ],
    [
      'The message touches law, money or health',
      'Mark it for review by the person responsible before it goes out.',
    ],
    ['The tone examples contradict each other', 'Follow the most recent one and say so.'],
  ],
  checks: [
    'The point stands in the first sentence.',
    'Each fact comes from the material.',
    'There is one request at most, with a date.',
    'Nothing confidential is in it.',
    'It reads well aloud.',
  ],
};
