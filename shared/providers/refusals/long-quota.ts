import type { Fault } from './fault.ts';

/** A limit that no run can wait for. */
export interface LongQuota {
  readonly name: string;
  /** When to try again, for quotas whose end the provider did not name. */
  readonly again: string;
}

const HOUR = 3600;

const DAY: LongQuota = { name: 'a day’s quota', again: 'tomorrow' };
const LONGER: readonly { readonly words: RegExp; readonly quota: LongQuota }[] = [
  { words: /per[- ]month|monthly|\/ ?month\b/i, quota: { name: 'a month’s quota', again: 'next month' } },
  { words: /per[- ]week|weekly/i, quota: { name: 'a week’s quota', again: 'next week' } },
  { words: /per[- ]day|daily|\/ ?day\b|\b(?:RPD|TPD)\b/i, quota: DAY },
];

/** The quota that is used up, where it is one of hours or longer: known by what the provider says, or by the time to wait. */
export function longQuota(fault: Fault | undefined, retryAfter: number | undefined): LongQuota | undefined {
  if (fault?.perDay) return DAY;
  const said = LONGER.find(({ words }) => words.test(fault?.message ?? ''))?.quota;
  // A message may mention the day's limit beside the minute's. A short wait tells that the minute's is meant.
  if (said) return retryAfter !== undefined && retryAfter <= 120 && !onlyLong(fault) ? undefined : said;
  return retryAfter !== undefined && retryAfter > HOUR ? DAY : undefined;
}

function onlyLong(fault: Fault | undefined): boolean {
  return !/per[- ](?:second|minute|min)\b|\b(?:RPM|TPM|RPS)\b/i.test(fault?.message ?? '');
}

/** How long to wait, in the largest unit that says enough: "in 90 s", "in 5 minutes", "in about 3 hours", "in 4 days". */
export function untilWords(seconds: number): string {
  if (seconds < 120) return `in ${seconds} s`;
  if (seconds < 2 * HOUR) return `in ${Math.ceil(seconds / 60)} minutes`;
  return seconds < 48 * HOUR
    ? `in about ${Math.round(seconds / HOUR)} hours`
    : `in ${Math.ceil(seconds / HOUR / 24)} days`;
}
