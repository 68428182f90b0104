import { codes, type RefusalRule } from './refusal-rule.ts';

/** Codes, whatever the status. Sources: the vendors' references; numbers are Zhipu's and MiniMax's. */
export const REFUSAL_CODES: readonly RefusalRule[] = [
  {
    kind: 'no_credit',
    codes: codes(
      'insufficient_quota billing_error billing_hard_limit_reached billing_not_active credit_balance_exhausted enforced_spend_limit_reached subscriptiondisabled insufficient_credits insufficient_balance insufficient_funds payment_required exceeded_current_quota_error insufficient_user_quota budget_exceeded credit_limit arrearage not_enough_balance setlimitexceeded 1008 1113',
    ),
  },
  { kind: 'loading', codes: codes('model_loading modelnotreadyexception') },
  {
    kind: 'no_access',
    codes: codes(
      'insufficient_permissions unsupported_country_region_territory model_terms_required model_permission_blocked_project model_permission_blocked_org api_key_service_blocked api_key_http_referrer_blocked api_key_ip_address_blocked ip_not_authorized service_disabled billing_disabled missing_scope',
    ),
  },
  {
    kind: 'rejected',
    codes: codes(
      'authentication_error authentication invalid_api_key incorrect_api_key api_key_invalid api_key_expired invalidapikey invalid_key wrong_api_key account_deactivated organization_restricted key_expired unauthenticated unauthorized unrecognizedclientexception expiredtokenexception expired_token invalid_authentication_error 2049',
    ),
  },
  {
    kind: 'refused',
    codes: codes(
      'content_filter responsibleaipolicyviolation content_policy_violation refusal invalid_prompt data_inspection_failed datainspectionfailed bio_policy misalignment_policy_violation guardrail_intervened prohibited_content content_blocked 1026 1027 1301',
    ),
  },
  {
    kind: 'context_length',
    codes: codes(
      'context_length_exceeded string_above_max_length exceed_context_size_error context_window_exceeded prompt_too_long model_context_window_exceeded 1261',
    ),
  },
  {
    kind: 'model_not_found',
    codes: codes(
      'model_not_found model_decommissioned model_not_available unknown_model invalid_model model_not_supported not_found_error not_found deploymentnotfound operationnotsupported resourcenotfoundexception 1211',
    ),
  },
  { kind: 'bad_output', codes: codes('json_validate_failed tool_use_failed') },
  // Groq calls a large request a rate limit, but no wait makes it smaller.
  { kind: 'too_large', statuses: [413] },
  { kind: 'too_large', codes: codes('request_too_large') },
  {
    kind: 'rate_limited',
    codes: codes(
      'rate_limit_error rate_limit_exceeded rate_limit_reached_error rate_limited too_many_requests resource_exhausted servicequotaexceededexception throttlingexception throttling ratelimitreached requests_limit_exceeded 1302 1303',
    ),
  },
  {
    kind: 'overloaded',
    codes: codes(
      'overloaded_error engine_overloaded engine_overloaded_error provider_overloaded capacity_exceeded service_unavailable unavailable serviceunavailableexception insufficient_system_resource modelerrorexception 1305',
    ),
  },
  { kind: 'timeout', codes: codes('timeout_error deadline_exceeded modeltimeoutexception') },
  {
    kind: 'no_access',
    codes: codes(
      'permission_error permission_denied accessdeniedexception accessdenied permissiondenied access_denied',
    ),
  },
];

/** Codes that repeat what a status would say: for errors inside a stream, which have none. */
export const VAGUE_CODES: readonly RefusalRule[] = [
  {
    kind: 'overloaded',
    codes: codes(
      'api_error server_error internal_server_error internal internal_error internalerror internalservererror internalfailure internalfailureexception internalserverexception modelstreamerrorexception',
    ),
  },
  { kind: 'timeout', codes: codes('timeout') },
  { kind: 'no_access', codes: codes('forbidden') },
  {
    kind: 'bad_request',
    codes: codes('invalid_request_error invalid_argument validationexception badrequesterror'),
  },
];
