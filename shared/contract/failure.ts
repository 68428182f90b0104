import * as z from 'zod/mini';

/** Every public failure code with its HTTP status. `cancelled` is for logs and receipts: its client has gone. */
export const FAILURE_STATUS = {
  invalid_request: 400,
  key_missing: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_field: 422,
  key_malformed: 422,
  key_rejected: 422,
  rate_limited: 429,
  budget_exhausted: 429,
  cancelled: 499,
  internal: 500,
  provider_failed: 502,
  provider_overloaded: 503,
  unavailable: 503,
  provider_timeout: 504,
} as const;

export type FailureCode = keyof typeof FAILURE_STATUS;

/** What exactly went wrong, where one code covers several situations with different next steps. */
export const failureReason = z.enum([
  'no_credit', // the key is valid, its account has no money left
  'no_access', // the key is valid, it may not use this model or region
  'model_not_found',
  'wrong_provider', // the key looks like another provider's
  'seal_stale', // sealed to a key that the server no longer has
  'unreachable', // no connection to the provider
  'tls', // the provider's certificate was not accepted
  'truncated', // the stream ended without its terminal marker
  'not_a_stream', // 200 with something that is not SSE
  'redirect', // the provider tried to send the key elsewhere
  'response_too_large',
  'bad_output', // the model's answer did not fit the schema, twice
  'output_limit', // the model ran into its output limit
  'refused', // the model refused, or the goal will not be planned
  'unsupported', // the goal leaves nothing to write
  'context_length', // the prompt is too long for the model
  'bad_request', // the provider did not accept the request
  'wrong_address', // nobody answers at the path: mostly an endpoint's base URL
  'minute_limit', // one request needs more than the plan's allowance of a minute
  'loading', // the model is being loaded
  'first_byte', // which deadline it was
  'idle',
  'run_time',
  'cap', // the user's spending cap ended the run
  'key_gone', // the stored key was removed, revoked, or never there
  'key_expired', // it is older than the workspace or the operator allows
  'no_keys_at_rest', // the workspace's or the operator's policy forbids to store keys
  'vault_sealed', // this server cannot open stored keys just now
  'shutdown', // the server stops
]);
export type FailureReason = z.infer<typeof failureReason>;

/**
 * `message` says what happened and what to do next; it never quotes a provider, a header or a body. `said` is what the provider said, in
 * its own words: redacted, one line of plain text of 500 characters at most, for the user's eyes and no log's.
 */
export const failure = z.object({
  code: z.enum(Object.keys(FAILURE_STATUS) as [FailureCode, ...FailureCode[]]), // as: Object.keys loses the literal names
  message: z.string(),
  reason: z.optional(failureReason),
  said: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
  /** The request's field that is wrong, for `invalid_field`. */
  field: z.optional(z.string()),
});
export type Failure = z.infer<typeof failure>;

/** The body of every refused request. */
export const failureBody = z.object({ error: failure });

/** The HTTP status for a failure, where the response has not begun. Later the same failure travels as a run's last event. */
export function statusOf(code: FailureCode): number {
  return FAILURE_STATUS[code];
}
