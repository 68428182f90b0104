import type { Failure, FailureCode, FailureReason } from '../../contract/failure.ts';
import type { FaultKind, Vendor } from '../vendor.ts';

interface Say {
  readonly code: FailureCode;
  readonly reason?: FailureReason;
  readonly field?: string;
  readonly say: (vendor: Vendor) => string;
}

const account = ({ keysUrl }: Vendor): string => (keysUrl ? ` (${keysUrl})` : '');

/** Code, reason and sentence of every refusal. The sentence says what to do next and quotes nothing of the provider's. */
const REFUSALS: Readonly<Record<FaultKind, Say>> = {
  rejected: {
    code: 'key_rejected',
    say: (v) =>
      v.key === 'optional'
        ? `${v.name} did not accept the key. Check it with whoever runs ${v.name}, and paste it again.`
        : `${v.name} did not accept this key. Check that you copied all of it and that it is still active, or make a new one${account(v)}.`,
  },
  no_credit: {
    code: 'key_rejected',
    reason: 'no_credit',
    say: (v) =>
      `The key is valid, but its account has no credit left or has reached its spending limit. Add credit or raise the limit at ${v.name}${account(v)}.`,
  },
  no_access: {
    code: 'key_rejected',
    reason: 'no_access',
    say: (v) =>
      `The key is valid, but may not use this model, or not from here. Choose another model, or change what the key may do at ${v.name}${account(v)}.`,
  },
  model_not_found: {
    code: 'invalid_request',
    reason: 'model_not_found',
    field: 'model',
    say: (v) =>
      `${v.name} has no model of that name, or not for this key. Choose another model, or check the spelling.`,
  },
  rate_limited: {
    code: 'rate_limited',
    say: (v) => `${v.name} takes no more requests from this key for now: its rate limit is reached.`,
  },
  overloaded: {
    code: 'provider_overloaded',
    say: (v) =>
      `${v.name} has trouble of its own or is overloaded; your key is not at fault. Try again in a minute, or choose another model.`,
  },
  timeout: {
    code: 'provider_timeout',
    say: (v) =>
      `${v.name} gave up on the request after its own time limit. Try again, or choose a faster model.`,
  },
  too_large: {
    code: 'too_large',
    say: (v) => `The request is larger than ${v.name} takes. Shorten the goal.`,
  },
  context_length: {
    code: 'too_large',
    reason: 'context_length',
    say: () =>
      'The prompt is longer than this model takes. Shorten the goal, or choose a model with a larger context.',
  },
  refused: {
    code: 'provider_failed',
    reason: 'refused',
    say: (v) =>
      `${v.name}’s content filter refused the request. Put the goal in other words, or choose another model.`,
  },
  bad_output: {
    code: 'provider_failed',
    reason: 'bad_output',
    say: (v) =>
      `The model did not manage to answer in the form that was asked for. Try again, or choose another model at ${v.name}.`,
  },
  output_limit: {
    code: 'provider_failed',
    reason: 'output_limit',
    say: () =>
      'The model ran into its output limit before it had written anything. Choose another model, or a narrower goal.',
  },
  bad_request: {
    code: 'provider_failed',
    reason: 'bad_request',
    say: (v) =>
      `${v.name} did not accept the request; your key is not at fault. Choose another model, and tell who runs this server if it stays so.`,
  },
  not_a_stream: {
    code: 'provider_failed',
    reason: 'not_a_stream',
    say: (v) =>
      `${v.name} answered with something that is no stream of events. Try again; if it stays so, something between this server and ${v.name} answers in its place.`,
  },
  wrong_address: {
    code: 'provider_failed',
    reason: 'wrong_address',
    say: (v) =>
      v.fixedOrigin
        ? `${v.name} has nothing at the address that was asked. Try again; if it stays so, something between this server and ${v.name} answers in its place, or ${v.name} has moved.`
        : `${v.name} has nothing at the address that was asked (${v.path}). Tell who runs this server to check its address: it mostly ends in /v1, without /chat/completions.`,
  },
  minute_limit: {
    code: 'too_large',
    reason: 'minute_limit',
    say: (v) =>
      `One request of this run needs more tokens than your plan at ${v.name} allows in a whole minute, so that waiting does not help. Choose a model with a larger allowance, or a higher plan${account(v)}.`,
  },
  loading: {
    code: 'provider_overloaded',
    reason: 'loading',
    say: (v) => `${v.name} is still loading the model. Try again in a minute, or choose a smaller model.`,
  },
  redirect: {
    code: 'provider_failed',
    reason: 'redirect',
    say: (v) =>
      `${v.name} wanted to send the request, key included, to another address. It was not followed. If you did not expect that, tell who runs this server.`,
  },
  unknown: {
    code: 'provider_failed',
    say: (v) =>
      `${v.name} could not answer and did not say why in a way that is known here. Try again, or choose another model.`,
  },
};

