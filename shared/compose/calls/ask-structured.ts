import type { Failure } from '../../contract/failure.ts';
import { type AnswerForm, readStructured } from '../answers/read-structured.ts';
import type { ModelCall } from '../ask.ts';
import { fence } from '../fence.ts';
import { ENGINE_FAILURES } from './engine-failures.ts';
import type { RunCalls } from './run-calls.ts';

/** A validated answer, the failure that is to be shown, or `stopped` when the run ended meanwhile. */
export type Outcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

/** Makes one structured call, and tells `onText` of its first answer as it is written. When the answer does not fit, it is repeated once, with the answer and what is wrong with it. */
export async function askStructured<T>(
  calls: RunCalls,
  call: ModelCall,
  form: AnswerForm<T>,
  onText?: (delta: string) => void,
): Promise<Outcome<T>> {
  const reply = await calls.make(call, onText);
  if (reply.kind !== 'text') return reply;
  const first = readStructured(reply.text, form);
  if (first.kind === 'value') return first;
  if (first.kind === 'refused') return { kind: 'failure', failure: ENGINE_FAILURES.refused };

  const repair = await calls.make(repairCall(call, reply.text, first.problems));
  if (repair.kind !== 'text') return repair;
  const second = readStructured(repair.text, form);
  if (second.kind === 'value') return second;
  const refused = second.kind === 'refused';
  return { kind: 'failure', failure: refused ? ENGINE_FAILURES.refused : ENGINE_FAILURES.badOutput };
}

function repairCall(call: ModelCall, answer: string, problems: readonly string[]): ModelCall {
  const order = 'The answer above is yours, and it does not fit the schema:';
  const close = 'Return the whole JSON object again with these places corrected, and nothing else.';
  return {
    ...call,
    id: `${call.id}-repair`,
    user: [
      call.user,
      fence('answer', answer),
      order,
      problems.map((problem) => `- ${problem}`).join('\n'),
      close,
    ].join('\n\n'),
  };
}
