import { sse } from '../../formats/read-stream.ts';
import { BUSY, DONE, type StreamCase, TRUNCATED } from './stream-case.ts';

const output = (status: string, more: object = {}): object => ({
  type: `response.${status}`,
  response: { id: 'r', object: 'response', status, model: 'm', output: [], ...more },
});
const written = (delta: string): object => ({ type: 'response.output_text.delta', item_id: 'i', delta });
const whole = (words: string): object => ({
  type: 'message',
  content: [{ type: 'output_text', text: words }],
});
export const RESPONSES: readonly StreamCase[] = [
  [
    'thoughts in both forms, keepalives and a [DONE]',
    'responses',
    sse(
      { type: 'response.created', response: { id: 'r', model: 'm' } },
      { type: 'keepalive', sequence_number: 1 },
      { type: 'response.reasoning_summary_text.delta', delta: 'hm' },
      { type: 'response.reasoning_text.delta', delta: 'well' },
      written('Hi'),
      output('completed', { usage: { input_tokens: 4, output_tokens: 9 } }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop', usage: [4, 9], thoughtChars: 6 },
  ],
  [
    'no deltas, all of the text at the end',
    'responses',
    sse(
      { type: 'response.output_text.done', text: 'Hi' },
      output('completed', { output: [{ type: 'reasoning', summary: [] }, whole('Hi')] }),
    ),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an event that says completed of a response that is not',
    'responses',
    sse(written('Hi'), {
      type: 'response.completed',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output: [] },
    }),
    { text: 'Hi', finish: 'length' },
  ],
  [
    'filtered',
    'responses',
    sse(written('Hi'), output('incomplete', { incomplete_details: { reason: 'content_filter' } })),
    { text: 'Hi', finish: 'refusal' },
  ],
  [
    'failed by the server',
    'responses',
    sse(written('Hi'), output('failed', { error: { code: 'server_error', message: 'An error occurred.' } })),
    { text: 'Hi', fails: BUSY },
  ],
  [
    'cancelled elsewhere',
    'responses',
    sse(written('Hi'), output('cancelled')),
    { text: 'Hi', fails: TRUNCATED },
  ],
];
