import { converse, exception, frame } from '../../formats/event-frames.ts';
import { BUSY, LIMITED, type StreamCase } from './stream-case.ts';

const delta = (of: object): Buffer => converse('contentBlockDelta', { contentBlockIndex: 0, delta: of });
export const CONVERSE: readonly StreamCase[] = [
  [
    'thoughts, whole and hidden',
    'converse',
    [
      converse('messageStart', { role: 'assistant' }),
      delta({ reasoningContent: { text: 'hm' } }),
      delta({ reasoningContent: { signature: 'x' } }),
      delta({ reasoningContent: { redactedContent: 'eA==' } }),
      delta({ text: 'Hi' }),
      converse('messageStop', { stopReason: 'end_turn' }),
      converse('metadata', { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 } }),
    ],
    { text: 'Hi', finish: 'stop', usage: [3, 2], thoughtChars: 2 },
  ],
  [
    'no metadata at the end',
    'converse',
    [delta({ text: 'Hi' }), converse('messageStop', { stopReason: 'stop_sequence' })],
    { text: 'Hi', finish: 'stop', usage: null },
  ],
  [
    'a context that ran full',
    'converse',
    [delta({ text: 'Hi' }), converse('messageStop', { stopReason: 'model_context_window_exceeded' })],
    { text: 'Hi', finish: 'length' },
  ],
  [
    'an exception of the model’s, with its own status',
    'converse',
    [
      delta({ text: 'Hi' }),
      exception('modelStreamErrorException', {
        message: 'The system encountered an error',
        originalStatusCode: 503,
      }),
    ],
    { text: 'Hi', fails: BUSY },
  ],
  [
    'a time-out of the model’s',
    'converse',
    [exception('modelTimeoutException', { message: 'Model has timed out in processing the request.' })],
    { text: '', fails: 'provider_timeout/' },
  ],
  [
    'a quota of the account’s',
    'converse',
    [
      exception('serviceQuotaExceededException', {
        message: 'Your request exceeds the service quota for your account.',
      }),
    ],
    { text: '', fails: LIMITED },
  ],
  [
    'an error of the framing’s',
    'converse',
    [
      delta({ text: 'Hi' }),
      frame(
        { ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'Internal failure' },
        '',
      ),
    ],
    { text: 'Hi', fails: BUSY },
  ],
];
