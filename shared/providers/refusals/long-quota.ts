import type { Fault } from './fault.ts';

/** A limit that no run can wait for. */
export interface LongQuota {
  readonly name: string;
  /** When nobody said when it ends. */
  readonly again: string;
}

const HOUR = 3600;

const DAY: LongQuota = { name: 'a day’s quota', again: 'tomorrow' };
const LONGER: readonly { readonly words: RegExp; readonly quota: LongQuota }[] = [
  { words: /per[- ]month|monthly|\/ ?month\b/i, quota: { name: 'a month’s quota', again: 'next month' } },
  { words: /per[- ]week|weekly/i, quota: { name: 'a week’s quota', again: 'next week' } },
  { words: /per[- ]day|daily|\/ ?day\b|\b(?:RPD|TPD)\b/i, quota: DAY },
];

/** The quota that is used up, where it is one of hours or days: by what is said of it, or by how long it lasts. */
export function longQuota(fault: Fault | undefined, retryAfter: number | undefined): LongQuota | undefined {
  if (fault?.perDay) return DAY;
  const said = LONGER.find(({ words }) => words.test(fault?.message ?? ''))?.quota;
  // A message may tell of the day's limit beside the minute's: a short wait says which one it is.
  if (said) return retryAfter !== undefined && retryAfter <= 120 && !onlyLong(fault) ? undefined : said;
  return retryAfter !== undefined && retryAfter > HOUR ? DAY : undefined;
}

function onlyLong(fault: Fault | undefined): boolean {
  return !/per[- ](?:second|minute|min)\b|\b(?:RPM|TPM|RPS)\b/i.test(fault?.message ?? '');
}

export function untilWords(seconds: number): string {
  if (seconds < 120) return `in ${seconds} s`;
  if (seconds < 2 * HOUR) return `in ${Math.ceil(seconds / 60)} minutes`;
  return seconds < 48 * HOUR
    ? `in about ${Math.round(seconds / HOUR)} hours`
    : `in ${Math.ceil(seconds / HOUR / 24)} days`;
}
