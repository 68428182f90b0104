const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
const PART =
  /(\d{1,9}(?:\.\d{1,9})?)\s{0,2}(ms|milliseconds?|d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])/gi;
const PHRASE =
  /\b(?:in|after|for|within|wait(?:ing)?)\b[\s:]{0,3}(?:about |approximately |another |at least )?((?:\d{1,9}(?:\.\d{1,9})?\s{0,2}(?:ms|milliseconds?|days?|d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s)(?![a-z])[\s,]{0,3}(?:and )?){1,4})/i;

/** Seconds of "try again in 2h2m24s", "retry after 20 seconds", "wait 1 minute and 30 seconds"; undefined when there are no such words. */
export function spokenSeconds(words: string): number | undefined {
  const phrase = PHRASE.exec(words)?.[1];
  if (phrase === undefined) return undefined;
  let seconds = 0;
  for (const [, amount, unit = 's'] of phrase.matchAll(PART)) {
    const short = /^m(?:s|illi)/i.test(unit) ? 'ms' : (unit[0] ?? 's').toLowerCase();
    seconds += Number(amount) * (SECONDS[short] ?? 1);
  }
  return seconds;
}
