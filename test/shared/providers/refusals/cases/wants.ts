/** What a refusal is read as: `code/reason` of the contract. */
export const REJECTED = 'key_rejected/';
export const NO_CREDIT = 'key_rejected/no_credit';
export const NO_ACCESS = 'key_rejected/no_access';
export const NO_MODEL = 'invalid_request/model_not_found';
export const CONTEXT = 'too_large/context_length';
export const TOO_LARGE = 'too_large/';
export const MINUTE = 'too_large/minute_limit';
export const OUTPUT = 'provider_failed/output_limit';
export const BAD_REQUEST = 'provider_failed/bad_request';
export const REFUSED = 'provider_failed/refused';
export const BAD_OUTPUT = 'provider_failed/bad_output';
export const PAGE = 'provider_failed/not_a_stream';
export const ADDRESS = 'provider_failed/wrong_address';
export const LIMITED = 'rate_limited/';
export const OVERLOADED = 'provider_overloaded/';
export const LOADING = 'provider_overloaded/loading';
export const TIMEOUT = 'provider_timeout/';
