import type { Fault } from './fault.ts';
import type { FaultKind, Vendor } from './vendor.ts';

/** Codes that say what is wrong, whatever the status. Sources: the vendors' references, providers.md sections 2 to 10. */
const TELLING: Readonly<Record<string, FaultKind>> = {
  authentication_error: 'rejected',
  authentication: 'rejected',
  invalid_api_key: 'rejected',
  incorrect_api_key: 'rejected',
  api_key_invalid: 'rejected',
  api_key_expired: 'rejected',
  unauthenticated: 'rejected',
  unrecognizedclientexception: 'rejected',
  insufficient_quota: 'no_credit',
  billing_error: 'no_credit',
  billing_hard_limit_reached: 'no_credit',
  billing_not_active: 'no_credit',
  credit_balance_exhausted: 'no_credit',
  enforced_spend_limit_reached: 'no_credit',
  insufficient_credits: 'no_credit',
  insufficient_balance: 'no_credit',
  payment_required: 'no_credit',
  permission_error: 'no_access',
  permission_denied: 'no_access',
  insufficient_permissions: 'no_access',
  unsupported_country_region_territory: 'no_access',
  accessdeniedexception: 'no_access',
  model_not_found: 'model_not_found',
  model_decommissioned: 'model_not_found',
  not_found_error: 'model_not_found',
  not_found: 'model_not_found',
  deploymentnotfound: 'model_not_found',
  resourcenotfoundexception: 'model_not_found',
  rate_limit_error: 'rate_limited',
  rate_limit_exceeded: 'rate_limited',
  too_many_requests: 'rate_limited',
  resource_exhausted: 'rate_limited',
  throttlingexception: 'rate_limited',
  overloaded_error: 'overloaded',
  engine_overloaded: 'overloaded',
  provider_overloaded: 'overloaded',
  capacity_exceeded: 'overloaded',
  service_unavailable: 'overloaded',
  unavailable: 'overloaded',
  serviceunavailableexception: 'overloaded',
  insufficient_system_resource: 'overloaded',
  timeout_error: 'timeout',
  deadline_exceeded: 'timeout',
  request_too_large: 'too_large',
  context_length_exceeded: 'context_length',
  string_above_max_length: 'context_length',
  content_filter: 'refused',
  responsibleaipolicyviolation: 'refused',
  content_policy_violation: 'refused',
  refusal: 'refused',
  json_validate_failed: 'bad_output',
  tool_use_failed: 'bad_output',
};

/** Codes that only repeat what a status would have said: for errors inside a stream, which have none. */
const VAGUE: Readonly<Record<string, FaultKind>> = {
  api_error: 'overloaded',
  server_error: 'overloaded',
  internal_server_error: 'overloaded',
  internal: 'overloaded',
  internalserverexception: 'overloaded',
  timeout: 'timeout',
  invalid_request_error: 'bad_request',
  invalid_argument: 'bad_request',
  validationexception: 'bad_request',
};

const STATUSES: Readonly<Record<number, FaultKind>> = {
  400: 'bad_request',
  401: 'rejected',
  402: 'no_credit',
  403: 'no_access',
  404: 'model_not_found',
  408: 'timeout',
  413: 'too_large',
  422: 'bad_request',
  429: 'rate_limited',
  504: 'timeout',
  524: 'timeout',
};

/** The few refusals that come without a code, by their words; the last resort. */
const WORDS: readonly { readonly words: RegExp; readonly kind: FaultKind }[] = [
  { words: /credit balance is too low|reached your specified API usage limits/i, kind: 'no_credit' }, // Anthropic
  {
    words: /prompt is too long|maximum context length|available context size|input is too long/i,
    kind: 'context_length',
  }, // Anthropic, vLLM, llama.cpp, Bedrock
  { words: /max_tokens or model output limit was reached/i, kind: 'output_limit' }, // OpenAI, of reasoning models
  {
    words: /model identifier is invalid|is not a valid model|isn't supported on this route/i,
    kind: 'model_not_found',
  }, // Bedrock, OpenRouter
  { words: /api key not valid/i, kind: 'rejected' }, // Google's older keys
];

/** Anthropic's 401 to a request with an `Origin` from an organisation with its own retention: nothing is wrong with the key. */
const CORS = /CORS requests are not allowed/i;

/** What an error means: by its code where it has a telling one, else by the status, the vendor's own first. */
export function faultKind(vendor: Vendor, status: number, fault: Fault | undefined): FaultKind {
  if (status >= 300 && status < 400) return 'redirect';
  if (status < 300 && !fault) return 'not_a_stream';
  // A firewall's or a proxy's page says nothing about a key or a model.
  if ((status === 403 || status === 404) && !fault) return 'not_a_stream';
  const message = fault?.message ?? '';
  if (CORS.test(message)) return 'bad_request';

  // Groq calls it a rate limit too, but no wait makes the request smaller.
  if (status === 413) return 'too_large';

  const telling = byCode(fault?.codes, TELLING);
  // OpenAI's "does not have access to model".
  if (telling) return telling === 'model_not_found' && status === 403 ? 'no_access' : telling;
  const named = status < 300 ? (fault?.status ?? status) : status;
  const say = named === 400 ? WORDS.find(({ words }) => words.test(message)) : undefined;
  const byStatus = say?.kind ?? vendor.statuses?.[named] ?? STATUSES[named];
  if (byStatus) return byStatus;
  if (named >= 500) return 'overloaded';
  return byCode(fault?.codes, VAGUE) ?? 'unknown';
}

function byCode(
  codes: readonly string[] | undefined,
  table: Readonly<Record<string, FaultKind>>,
): FaultKind | undefined {
  const code = codes?.find((one) => Object.hasOwn(table, one));
  return code === undefined ? undefined : table[code];
}
