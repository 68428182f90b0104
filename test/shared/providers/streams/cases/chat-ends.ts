import { sse } from '../../formats/read-stream.ts';
import { chunk, counts, say, stop } from './chat-chunks.ts';
import { DONE, type StreamCase, TRUNCATED } from './stream-case.ts';

/** Chat completions: how they end, and what they count. */
export const CHAT_ENDS: readonly StreamCase[] = [
  [
    'vLLM: reasoning, no [DONE], usage in a chunk without choices',
    'openai',
    sse(
      chunk({ delta: { role: 'assistant', content: '' } }),
      chunk({ delta: { reasoning_content: 'hm, well' } }),
      say('Hi'),
      stop(),
      { choices: [], usage: counts(9, 5) },
    ),
    { text: 'Hi', finish: 'stop', usage: [9, 5], thoughtChars: 8 },
  ],
  [
    'a finish that comes twice',
    'openai',
    sse(say('Hi'), stop(), stop(), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an empty finish in every chunk',
    'openai',
    sse(say('H', { finish_reason: '' }), say('i', { finish_reason: '' }), stop(), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an empty finish in every chunk, and no other',
    'openai',
    sse(say('H', { finish_reason: '' }), say('i', { finish_reason: '' }), DONE),
    { text: 'Hi', fails: TRUNCATED },
  ],
  [
    'the word null for no finish',
    'openai',
    sse(say('H', { finish_reason: 'null' }), say('i', { finish_reason: 'null' }), stop(), DONE),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'a finish and then a chunk whose finish is null',
    'openai',
    sse(
      say('Hi'),
      stop(),
      chunk({ delta: { content: '' }, finish_reason: null }, { usage: counts(3, 2) }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'choices that are null beside the usage',
    'openai',
    sse(say('Hi'), stop(), { choices: null, usage: counts(3, 2) }, DONE),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'an empty usage after the real one',
    'openai',
    sse(say('Hi', {}), stop({ usage: counts(3, 2) }), { choices: [], usage: {} }, DONE),
    { text: 'Hi', finish: 'stop', usage: [3, 2] },
  ],
  [
    'a usage so far in every chunk',
    'openai',
    sse(
      chunk({ delta: { content: 'H' } }, { usage: counts(3, 1) }),
      chunk({ delta: { content: 'i' } }, { usage: counts(3, 2) }),
      stop({ usage: counts(3, 4) }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [3, 4] },
  ],
  [
    'usage before the text',
    'openai',
    sse({ choices: [], usage: counts(3, 0) }, say('Hi'), stop(), DONE),
    { text: 'Hi', finish: 'stop', usage: null },
  ],
];
