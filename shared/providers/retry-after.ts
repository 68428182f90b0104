/** Response headers by lower-case name. */
export type ResponseHeaders = Readonly<Record<string, string | undefined>>;

/** Longer waits are a quota's, not a rate's: nobody waits for them, and absurd ones are a fault. */
const MAX_SECONDS = 86_400;

/**
 * Whole seconds to wait, at least 1; undefined when none is given or it makes no sense. Milliseconds (Azure, OpenAI), seconds or a
 * date, which is read against the response's own `date`; Google has it in the body.
 */
export function retryAfterSeconds(
  headers: ResponseHeaders,
  retryDelay: string | undefined,
  nowMs: number,
): number | undefined {
  const ms = headers['retry-after-ms'];
  const after = headers['retry-after'];
  const seconds =
    (ms === undefined ? undefined : plain(ms, 1000)) ??
    (after === undefined ? undefined : (plain(after, 1) ?? untilDate(after, headers['date'], nowMs))) ??
    (retryDelay === undefined ? undefined : plain(retryDelay.replace(/s$/, ''), 1));
  if (seconds === undefined || seconds < 0 || seconds > MAX_SECONDS) return undefined;
  return Math.max(1, Math.ceil(seconds));
}

function plain(text: string, perSecond: number): number | undefined {
  return /^\s{0,4}\d{1,12}(?:\.\d{1,9})?\s{0,4}$/.test(text) ? Number(text) / perSecond : undefined;
}

function untilDate(text: string, date: string | undefined, nowMs: number): number | undefined {
  // An HTTP date begins with a weekday; Date.parse alone takes "-5" for a year.
  if (!/^[A-Z][a-z]{2},/.test(text)) return undefined;
  const from = date === undefined ? nowMs : Date.parse(date);
  const seconds = (Date.parse(text) - (Number.isNaN(from) ? nowMs : from)) / 1000;
  return Number.isNaN(seconds) ? undefined : seconds;
}
