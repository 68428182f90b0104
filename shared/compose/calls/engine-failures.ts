import type { Failure, FailureReason } from '../../contract/failure.ts';
import type { Caps } from '../../contract/run-request.ts';

/** The failures that the engine itself finds; all others come out of `ask`. */
export const ENGINE_FAILURES = {
  unsupported: {
    code: 'invalid_request',
    reason: 'unsupported',
    message:
      'There is nothing here yet that an agent could be taught. Add to the goal what should be done, with which files or tools, and what comes out.',
    field: 'goal',
  },
  notPlanned: {
    code: 'invalid_request',
    reason: 'refused',
    message:
      'This will not be planned: the model took the goal for something that would harm people or break into systems. If that is not what you meant, say what it is for.',
    field: 'goal',
  },
  priceUnknown: {
    code: 'invalid_request',
    message:
      'No price is known for this model, so that a limit in USD could not be kept. Set a limit in tokens instead.',
    field: 'caps.costUsd',
  },
  outputLimit: {
    code: 'provider_failed',
    reason: 'output_limit',
    message:
      'The model reached its output limit before it had finished. Choose a model that may write more, or split the goal.',
  },
  tooLong: {
    code: 'provider_failed',
    reason: 'output_limit',
    message:
      'The model wrote far more than a skill may hold, so that it was stopped. Try again or choose another model.',
  },
  refused: {
    code: 'provider_failed',
    reason: 'refused',
    message: 'The model refused to answer. Word the goal differently or choose another model.',
  },
  empty: {
    code: 'provider_failed',
    reason: 'bad_output',
    message: 'The model’s answer was empty. Try again or choose another model.',
  },
  badOutput: {
    code: 'provider_failed',
    reason: 'bad_output',
    message:
      'The model’s answer did not have the form that was asked for, twice. Try again or choose another model.',
  },
} as const satisfies Record<string, Failure>;

/** A redraft that contradicts itself, such as an item that its plan does not have. `message` is a sentence for the user. */
export function badRedraft(message: string): Failure {
  return { code: 'invalid_request', message, field: 'redraft' };
}

/** The user's own limit ended the run; what was finished by then is kept. */
export function capReached(cap: keyof Caps, caps: Caps): Failure {
  const limit =
    cap === 'costUsd' ? `$${caps.costUsd}` : `${(caps.tokens ?? 0).toLocaleString('en-US')} tokens`;
  return {
    code: 'budget_exhausted',
    reason: 'cap',
    message: `Stopped at your limit of ${limit}. What was finished is kept; raise the limit to redo what is missing.`,
  };
}

const OF_ONE_ANSWER: readonly (FailureReason | undefined)[] = [
  'output_limit',
  'refused',
  'bad_output',
  'truncated',
  'response_too_large',
];

/** Whether a failure says something of one answer only, so that other calls may well succeed. */
export function concernsOneAnswer(failure: Failure): boolean {
  return OF_ONE_ANSWER.includes(failure.reason);
}