/** The failure for a kind of refusal, in the vendor's own sentence where it has one. */
export function refusal(vendor: Vendor, kind: FaultKind): Failure {
  const { code, reason, field, say } = REFUSALS[kind];
  const message = vendor.sentences?.[kind] ?? say(vendor);
  return { code, message, ...(reason && { reason }), ...(field && { field }) };
}

/** Faults of the connection to the provider, as opposed to its answers. */
export type LineFault =
  | 'unreachable'
  | 'tls'
  | 'truncated'
  | 'not_a_stream'
  | 'response_too_large'
  | 'first_byte'
  | 'no_start'
  | 'idle'
  | 'run_time';

const KEPT = 'What was written is kept: redo what is missing.';

interface LineSay {
  readonly code: FailureCode;
  readonly reason: FailureReason;
  /** `within` is empty, or the limit as in ` within 60 s`. */
  readonly say: (vendor: Vendor, within: string) => string;
}

const LINE: Readonly<Record<LineFault, LineSay>> = {
  unreachable: {
    code: 'provider_failed',
    reason: 'unreachable',
    say: ({ name }) =>
      `This server could not reach ${name}, or lost it before it answered. Try again; your key is not at fault.`,
  },
  tls: {
    code: 'provider_failed',
    reason: 'tls',
    say: ({ name }) =>
      `${name} did not prove who it is: its certificate was not accepted, so the key was not sent. Tell who runs this server.`,
  },
  truncated: {
    code: 'provider_failed',
    reason: 'truncated',
    say: ({ name }) => `${name}’s answer broke off before its end. ${KEPT}`,
  },
  not_a_stream: {
    code: 'provider_failed',
    reason: 'not_a_stream',
    say: ({ name }) => `${name}’s answer could not be read as a stream of events. ${KEPT}`,
  },
  response_too_large: {
    code: 'provider_failed',
    reason: 'response_too_large',
    say: ({ name }) => `${name} sent far more than an answer can be, and was cut off. ${KEPT}`,
  },
  first_byte: {
    code: 'provider_timeout',
    reason: 'first_byte',
    say: ({ name, local }, within) =>
      local
        ? `${name} did not begin to answer${within}. It may still be loading the model: try again in a while, or choose a smaller model.`
        : `${name} did not begin to answer${within}. Try again, or choose a faster model.`,
  },
  no_start: {
    code: 'provider_timeout',
    reason: 'idle',
    say: ({ name }, within) =>
      `${name} took the request and kept the line open, but wrote nothing of its answer${within}. Try again, or choose a faster model.`,
  },
  idle: {
    code: 'provider_timeout',
    reason: 'idle',
    say: ({ name }, within) => `${name} began to answer, and then sent nothing more${within}. ${KEPT}`,
  },
  run_time: {
    code: 'provider_timeout',
    reason: 'run_time',
    say: () => `The run reached this server’s time limit and was ended. ${KEPT}`,
  },
};

/** `ms` is the limit that was reached, for faults that have one. */
export function lineFailure(vendor: Vendor, fault: LineFault, ms?: number): Failure {
  const { code, reason, say } = LINE[fault];
  const within = ms === undefined ? '' : ` within ${secondsOf(ms)} s`;
  return { code, reason, message: say(vendor, within) };
}

function secondsOf(ms: number): number {
  return ms < 1000 ? ms / 1000 : Math.round(ms / 1000);
}
