import type { Failure } from '../../contract/failure.ts';
import type { Answer } from '../ask.ts';
import { ENGINE_FAILURES } from './engine-failures.ts';

/** Three times the longest body that the analysis accepts without a finding. An endless stream is stopped here. */
export const MAX_ANSWER_CHARS = 60_000;

/** How a call ended, for the code that made it. */
export type Reply =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** The run has ended; nothing came that could be used. */
  | { readonly kind: 'stopped' };

/**
 * What an answer is worth: its text, or why it cannot be used. `chars` were streamed before the end. Truncation comes before any look at
 * the text: half an answer can parse and be wrong.
 */
export function answerToReply(answer: Answer, chars: number): Reply {
  if (chars > MAX_ANSWER_CHARS || answer.text.length > MAX_ANSWER_CHARS)
    return failed(ENGINE_FAILURES.tooLong);
  if (answer.kind === 'stopped') return { kind: 'stopped' };
  if (answer.kind === 'failure') return failed(answer.failure);
  if (answer.finish === 'length') return failed(ENGINE_FAILURES.outputLimit);
  if (answer.finish === 'refusal') return failed(ENGINE_FAILURES.refused);
  return answer.text.trim() === '' ? failed(ENGINE_FAILURES.empty) : { kind: 'text', text: answer.text };
}

function failed(failure: Failure): Reply {
  return { kind: 'failure', failure };
}
