/** Dates and times as the browser's language writes them, in its time zone. Apart from numbers: the first page has none. */
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const second = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

type Moment = string | number | Date;

/** The date alone: `28 Nov 2026` where the browser's language is British English. */
export function formatDay(at: Moment): string {
  return day.format(new Date(at));
}

/** Date and time to the minute, for lists. */
export function formatDayAndTime(at: Moment): string {
  return minute.format(new Date(at));
}

/** To the second: for what is compared with other records. */
export function formatMoment(at: Moment): string {
  return second.format(new Date(at));
}

/** The time of day alone, for what happens today. */
export function formatTime(at: Moment): string {
  return time.format(new Date(at));
}
