import { spokenSeconds } from './spoken-time.ts';

/** Response headers by lower-case name. */
export type ResponseHeaders = Readonly<Record<string, string | undefined>>;

/** Longer waits make no sense; they come from a wrong clock. */
const MAX_SECONDS = 32 * 86_400;

/**
 * Whole seconds to wait, at least 1; undefined when no time is given or it makes no sense. It is read from milliseconds (Azure, OpenAI),
 * seconds or a date, which is compared with the response's own `date`; from the body (Google); from words; or from the time at which a
 * counter that stands at 0 is reset.
 */
export function retryAfterSeconds(
  headers: ResponseHeaders,
  retryDelay: string | undefined,
  nowMs: number,
  words?: string,
): number | undefined {
  const ms = headers['retry-after-ms'];
  const after = headers['retry-after'];
  const seconds =
    (ms === undefined ? undefined : plain(ms, 1000)) ??
    (after === undefined ? undefined : (plain(after, 1) ?? untilDate(after, headers['date'], nowMs))) ??
    (retryDelay === undefined ? undefined : plain(retryDelay.replace(/s$/, ''), 1)) ??
    (words === undefined ? undefined : spokenSeconds(words)) ??
    resetSeconds(headers, nowMs);
  if (seconds === undefined || seconds < 0 || seconds > MAX_SECONDS) return undefined;
  return Math.max(1, Math.ceil(seconds));
}

/** All counters of requests or tokens that headers may have, with the header that says when each is reset. */
const COUNTERS: readonly (readonly [remaining: string, reset: string])[] = [
  ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
  ['anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-requests-reset'],
  ['anthropic-ratelimit-tokens-remaining', 'anthropic-ratelimit-tokens-reset'],
  ['anthropic-ratelimit-input-tokens-remaining', 'anthropic-ratelimit-input-tokens-reset'],
  ['anthropic-ratelimit-output-tokens-remaining', 'anthropic-ratelimit-output-tokens-reset'],
  ['x-ratelimit-remaining', 'x-ratelimit-reset'],
  ['ratelimit-remaining', 'ratelimit-reset'],
];

/** Seconds until all counters that stand at 0 are reset; undefined when none does. */
export function resetSeconds(headers: ResponseHeaders, nowMs: number): number | undefined {
  const resets = COUNTERS.filter(([remaining]) => Number(headers[remaining] ?? 1) <= 0)
    .map(([, reset]) => untilReset(headers[reset] ?? '', nowMs))
    .filter((seconds) => seconds !== undefined);
  return resets.length === 0 ? undefined : Math.max(...resets);
}

/** Counters of requests, with the header that has their maximum. */
const LIMITS: readonly (readonly [remaining: string, reset: string, limit: string])[] = [
  ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests', 'x-ratelimit-limit-requests'],
  [
    'anthropic-ratelimit-requests-remaining',
    'anthropic-ratelimit-requests-reset',
    'anthropic-ratelimit-requests-limit',
  ],
  ['x-ratelimit-remaining', 'x-ratelimit-reset', 'x-ratelimit-limit'],
  ['ratelimit-remaining', 'ratelimit-reset', 'ratelimit-limit'],
];

/** The names of all these headers, which a transport must pass on. */
export const RATE_HEADERS: readonly string[] = [...new Set([...COUNTERS, ...LIMITS].flat())];

/**
 * How many requests the headers allow now, and seconds until there is one more. OpenAI and Anthropic name the time at which all are
 * available again, and release them one by one.
 */
export function requestsLeft(
  headers: ResponseHeaders,
  nowMs: number,
): { readonly left: number; readonly nextSeconds: number } | undefined {
  for (const [remaining, reset, limit] of LIMITS) {
    const left = plain(headers[remaining] ?? '', 1);
    const resets = untilReset(headers[reset] ?? '', nowMs);
    if (left === undefined || resets === undefined || resets < 0) continue;
    const used = (plain(headers[limit] ?? '', 1) ?? 0) - left;
    return { left, nextSeconds: used > 0 ? resets / used : resets };
  }
  return undefined;
}

/** `1m30.5s` and `250ms` (OpenAI, Groq), a date (Anthropic), seconds from now, or seconds or milliseconds of the epoch (OpenRouter). */
function untilReset(text: string, nowMs: number): number | undefined {
  const number = plain(text, 1);
  if (number !== undefined) {
    if (number > 1e11) return number / 1000 - nowMs / 1000;
    return number > 1e9 ? number - nowMs / 1000 : number;
  }
  if (/^\d{4}-\d\d-\d\dT/.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? undefined : (at - nowMs) / 1000;
  }
  return spokenSeconds(`in ${text}`);
}

function plain(text: string, perSecond: number): number | undefined {
  return /^\s{0,4}\d{1,16}(?:\.\d{1,9})?\s{0,4}$/.test(text) ? Number(text) / perSecond : undefined;
}

function untilDate(text: string, date: string | undefined, nowMs: number): number | undefined {
  // An HTTP date begins with a weekday; Date.parse alone takes "-5" for a year.
  if (!/^[A-Z][a-z]{2},/.test(text)) return undefined;
  const from = date === undefined ? nowMs : Date.parse(date);
  const seconds = (Date.parse(text) - (Number.isNaN(from) ? nowMs : from)) / 1000;
  return Number.isNaN(seconds) ? undefined : seconds;
}
