import { type Json, jsonOf, parseJson, textOf } from '../read-json.ts';
import { namedFields } from './fault-fields.ts';
import { wordsOf } from './fault-words.ts';

/** What a provider's error says, read from the formats of all vendors. */
export interface Fault {
  /** Codes and types, lower case, the most telling first. */
  readonly codes?: readonly string[];
  /** The status that the body names, when the response's own was 200. */
  readonly status?: number;
  /** Google puts the time to wait into the body. */
  readonly retryDelay?: string;
  /** Gateways put the headers of the provider behind them into the body. Names are in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A day's quota is used up, so that a time to wait beside it is of no use. */
  readonly perDay?: boolean;
  /** In the provider's own words, one line. It serves to judge the error; it may hold anything, the key included. */
  readonly message?: string;
  /** Fields of the request that it names by their path. */
  readonly fields?: readonly string[];
  /** It is no JSON but a line of plain text, which only counts when its words are known. */
  readonly plain?: boolean;
}

/** The error in a stream's event or a body, under `error` or as the object itself. */
export function faultOf(json: unknown): Fault | undefined {
  const outer = jsonOf(json);
  if (!outer) return undefined;
  const { error } = outer;
  if (typeof error === 'string') return error === '' ? undefined : read(outer, {});
  const inner = jsonOf(error) ?? (Array.isArray(error) && error.length > 0 ? {} : undefined);
  if (inner) return read(outer, inner);
  if (outer['object'] === 'error' || outer['type'] === 'error') return read(outer, outer);
  // MiniMax answers with status 200 in every case.
  const base = jsonOf(outer['base_resp']);
  const code = base?.['status_code'];
  return base && code !== 0 && code !== undefined
    ? read({ ...outer, message: base['status_msg'], code }, {})
    : undefined;
}

/** The error of a refusal's body: a plain line is one, too. */
export function refusalBodyFault(text: string): Fault | undefined {
  return bodyFault(text) ?? lineFault(text);
}

/**
 * The error in a whole body, also where the body is framed as an event or wrapped in an array or a sentence. Undefined for pages and for
 * JSON without an error.
 */
export function bodyFault(text: string): Fault | undefined {
  const parsed = parseLoose(text);
  const json = Array.isArray(parsed) ? parsed[0] : parsed;
  return faultOf(json) ?? bareFaultOf(jsonOf(json));
}

/** An error that does not call itself one: JSON with a message and nothing that an answer would have. */
export function bareFaultOf(json: Json | undefined): Fault | undefined {
  if (!json || 'choices' in json || wordsOf(json) === '') return undefined;
  return read(json, json);
}

/** JSON, also after `data:` or between words of a gateway. */
function parseLoose(text: string): unknown {
  const whole = parseJson(text);
  if (whole !== undefined) return whole;
  const [from, to] = [text.search(/[{[]/), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))];
  return from < 0 || to < from || /^\s{0,100}</.test(text) ? undefined : parseJson(text.slice(from, to + 1));
}

function lineFault(text: string): Fault | undefined {
  const parsed = parseJson(text);
  const line = typeof parsed === 'string' ? parsed : text;
  if (jsonOf(parsed) || Array.isArray(parsed) || line.trim() === '') return undefined;
  // Pages, and text that is too long to be a sentence.
  if (line.length > 2000 || /^\s{0,100}</.test(line)) return undefined;
  return { message: wordsOf(line), plain: true };
}

function read(outer: Json, inner: Json): Fault {
  const error = Object.keys(inner).length > 0 ? inner : outer;
  const status = statusOf(error['code']) ?? statusOf(error['status_code']) ?? statusOf(error['status']);
  const details = Array.isArray(error['details']) ? error['details'].map(jsonOf) : [];
  const retryDelay = textOf(
    details.find((detail) => typeof detail?.['retryDelay'] === 'string')?.['retryDelay'],
  );
  const quotas = details
    .flatMap((detail) => (Array.isArray(detail?.['violations']) ? detail['violations'] : []))
    .map(jsonOf);
  const message = wordsOf(inner === outer ? outer : (outer['error'] ?? outer)) || wordsOf(outer);
  const headers = headersOf(jsonOf(jsonOf(error['metadata'])?.['headers']));
  const fields = namedFields(outer);
  return {
    codes: codesOf(error, outer, details),
    ...(status === undefined ? {} : { status }),
    ...(retryDelay === undefined ? {} : { retryDelay }),
    ...(headers && { headers }),
    ...(quotas.some((quota) => /perday/i.test(textOf(quota?.['quotaId']) ?? '')) ? { perDay: true } : {}),
    ...(message === '' ? {} : { message }),
    ...(fields.length === 0 ? {} : { fields }),
  };
}

/**
 * The order in which codes are looked for: Anthropic's error_code, OpenAI's and Azure's code, OpenRouter's error_type, Google's reason,
 * then the types, then the wrapper's.
 */
function codesOf(error: Json, outer: Json, details: readonly (Json | undefined)[]): readonly string[] {
  const raw = parseJson(textOf(jsonOf(error['metadata'])?.['raw']) ?? '');
  const upstream = jsonOf(Array.isArray(raw) ? raw[0] : raw);
  const within = jsonOf(upstream?.['error']) ?? upstream ?? jsonOf(error['error']);
  const codes = [
    jsonOf(error['details'])?.['error_code'],
    error['code'],
    jsonOf(error['innererror'])?.['code'],
    jsonOf(error['metadata'])?.['error_type'],
    // OpenRouter's moderation says why it flagged the input, and nothing else.
    Array.isArray(jsonOf(error['metadata'])?.['reasons']) ? 'content_policy_violation' : undefined,
    ...details.map((detail) => detail?.['reason']),
    error['type'],
    error['error_type'],
    error['status'],
    // AWS writes `com.amazon.coral.service#UnrecognizedClientException`.
    textOf(error['__type'])?.split('#').at(-1),
    within?.['code'],
    within?.['type'],
    within?.['status'],
    outer['code'],
    outer['type'],
    ...firstOf(outer['detail']).map((one) => one['type']),
  ];
  return codes
    .map((code) => (typeof code === 'number' && code > 599 ? String(code) : code))
    .filter((code) => typeof code === 'string')
    .map((code) => code.slice(0, 100).toLowerCase());
}

function firstOf(list: unknown): readonly Json[] {
  const found = Array.isArray(list) ? list.slice(0, 5).map(jsonOf) : [];
  return found.filter((one) => one !== undefined);
}

function headersOf(headers: Json | undefined): Readonly<Record<string, string>> | undefined {
  if (!headers) return undefined;
  const entries = Object.entries(headers)
    .slice(0, 20)
    .map(
      ([name, value]) =>
        [name.toLowerCase(), typeof value === 'number' ? String(value) : textOf(value)] as const,
    )
    .filter((entry): entry is readonly [string, string] => entry[1] !== undefined && entry[1].length <= 100);
  return Object.fromEntries(entries);
}

/** Some write it as a number, Azure as a string. */
function statusOf(code: unknown): number | undefined {
  const status = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599
    ? status
    : undefined;
}
