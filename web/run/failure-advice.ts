import type { Failure, FailureCode, FailureReason } from '../../shared/contract/failure.ts';

/** Where the next step is taken: it names the button of the failure panel. */
export type NextStep = 'key' | 'provider' | 'model' | 'goal' | 'cap' | 'redo' | 'wait' | 'reload';

/** What stands over a failure's own sentence, in two or three words, and what to do about it. */
export interface Advice {
  readonly title: string;
  readonly step: NextStep;
}

/** By code and reason only, never by status or message. The reason says more, where there is one. */
export function adviseOn({ code, reason, field }: Failure): Advice {
  const advice = reason ? BY_REASON[reason] : BY_CODE[code];
  const step = field === undefined ? undefined : BY_FIELD.find(([start]) => field.startsWith(start))?.[1];
  return step ? { ...advice, step } : advice;
}

/** Where the request's fields are on the page. */
const BY_FIELD: readonly (readonly [string, NextStep])[] = [
  ['goal', 'goal'],
  ['model', 'model'],
  ['caps', 'cap'],
  ['provider', 'provider'],
  ['site', 'provider'],
];

const BY_CODE: Record<FailureCode, Advice> = {
  invalid_request: { title: 'Not accepted', step: 'goal' },
  invalid_field: { title: 'Not accepted', step: 'goal' },
  key_missing: { title: 'No key', step: 'key' },
  key_malformed: { title: 'Not a whole key', step: 'key' },
  key_rejected: { title: 'Key rejected', step: 'key' },
  unauthenticated: { title: 'Signed out', step: 'reload' },
  forbidden: { title: 'Refused by this server', step: 'reload' },
  not_found: { title: 'Not found', step: 'reload' },
  conflict: { title: 'Changed meanwhile', step: 'reload' },
  too_large: { title: 'Too long', step: 'goal' },
  unsupported_media_type: { title: 'Changed on the way', step: 'redo' },
  rate_limited: { title: 'Rate limit', step: 'wait' },
  budget_exhausted: { title: 'Budget used up', step: 'wait' },
  cancelled: { title: 'Cancelled', step: 'redo' },
  internal: { title: 'Something broke on the way', step: 'redo' },
  unavailable: { title: 'No room for a run', step: 'wait' },
  provider_failed: { title: 'No answer from the provider', step: 'redo' },
  provider_overloaded: { title: 'Provider overloaded', step: 'wait' },
  provider_timeout: { title: 'Timed out', step: 'redo' },
};

const BY_REASON: Record<FailureReason, Advice> = {
  no_credit: { title: 'No credit', step: 'key' },
  no_access: { title: 'Not with this model', step: 'model' },
  model_not_found: { title: 'No such model', step: 'model' },
  wrong_provider: { title: 'Another provider\u2019s key', step: 'provider' },
  seal_stale: { title: 'Seal too old', step: 'key' },
  unreachable: { title: 'Provider not reached', step: 'redo' },
  tls: { title: 'Provider not proven', step: 'provider' },
  truncated: { title: 'Answer cut off', step: 'redo' },
  not_a_stream: { title: 'Not an answer', step: 'redo' },
  redirect: { title: 'Redirect refused', step: 'provider' },
  response_too_large: { title: 'Answer too large', step: 'model' },
  bad_output: { title: 'Answer did not fit', step: 'model' },
  output_limit: { title: 'Output limit', step: 'model' },
  refused: { title: 'Refused by the model', step: 'goal' },
  unsupported: { title: 'Nothing to write', step: 'goal' },
  context_length: { title: 'Too long for this model', step: 'model' },
  bad_request: { title: 'Not accepted by the provider', step: 'model' },
  wrong_address: { title: 'Wrong address', step: 'provider' },
  minute_limit: { title: 'Too large for a minute', step: 'model' },
  loading: { title: 'Model is loading', step: 'wait' },
  first_byte: { title: 'Timed out', step: 'redo' },
  idle: { title: 'Timed out', step: 'redo' },
  run_time: { title: 'Time limit of this server', step: 'redo' },
  cap: { title: 'Stopped at your cap', step: 'cap' },
  key_gone: { title: 'Stored key removed', step: 'key' },
  key_expired: { title: 'Stored key too old', step: 'key' },
  no_keys_at_rest: { title: 'No keys may be stored', step: 'key' },
  vault_sealed: { title: 'Stored keys are locked', step: 'wait' },
  shutdown: { title: 'This server stops', step: 'redo' },
};
