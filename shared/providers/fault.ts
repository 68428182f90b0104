import { type Json, jsonOf, parseJson, textOf } from './read-json.ts';

/** What a provider's error says, in any of their dialects. Only compared with what is known, never shown. */
export interface Fault {
  /** Codes and types, lower case, the most telling first. */
  readonly codes?: readonly string[];
  /** The status that the body names, when the response's own was 200. */
  readonly status?: number;
  /** Google puts the time to wait into the body. */
  readonly retryDelay?: string;
  /** A day's quota is used up: the time to wait that comes along is of no use. */
  readonly perDay?: boolean;
  /** For the few refusals that have no code at all. */
  readonly message?: string;
}

/** The error that a stream's event or a body holds under `error`, or as whose `error` it calls itself. */
export function faultOf(json: unknown): Fault | undefined {
  const outer = jsonOf(json);
  if (!outer) return undefined;
  const { error } = outer;
  if (typeof error === 'string')
    return error === '' ? undefined : { message: error, codes: codesOf(outer, undefined) };
  const inner = jsonOf(error);
  if (inner) return read(inner);
  return outer['object'] === 'error' || outer['type'] === 'error' ? read(outer) : undefined;
}

/** The error of a whole response body: also the bare `{"message"}` of Cohere and AWS, FastAPI's `{"detail"}`, and Google's array. */
export function bodyFault(text: string): Fault | undefined {
  const parsed = parseJson(text);
  const json = Array.isArray(parsed) ? parsed[0] : parsed;
  return faultOf(json) ?? bareFaultOf(jsonOf(json));
}

/** An error that is not called one: JSON with a message and nothing else that an answer would have. */
export function bareFaultOf(json: Json | undefined): Fault | undefined {
  const message = textOf(json?.['message']) ?? textOf(json?.['detail']);
  return json && message !== undefined ? read({ ...json, message }) : undefined;
}

function read(error: Json): Fault {
  const status = statusOf(error['code']) ?? statusOf(error['status_code']) ?? statusOf(error['status']);
  const details = Array.isArray(error['details']) ? error['details'].map(jsonOf) : [];
  const retryDelay = textOf(
    details.find((detail) => typeof detail?.['retryDelay'] === 'string')?.['retryDelay'],
  );
  const message = textOf(error['message']);
  const quotas = details
    .flatMap((detail) => (Array.isArray(detail?.['violations']) ? detail['violations'] : []))
    .map(jsonOf);
  return {
    codes: codesOf(error, details),
    ...(status === undefined ? {} : { status }),
    ...(retryDelay === undefined ? {} : { retryDelay }),
    ...(quotas.some((quota) => /perday/i.test(textOf(quota?.['quotaId']) ?? '')) ? { perDay: true } : {}),
    ...(message === undefined ? {} : { message }),
  };
}

/** Anthropic's error_code, OpenAI's and Azure's code, OpenRouter's error_type, Google's reason, then the types. */
function codesOf(error: Json, details: readonly (Json | undefined)[] | undefined): readonly string[] {
  return [
    jsonOf(error['details'])?.['error_code'],
    error['code'],
    jsonOf(error['innererror'])?.['code'],
    jsonOf(error['metadata'])?.['error_type'],
    // OpenRouter's moderation says why it flagged the input, and nothing else.
    Array.isArray(jsonOf(error['metadata'])?.['reasons']) ? 'content_policy_violation' : undefined,
    ...(details ?? []).map((detail) => detail?.['reason']),
    error['type'],
    error['status'],
  ]
    .filter((code) => typeof code === 'string')
    .map((code) => code.toLowerCase());
}

/** Some write it as a number, Azure as a string. */
function statusOf(code: unknown): number | undefined {
  const status = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599
    ? status
    : undefined;
}
